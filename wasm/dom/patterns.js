/** Patterns: templates as a walk over a server's page compares them. */
import { inside, prototypes, walk } from './templates.js';

/** @typedef {{
 *   source: Node, type: number, name: string, number: number, isPlace: boolean, isOpaque: boolean,
 *   kids: Pattern[],
 * }} Pattern
 *   `number` is that of its node in the walk, -1 for one that has none; what an opaque one holds is
 *   its own, or read differently by a parser
 */
const OPAQUE = new Set([
  'iframe', 'noembed', 'noframes', 'noscript', 'script', 'style', 'textarea', 'title', 'xmp',
]);

/** @type {WeakMap<object, { roots: Pattern[], places: number[], size: number }>} */
const known = new WeakMap();

/** The pattern of a template: its roots, the numbers of its places, and how many nodes it numbers.
 * @param {number} id */
export const pattern_of = (id) => {
  const prototype = prototypes[id];
  const found = known.get(prototype);
  if (found) return found;
  /** @type {Map<Node, number>} */
  const numbers = new Map();
  /** @type {Set<Node>} */
  const texts = new Set();
  /** @type {number[]} */
  const places = [];
  walk(prototype.source, prototype.steps, (node, isText) => {
    if (isText) {
      places.push(numbers.size);
      texts.add(node);
    }
    numbers.set(node, numbers.size);
    return node;
  });
  /** @param {Node} node @returns {Pattern} */
  const read = (node) => {
    const name = /** @type {Element} */ (node).localName ?? '';
    const kids = [...inside(node).childNodes].map(read);
    const number = numbers.get(node) ?? -1;
    const isOpaque = OPAQUE.has(name) || (!kids.length && (number >= 0 || name.includes('-')));
    return { source: node, type: node.nodeType, name, number, isPlace: texts.has(node), isOpaque, kids };
  };
  const { source } = prototype;
  const roots = source instanceof DocumentFragment ? [...source.childNodes].map(read) : [read(source)];
  const made = { roots, places, size: prototype.size };
  known.set(prototype, made);
  return made;
};
