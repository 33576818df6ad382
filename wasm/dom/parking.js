/** Parking: ranges that are out of the page for a while, and come back as they were. */
import { node } from './nodes.js';
import { each, insert } from './ranges.js';

/** @type {WeakMap<Node, () => void>} first node of a parked range -> gives back what it lost */
const parked = new WeakMap();

/** Keep a range out of the page, as one that can be put in again.
 * @param {number} start @param {number} end */
export const park = (start, end) => {
  const fragment = document.createDocumentFragment(); // the nodes themselves hold it
  const first = node(start);
  const restore = first.isConnected ? remember(first, node(end)) : null;
  each(first, node(end), (current) => fragment.appendChild(current));
  if (restore) parked.set(first, restore);
};

/** Put a parked range before a node, with the focus and the places it was scrolled to.
 * @param {number} start @param {number} end @param {number} before */
export const unpark = (start, end, before) => {
  insert(start, end, before);
  const first = node(start);
  parked.get(first)?.();
  parked.delete(first);
};

/** @param {Node} first @param {Node} last @returns {() => void} */
const remember = (first, last) => {
  const active = document.activeElement;
  let focused = /** @type {HTMLElement | null} */ (null);
  const scrolled = /** @type {[Element, number, number][]} */ ([]);
  each(first, last, (current) => {
    if (!(current instanceof Element)) return;
    if (current.contains(active)) focused = /** @type {HTMLElement} */ (active);
    for (const one of [current, ...current.querySelectorAll('*')]) {
      const { scrollLeft, scrollTop } = one;
      if (scrollLeft || scrollTop) scrolled.push([one, scrollLeft, scrollTop]);
    }
  });
  return () => {
    for (const [one, left, top] of scrolled) one.scrollTo({ left, top, behavior: 'instant' });
    // whatever has the focus by now keeps it
    if (document.activeElement === document.body) focused?.focus({ preventScroll: true });
  };
};
