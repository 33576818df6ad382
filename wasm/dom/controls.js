/** Controls: what a form control shows, read and written as Python thinks of it. */
import { choose_in } from './choices.js';
import { hear, hear_resets } from './events.js';
import { element } from './nodes.js';
import { is_composing, set_text, set_value, text_in } from './typing.js';

const AT_ONCE = ['input', 'compositionend'];
const ON_CHANGE = ['change'];
/** What tells that a user has entered something, by the binding. @type {Record<string, string[]>} */
const EVENTS = {
  checked: ON_CHANGE,
  group: ON_CHANGE,
  modal: ['toggle', 'close'],
  open: ['toggle', 'close'],
  text: AT_ONCE,
};
const CHOSEN = new Set(['checkbox', 'file', 'radio', 'select', 'select-multiple']);

/** @param {Element} target @returns {target is HTMLInputElement | HTMLTextAreaElement} */
const is_field = (target) =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;

/** @param {Element} target */
const is_form_control = (target) => is_field(target) || target instanceof HTMLSelectElement;

/** @param {HTMLElement} control */
const kind_of = (control) => {
  if (control instanceof HTMLSelectElement) return control.multiple ? 'select-multiple' : 'select';
  return control instanceof HTMLInputElement ? control.type : control.localName;
};

/** Bind a control: `id` answers what is entered, before other handlers do; the number after `id`
 * answers a reset of its form.
 * @param {number} handle @param {string} name of the binding @param {number} id
 * @returns {string} what kind of control this is */
export const bind = (handle, name, id) => {
  const control = element(handle);
  const kind = kind_of(control);
  for (const event of EVENTS[name] ?? (CHOSEN.has(kind) ? ON_CHANGE : AT_ONCE)) {
    hear(control, event, id, 0, true);
  }
  if (name === 'text' || is_form_control(control)) hear_resets(control, id + 1);
  return kind;
};

/** The text that a control holds, or a box stands for; undefined while it is being composed.
 * @param {number} handle @returns {string | undefined} */
export const control_value = (handle) => {
  const control = /** @type {HTMLInputElement} */ (element(handle));
  if (is_composing(control)) return undefined;
  return is_form_control(control) ? control.value : text_in(control);
};

/** @param {number} handle @param {string} value */
export const show_value = (handle, value) => {
  const control = element(handle);
  if (!set_field(control, value)) set_text(control, value);
};

/** Show a value in what is a form field. @param {Element} target @param {unknown} value
 * @returns {boolean} whether it is one */
export const set_field = (target, value) => {
  const text = String(value ?? '');
  if (is_field(target)) set_value(target, text);
  else if (target instanceof HTMLSelectElement) choose_in(target, [text]);
  else return false;
  return true;
};

/** The chosen values of a multi-select, joined by U+001F; undefined when none is.
 * @param {number} handle @returns {string | undefined} */
export const chosen = (handle) => {
  const control = /** @type {HTMLSelectElement} */ (element(handle));
  const values = [...control.selectedOptions].map((option) => option.value);
  return values.length ? values.join('\x1f') : undefined;
};

/** @param {number} handle @param {string | undefined} values joined by U+001F */
export const choose = (handle, values) =>
  choose_in(/** @type {HTMLSelectElement} */ (element(handle)), values?.split('\x1f') ?? []);

/** The files of a field for files. @param {number} handle @returns {File[]} */
export const files = (handle) => [.../** @type {HTMLInputElement} */ (element(handle)).files ?? []];

/** Whether a box is on, or an element that opens is open.
 * @param {number} handle @returns {boolean} */
export const is_on = (handle) => {
  const control = /** @type {HTMLInputElement & HTMLDialogElement} */ (element(handle));
  return control.checked ?? control.open;
};

/** Open or close <details> or <dialog>.
 * @param {number} handle @param {boolean} is_open @param {boolean} is_modal */
export const open = (handle, is_open, is_modal) => {
  const target = /** @type {HTMLDialogElement} */ (element(handle));
  if (target.open === is_open) return;
  if (!(target instanceof HTMLDialogElement)) /** @type {HTMLDetailsElement} */ (target).open = is_open;
  else if (!is_open) target.close();
  else if (is_modal) target.showModal();
  else target.show();
};
