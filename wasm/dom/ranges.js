/** Ranges: runs of siblings that enter, move and leave together. */
import { node } from './nodes.js';

/** @typedef {ParentNode & Node & { moveBefore?: (moved: Node, before: Node | null) => void }} Parent */

/** @param {Node} first @param {Node} last @param {(current: Node) => void} act */
const each = (first, last, act) => {
  let current = first;
  for (;;) {
    const next = current.nextSibling;
    act(current);
    if (current === last || !next) return;
    current = next;
  }
};

/** Put a new range before a node.
 * @param {number} start @param {number} end @param {number} before */
export const insert = (start, end, before) => {
  const next = node(before);
  const parent = /** @type {Parent} */ (next.parentNode);
  each(node(start), node(end), (current) => parent.insertBefore(current, next));
};

/** Put a new range at the end of an element (or of a shadow root).
 * @param {number} start @param {number} end @param {number} parent */
export const append = (start, end, parent) => {
  const into = node(parent);
  each(node(start), node(end), (current) => into.appendChild(current));
};

/** Move a range that is in the page; focus, selection, scroll and frames live on.
 * @param {number} start @param {number} end @param {number} before */
export const move = (start, end, before) => {
  const next = node(before);
  const parent = /** @type {Parent} */ (next.parentNode);
  if (parent.moveBefore && parent.isConnected) {
    each(node(start), node(end), (current) => parent.moveBefore?.(current, next));
    return;
  }
  const restore = rememberFocus();
  each(node(start), node(end), (current) => parent.insertBefore(current, next));
  restore();
};

/** @returns {() => void} gives the focus and the selection back where a move took them */
const rememberFocus = () => {
  const active = /** @type {HTMLInputElement | null} */ (document.activeElement);
  if (!active || active === /** @type {Element} */ (document.body)) return () => {};
  const { selectionStart, selectionEnd, selectionDirection } = readSelection(active);
  return () => {
    if (document.activeElement === active) return;
    active.focus({ preventScroll: true });
    if (selectionStart !== null) {
      active.setSelectionRange(selectionStart, selectionEnd, selectionDirection ?? undefined);
    }
  };
};

/** @param {HTMLInputElement} active */
const readSelection = (active) =>
  typeof active.setSelectionRange === 'function' && active.selectionStart !== null
    ? active
    : { selectionStart: null, selectionEnd: null, selectionDirection: null };

/** Take a range out of the page.
 * @param {number} start @param {number} end */
export const remove = (start, end) => {
  const first = node(start);
  const parent = first.parentNode;
  if (!parent) return;
  const last = node(end);
  if (first === last) parent.removeChild(first);
  else if (!first.previousSibling && isLastBut(last)) {
    // All there is, except an anchor: the browser empties an element faster than it removes nodes.
    const anchor = last.nextSibling;
    if (anchor) /** @type {ParentNode & Node} */ (parent).replaceChildren(anchor);
    else parent.textContent = '';
  } else each(first, last, (current) => parent.removeChild(current));
};

/** Whether at most an anchor of ours comes after a node. @param {Node} last */
const isLastBut = ({ nextSibling }) =>
  !nextSibling || (nextSibling instanceof Text && !nextSibling.data && !nextSibling.nextSibling);
