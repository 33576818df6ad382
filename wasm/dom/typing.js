/** Typing: text is written into fields, and caret, selection and input method stay as they are. */

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Field */

/** @type {Element | undefined} where an input method composes at this moment */
let composing;
/** What was to be shown meanwhile. @type {Map<Element, () => void>} */
const waiting = new Map();
let isFollowing = false;

/** Know from now on where an input method composes: a write would break it off. */
const follow = () => {
  if (isFollowing) return;
  isFollowing = true;
  document.addEventListener('compositionstart', (event) => {
    composing = /** @type {Element} */ (event.composedPath()[0]);
  }, true);
  document.addEventListener('compositionend', () => {
    const control = composing;
    composing = undefined;
    // Some browsers tell the final text by one more event: what it leads to is newer.
    if (control) setTimeout(() => waiting.get(control)?.());
  }, true);
};

/** @param {Element} control */
export const is_composing = (control) => control === composing;

/** Write now, or when the composition has ended, unless something newer was written by then.
 * @param {Element} control @param {() => void} write */
const write_in_time = (control, write) => {
  follow();
  waiting.delete(control);
  if (control === composing) waiting.set(control, () => waiting.delete(control) && write());
  else write();
};

/** Show a text in a field; one that it shows already is not written.
 * @param {Field} field @param {string} value */
export const set_value = (field, value) => write_in_time(field, () => {
  const { value: old } = field;
  if (old === value) return;
  const { selectionStart: start, selectionEnd: end, selectionDirection } = field;
  const isSelected = start !== null && end !== null && field.matches(':focus');
  field.value = value;
  if (!isSelected) return;
  const now = field.value;
  field.setSelectionRange(moved(old, start, now), moved(old, end, now), selectionDirection ?? 'none');
});

/** Where a caret stands once a text was rewritten: before what follows it still, else after as many
 * letters and digits as before.
 * @param {string} old @param {number} caret @param {string} now */
const moved = (old, caret, now) => {
  const rest = old.slice(caret);
  if (now.endsWith(rest)) return now.length - rest.length;
  const count = ends(old.slice(0, caret)).length;
  return count ? ends(now)[count - 1] ?? now.length : Math.min(caret, now.length);
};

/** Where each letter and digit of a text ends. @param {string} text */
const ends = (text) => [...text.matchAll(/[\p{L}\p{N}]/gu)].map((one) => one.index + one[0].length);

/** The text in an element that can be edited.
 * @param {HTMLElement} editable */
export const text_in = (editable) =>
  // The last line break only holds the last line open; a hard blank was typed as a plain one.
  editable.innerText.replace(/\n$/, '').replaceAll('\xa0', ' ');

/** Show a text in an element that can be edited.
 * @param {HTMLElement} editable @param {string} value */
export const set_text = (editable, value) => write_in_time(editable, () => {
  if (text_in(editable) === value) return;
  const before = text_before_caret(editable);
  const old = editable.textContent ?? '';
  editable.innerText = value.endsWith('\n') ? `${value}\n` : value;
  if (before !== undefined) put_caret(editable, moved(old, before.length, value));
});

/** @param {HTMLElement} editable @returns {string | undefined} undefined: the caret is elsewhere */
const text_before_caret = (editable) => {
  const { focusNode, focusOffset } = document.getSelection() ?? {};
  if (!focusNode || !editable.contains(focusNode)) return undefined;
  const range = document.createRange();
  range.selectNodeContents(editable);
  range.setEnd(focusNode, focusOffset ?? 0);
  return range.toString();
};

/** @param {HTMLElement} editable whose children are texts and line breaks @param {number} caret */
const put_caret = (editable, caret) => {
  let left = caret;
  for (const child of editable.childNodes) {
    const length = child instanceof Text ? child.length : 1;
    if (child instanceof Text && left <= length) {
      document.getSelection()?.collapse(child, left);
      return;
    }
    left -= length;
  }
  document.getSelection()?.collapse(editable, editable.childNodes.length);
};
