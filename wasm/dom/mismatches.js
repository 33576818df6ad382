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

// Nodes of another document, such as that of a frame, have classes of their own.
/** @param {Node | null} node @returns {node is Text} */
export const is_text = (node) => node?.nodeType === Node.TEXT_NODE;
/** @param {Node | null} node @returns {node is Element} */
export const is_element = (node) => node?.nodeType === Node.ELEMENT_NODE;
/** @param {Node | null} node @returns {node is Comment} */
export const is_comment = (node) => node?.nodeType === Node.COMMENT_NODE;
/** @param {Node | null} node @returns {node is Comment} */
export const is_mark = (node) => is_comment(node) && !node.data;

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
  if (is_element(node)) return `<${node.localName}>`;
  const { data } = /** @type {CharacterData} */ (node);
  if (is_text(node)) return `the text ${JSON.stringify(data.length > 40 ? `${data.slice(0, 40)}…` : data)}`;
  return data ? `the comment ${JSON.stringify(data)}` : 'a mark';
};

/** @param {Node | null} node */
export const path_of = (node) => {
  const names = [];
  for (let each = /** @type {Node | null} */ (node); is_element(each); each = each.parentNode) names.unshift(each.localName);
  return names.join(' > ');
};
