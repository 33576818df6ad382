/** Ranges: runs of siblings that enter, move and leave together. */
import { node } from './nodes.js';
import { go_unseen } from './turns.js';

/** @typedef {ParentNode & Node & { moveBefore?: (moved: Node, before: Node | null) => void }} Parent */

/** @param {Node} first @param {Node} last @param {(current: Node) => void} act */
export const each = (first, last, act) => {
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
  go_unseen();
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

/** Move a range that is in the page; focus and selection live on. Where the browser can move
 * nodes, so does what plays, scrolls, or is a page of its own.
 * @param {number} start @param {number} end @param {number} before */
export const move = (start, end, before) => {
  go_unseen();
  const next = node(before);
  const parent = /** @type {Parent} */ (next.parentNode);
  const restore = remember();
  if (parent.moveBefore && parent.isConnected) {
    each(node(start), node(end), (current) => parent.moveBefore?.(current, next));
  } else each(node(start), node(end), (current) => parent.insertBefore(current, next));
  restore();
};

/** Whether there may be a selection: where there is none, asking for it costs a layout. */
let isSelected = Boolean(document.getSelection()?.anchorNode);
document.addEventListener('selectionchange', () => {
  isSelected = true;
});

/** @returns {() => void} gives focus and selection back where a move took them */
const remember = () => {
  const active = /** @type {HTMLInputElement | null} */ (document.activeElement);
  const selection = isSelected ? document.getSelection() : null;
  if (!selection?.anchorNode && active === document.body) return () => {};
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection ?? {};
  const { selectionStart = null, selectionEnd, selectionDirection } = active ?? {};
  return () => {
    const isLost = active !== document.activeElement;
    if (isLost) active?.focus({ preventScroll: true });
    if (selectionStart !== null) { // a field keeps its own selection, as long as it keeps the focus
      if (isLost) {
        active?.setSelectionRange(selectionStart, selectionEnd ?? null, selectionDirection ?? 'none');
      }
    } else if (anchorNode?.isConnected && focusNode?.isConnected &&
      (isLost || selection?.anchorNode !== anchorNode || selection.focusNode !== focusNode)) {
      selection?.setBaseAndExtent(anchorNode, anchorOffset ?? 0, focusNode, focusOffset ?? 0);
    }
  };
};

/** Take a range out of the page.
 * @param {number} start @param {number} end */
export const remove = (start, end) => {
  const first = node(start);
  const parent = first.parentNode;
  if (!parent) return;
  go_unseen();
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
