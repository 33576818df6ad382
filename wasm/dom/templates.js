/** Templates: parsed once, cloned per instance, their dynamic nodes found by one walk. */
import { is_custom, node, nodes } from './nodes.js';
import { delegated, listen } from './events.js';
import { go_unseen } from './turns.js';

/** @typedef {{
 *   source: Node, steps: number[], size: number, isFlat: boolean, events: Listener[],
 * }} Prototype
 * @typedef {{ node: number, name: string, flags: number, key: string | undefined }} Listener
 *   `key` is where the root looks for its number, when it alone hears this event of the node
 */
const DOWN = 0;
const UP = -1;
const TAKE = -2;
const TAKE_TEXT = -3;

/** @type {Prototype[]} */
export const prototypes = [];

/** @param {string} markup @param {string} namespace @returns {DocumentFragment} */
const parse = (markup, namespace) => {
  const template = document.createElement('template');
  if (namespace === 'html') {
    template.innerHTML = markup;
    return document.importNode(template.content, true);
  }
  template.innerHTML = `<${namespace}>${markup}</${namespace}>`;
  const fragment = document.importNode(template.content, true);
  fragment.firstElementChild?.replaceWith(...fragment.firstElementChild.childNodes);
  return fragment;
};

/** Follow the steps through a tree and hand each taken node to `take`.
 * @param {Node} root the fragment, or the single root of a clone @param {number[]} steps @param {(found: Node, isText: boolean) => Node} take */
export const walk = (root, steps, take) => {
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

/** @type {(current: any) => Node} */
export const inside = (current) => (current.nodeName === 'TEMPLATE' ? current.content : current);

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
  /** @type {Node[]} */
  const taken = [];
  walk(fragment, path, (found, isText) => {
    taken.push(found);
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
    events: events ? events.split(',').map((entry) => readEvent(entry, taken)).map(alone) : [],
  };
};

/** @param {string} entry @param {Node[]} taken @returns {Listener} */
const readEvent = (entry, taken) => {
  const [offset, rest] = entry.split(/:(.*)/s);
  const last = rest.lastIndexOf(':');
  const name = rest.slice(0, last);
  const flags = Number(rest.slice(last + 1));
  const found = /** @type {Element} */ (taken[Number(offset)]);
  const key = is_custom(found) ? undefined : delegated(name, flags);
  return { node: Number(offset), name, flags, key };
};

/** Only the first listener of a node for an event can be a number at the node.
 * @param {Listener} listener @param {number} index @param {Listener[]} all @returns {Listener} */
const alone = (listener, index, all) => {
  const first = all.findIndex(({ node, key }) => node === listener.node && key === listener.key);
  return first < index ? { ...listener, key: undefined } : listener;
};

/** Number the dynamic nodes of a clone, write the texts and set the listeners that it brings along.
 * @param {Prototype} prototype @param {Node} root @param {number} base
 * @param {number} listener number of its first listener
 * @param {string[] | undefined} parts @param {number} part the first of its texts
 * @returns {number} the first text of the next clone */
export const fill = (prototype, root, base, listener, parts, part) => {
  const { steps, isFlat } = prototype;
  const next = isFlat ? stride(root, steps, base, parts, part) : climb(root, steps, base, parts, part);
  hear_all(prototype, base, listener);
  return next;
};

/** Set the listeners of an instance whose nodes have their numbers.
 * @param {Prototype} prototype @param {number} base @param {number} listener */
export const hear_all = ({ events }, base, listener) => {
  for (let index = 0; index < events.length; index += 1) {
    const { node: offset, name, flags, key } = events[index];
    const handle = base + offset;
    if (key) /** @type {any} */ (nodes[handle])[key] = listener + index;
    else listen(handle, name, listener + index, flags);
  }
};

/** The walk without a memory of the way: a row of a long list takes it a thousand times.
 * @param {Node} root @param {number[]} steps @param {number} base
 * @param {string[] | undefined} parts @param {number} part */
const stride = (root, steps, base, parts, part) => {
  let handle = base;
  let next = part;
  let current = /** @type {any} */ (root);
  for (let index = 0; index < steps.length; index += 1) {
    const step = steps[index];
    if (step === TAKE) nodes[handle++] = current;
    else if (step === DOWN) current = current.firstChild;
    else if (step === TAKE_TEXT) {
      nodes[handle++] = current;
      const text = parts?.[next++];
      if (text) current.data = text;
    } else if (step === UP) current = current.parentNode;
    else for (let left = step; left > 0; left -= 1) current = current.nextSibling;
  }
  return next;
};

/** The walk into the content of <template>, which knows no way back.
 * @param {Node} root @param {number[]} steps @param {number} base
 * @param {string[] | undefined} parts @param {number} part */
const climb = (root, steps, base, parts, part) => {
  let handle = base;
  let next = part;
  walk(root, steps, (found, isText) => {
    nodes[handle++] = found;
    const text = isText && parts?.[next++];
    if (text) /** @type {Text} */ (found).data = text;
    return found;
  });
  return next;
};

/** Make an instance: its dynamic nodes get the numbers from `base` on, its listeners theirs.
 * @param {number} id @param {number} base @param {number} listener number of the first listener
 * @param {string | undefined} texts first texts of the placeholders, joined by U+001F */
export const clone = (id, base, listener, texts) => {
  const prototype = prototypes[id];
  fill(prototype, prototype.source.cloneNode(true), base, listener, texts?.split('\x1f'), 0);
};

/** Make many instances and put them before a node, in order.
 * @param {number} id @param {number} count @param {number} first number of the first node
 * @param {string | undefined} bases the first number of each, when they do not follow each other
 * @param {number} listener number of the first listener @param {number} stride from row to row
 * @param {number} before @param {string | undefined} texts of all of them, joined by U+001F */
export const rows = (id, count, first, bases, listener, stride, before, texts) => {
  const prototype = prototypes[id];
  const { source, size } = prototype;
  const parts = texts?.split('\x1f');
  const starts = bases?.split(',');
  const next = node(before);
  const parent = /** @type {ParentNode & Node} */ (next.parentNode);
  let part = 0;
  go_unseen();
  for (let row = 0; row < count; row += 1) {
    const base = starts ? Number(starts[row]) : first + row * size;
    const made = source.cloneNode(true);
    part = fill(prototype, made, base, listener + row * stride, parts, part);
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
