/** Templates: parsed once, cloned per instance, their dynamic nodes found by one walk. */
import { node, nodes } from './nodes.js';
import { listen } from './events.js';

/** @typedef {{
 *   source: Node, steps: number[], size: number, isFlat: boolean, events: [number, string, number][],
 * }} Prototype */
const DOWN = 0;
const UP = -1;
const TAKE = -2;
const TAKE_TEXT = -3;

/** @type {Prototype[]} */
const prototypes = [];

/** @param {string} markup @param {string} namespace @returns {DocumentFragment} */
const parse = (markup, namespace) => {
  const template = document.createElement('template');
  if (namespace === 'html') {
    template.innerHTML = markup;
    return document.importNode(template.content, true);
  }
  template.innerHTML = `<${namespace}>${markup}</${namespace}>`;
  const fragment = document.createDocumentFragment();
  const wrapper = document.importNode(template.content, true).firstChild;
  fragment.append(.../** @type {Node} */ (wrapper).childNodes);
  return fragment;
};

/** Follow the steps through a tree and hand each taken node to `take`.
 * @param {Node} root the fragment, or the single root of a clone
 * @param {number[]} steps @param {(found: Node, isText: boolean) => Node} take */
const walk = (root, steps, take) => {
  /** @type {Node[]} the way back up: the content of a <template> knows no parent */
  const parents = [];
  let current = root;
  for (const step of steps) {
    if (step === DOWN) {
      parents.push(current);
      current = inside(current).firstChild ?? lost(step);
    } else if (step === UP) current = parents.pop() ?? lost(step);
    else if (step === TAKE || step === TAKE_TEXT) current = take(current, step === TAKE_TEXT);
    else for (let left = step; left > 0; left -= 1) current = current.nextSibling ?? lost(step);
  }
};

/** @param {Node} current @returns {Node} */
const inside = (current) =>
  current instanceof HTMLTemplateElement ? current.content : current;

/** @param {number} step @returns {never} */
const lost = (step) => {
  throw new Error(`the template's markup and its walk disagree at step ${step}`);
};

/** Parse a template's markup; each placeholder becomes an empty text node, once.
 * @param {number} id @param {string} markup @param {string} namespace @param {string} steps
 * @param {string} events "node:name:flags" for each listener, joined by commas */
export const define = (id, markup, namespace, steps, events) => {
  const fragment = parse(markup, namespace);
  const path = steps.split(',').map(Number);
  walk(fragment, path, (found, isText) => {
    if (!isText) return found;
    const text = document.createTextNode('');
    found.parentNode?.replaceChild(text, found);
    return text;
  });
  const single = fragment.childNodes.length === 1;
  prototypes[id] = {
    source: single ? /** @type {Node} */ (fragment.firstChild) : fragment,
    // The walk of a clone with a single root begins at that root: the first step down is cut off.
    steps: single ? path.slice(1) : path,
    size: path.filter((step) => step <= TAKE).length,
    isFlat: !fragment.querySelector('template'),
    events: events ? events.split(',').map(readEvent) : [],
  };
};

/** @param {string} entry @returns {[number, string, number]} */
const readEvent = (entry) => {
  const last = entry.lastIndexOf(':');
  const first = entry.indexOf(':');
  return [Number(entry.slice(0, first)), entry.slice(first + 1, last), Number(entry.slice(last + 1))];
};

/** Number the dynamic nodes of a clone, and write the texts that it brings along.
 * @param {Prototype} prototype @param {Node} root @param {number} base
 * @param {string[] | undefined} parts @param {number} part the first of its texts
 * @returns {number} the first text of the next clone */
const fill = ({ steps, isFlat }, root, base, parts, part) => {
  let handle = base;
  let next = part;
  /** @param {Node} found @param {boolean} isText */
  const take = (found, isText) => {
    if (isText && parts) {
      const text = parts[next++];
      if (text) /** @type {Text} */ (found).data = text;
    }
    nodes[handle++] = found;
    return found;
  };
  if (!isFlat) {
    walk(root, steps, take);
    return next;
  }
  // The same walk without a memory of the way: a row of a long list takes it a thousand times.
  let current = root;
  for (const step of steps) {
    if (step === TAKE) nodes[handle++] = current;
    else if (step === DOWN) current = /** @type {Node} */ (current.firstChild);
    else if (step === TAKE_TEXT) take(current, true);
    else if (step === UP) current = /** @type {Node} */ (current.parentNode);
    else for (let left = step; left > 0; left -= 1) current = /** @type {Node} */ (current.nextSibling);
  }
  return next;
};

/** @param {Prototype} prototype @param {number} base @param {number} listener */
const listen_all = ({ events }, base, listener) => {
  let number = listener;
  for (const [index, name, flags] of events) listen(base + index, name, number++, flags);
};

/** Make an instance: its dynamic nodes get the numbers from `base` on, its listeners theirs.
 * @param {number} id @param {number} base @param {number} listener number of the first listener
 * @param {string | undefined} texts first texts of the placeholders, joined by U+001F */
export const clone = (id, base, listener, texts) => {
  const prototype = prototypes[id];
  fill(prototype, prototype.source.cloneNode(true), base, texts?.split('\x1f'), 0);
  listen_all(prototype, base, listener);
};

/** Make many instances and put them before a node, in order.
 * @param {number} id @param {number} count @param {number} first number of the first node
 * @param {string | undefined} bases the first number of each, when they do not follow each other
 * @param {number} listener number of the first listener @param {number} before
 * @param {string | undefined} texts of all of them, joined by U+001F */
export const rows = (id, count, first, bases, listener, before, texts) => {
  const prototype = prototypes[id];
  const { source, events, size } = prototype;
  const parts = texts?.split('\x1f');
  const starts = bases?.split(',');
  const next = node(before);
  const parent = /** @type {ParentNode & Node} */ (next.parentNode);
  let part = 0;
  for (let row = 0; row < count; row += 1) {
    const base = starts ? Number(starts[row]) : first + row * size;
    const made = source.cloneNode(true);
    part = fill(prototype, made, base, parts, part);
    listen_all(prototype, base, listener + row * events.length);
    parent.insertBefore(made, next);
  }
};

/** Make an empty text node before another one: an anchor, or a place for text.
 * @param {number} handle @param {number} before @param {string} text */
export const text_node = (handle, before, text) => {
  const made = document.createTextNode(text);
  nodes[handle] = made;
  if (before) {
    const next = node(before);
    next.parentNode?.insertBefore(made, next);
  }
};
