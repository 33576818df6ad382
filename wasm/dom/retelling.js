/** Retelling: what would be written to new nodes is compared with what a server has written. */
import { attribute_now } from './head.js';
import { is_element } from './mismatches.js';
import { listen } from './events.js';
import { dress } from './motion.js';
import { element, node, nodes, sibling } from './nodes.js';
import { each } from './ranges.js';
import {
  attribute, classes, content, declare, inner_html, no_attribute, style, wear,
} from './writes.js';

/** How many values each has after the number of its node. @type {Record<string, number>} */
const COUNTS = {
  attribute: 2, classes: 2, content: 1, dress: 3, inner_html: 1, listen: 3, no_attribute: 1,
  sibling: 2, style: 3,
};

/** @typedef {(handle: number, ...values: any[]) => void} Write */

/** @param {string[]} writes the verb, the number of the node, the values; then the next one
 * @param {Set<number>} made nodes that a server has not written
 * @param {Map<Node, Node>} sources of the others: node -> what its template has in its place */
export const retell = (writes, made, sources) => {
  /** @type {Map<Element, Map<string, number>>} how many want a class of an element */
  const worn = new Map();
  /** @param {Element} target */
  const wanted = (target) => {
    const found = worn.get(target) ??
      new Map([.../** @type {Element} */ (sources.get(target) ?? target).classList].map((name) => [name, 1]));
    worn.set(target, found);
    return found;
  };
  /** @param {Element} target @param {string} removed @param {string} added */
  const change = (target, removed, added) => {
    const counts = wanted(target);
    for (const [names, step] of /** @type {[string, number][]} */ ([[removed, -1], [added, 1]])) {
      for (const name of names ? names.split(' ') : []) counts.set(name, (counts.get(name) ?? 0) + step);
    }
  };
  /** For new nodes. @type {Record<string, Write>} */
  const anew = {
    attribute, classes, content, inner_html, no_attribute, dress, listen: hear, sibling,
    style: (handle, source, name, value) => style(handle, Number(source), name, value),
  };
  /** For a server's. @type {Record<string, Write>} */
  const served = {
    attribute: (handle, name, value) => attribute_now(handle, name) !== value && attribute(handle, name, value),
    no_attribute,
    classes: (handle, removed, added) => change(element(handle), removed, added),
    dress: (start, end, removed, added) => each(node(start), node(Number(end)), (one) => {
      if (is_element(one)) change(one, removed, added);
    }),
    content: (handle, value) => node(handle).textContent !== value && content(handle, value),
    inner_html: () => {},
    listen: hear,
    sibling: (handle, before, distance) => {
      sibling(handle, Number(before), Number(distance));
      let source = sources.get(node(Number(before)));
      for (let left = Number(distance); left > 0; left -= 1) source = source?.nextSibling ?? undefined;
      if (source) sources.set(node(handle), source);
      if (made.has(Number(before))) made.add(handle);
    },
    style: (handle, source, name, value) => {
      const target = element(handle);
      const before = /** @type {HTMLElement} */ (sources.get(target) ?? target);
      declare(target, before, Number(source), name, value);
    },
  };
  for (let at = 0; at < writes.length;) {
    const verb = writes[at];
    const handle = Number(writes[at + 1]);
    const end = at + 2 + COUNTS[verb];
    const isNew = made.has(handle) && verb !== 'sibling';
    if (nodes[handle] || verb === 'sibling') (isNew ? anew : served)[verb](handle, ...writes.slice(at + 2, end));
    at = end;
  }
  for (const [target, counts] of worn) wear(target, counts);
};

/** @type {Write} */
const hear = (handle, name, number, flags) => listen(handle, name, Number(number), Number(flags));
