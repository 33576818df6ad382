/** Controls: what a form control shows, read and written as Python thinks of it. */
import { element } from './nodes.js';

/** @param {number} handle @returns {string} what kind of control this is, as `bind:` sees it */
export const control_kind = (handle) => {
  const control = element(handle);
  if (control instanceof HTMLSelectElement) return control.multiple ? 'select-multiple' : 'select';
  if (control instanceof HTMLInputElement) return control.type;
  if (control instanceof HTMLTextAreaElement) return 'textarea';
  return control.isContentEditable ? 'editable' : control.localName;
};

/** Show a value, and leave the caret where it is when the control shows it already.
 * @param {number} handle @param {string} value */
export const show_value = (handle, value) => {
  const control = /** @type {HTMLInputElement} */ (element(handle));
  if (control.value !== value) control.value = value;
};

/** The chosen values of a multi-select, joined by U+001F; undefined when none is.
 * @param {number} handle @returns {string | undefined} */
export const chosen = (handle) => {
  const control = /** @type {HTMLSelectElement} */ (element(handle));
  const values = [...control.selectedOptions].map((option) => option.value);
  return values.length ? values.join('\x1f') : undefined;
};

/** @param {number} handle @param {string | undefined} values joined by U+001F */
export const choose = (handle, values) => {
  const wanted = new Set(values === undefined ? [] : values.split('\x1f'));
  const control = /** @type {HTMLSelectElement} */ (element(handle));
  for (const option of control.options) option.selected = wanted.has(option.value);
};

/** What a box or radio stands for in its group.
 * @param {number} handle @returns {string} */
export const control_value = (handle) => /** @type {HTMLInputElement} */ (element(handle)).value;
