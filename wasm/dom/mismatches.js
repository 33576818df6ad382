/** Mismatches: where a page is not what its view says, and how it is told. */

/** @typedef {{ start: number, first: ChildNode | null, parent: Node }} Place a place that is being walked */
/** @typedef {{ kind: string, expected: string, found: string, path: string, id: number, base: number }} Fault */

/** The page is not what the view says. */
export class Mismatch extends Error {
  /** @param {Fault} fault @param {Node} parent @param {Place[]} places those around */
  constructor(fault, parent, places) {
    super(fault.kind);
    this.fault = fault;
    this.parent = parent;
    this.places = places;
  }
}

/** @param {ChildNode | null} node @returns {node is Comment} */
export const is_mark = (node) => node instanceof Comment && !node.data;

/** @param {ChildNode | null} from @returns {Comment | null} the next mark among siblings */
export const next_mark = (from) => {
  let node = from;
  while (node && !is_mark(node)) node = node.nextSibling;
  return node;
};

/** A text as a parser leaves it. @param {string} text */
export const readable = (text) => text.toWellFormed().replaceAll('\0', '\ufffd');

/** @param {ChildNode | null} node */
export const describe = (node) => {
  if (!node) return 'nothing';
  if (node instanceof Element) return `<${node.localName}>`;
  const { data } = /** @type {CharacterData} */ (node);
  if (node instanceof Text) return `the text ${JSON.stringify(data.length > 40 ? `${data.slice(0, 40)}…` : data)}`;
  return data ? `the comment ${JSON.stringify(data)}` : 'a mark';
};

/** @param {Node | null} node */
export const path_of = (node) => {
  const names = [];
  for (let each = /** @type {Node | null} */ (node); each instanceof Element; each = each.parentNode) names.unshift(each.localName);
  return names.join(' > ');
};
