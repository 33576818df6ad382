/** Templates: parsed once, cloned per instance, their dynamic nodes found by one walk. */
import { node, nodes } from './nodes.js';
import { listen } from './events.js';

/** @typedef {{ source: Node, steps: number[], single: boolean, events: [number, string, number][] }} Prototype */
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
    single,
    events: events ? events.split(',').map(readEvent) : [],
  };
};

/** @param {string} entry @returns {[number, string, number]} */
const readEvent = (entry) => {
  const last = entry.lastIndexOf(':');
  const first = entry.indexOf(':');
  return [Number(entry.slice(0, first)), entry.slice(first + 1, last), Number(entry.slice(last + 1))];
};

/** Make an instance: its dynamic nodes get the numbers from `base` on, its listeners theirs.
 * @param {number} id @param {number} base @param {number} listener number of the first listener
 * @param {string | undefined} texts first texts of the placeholders, joined by U+001F */
export const clone = (id, base, listener, texts) => {
  const { source, steps, events } = prototypes[id];
  const parts = texts === undefined ? undefined : texts.split('\x1f');
  let handle = base;
  let part = 0;
  walk(source.cloneNode(true), steps, (found, isText) => {
    if (isText && parts) /** @type {Text} */ (found).data = parts[part++];
    nodes[handle++] = found;
    return found;
  });
  let number = listener;
  for (const [index, name, flags] of events) listen(base + index, name, number++, flags);
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
