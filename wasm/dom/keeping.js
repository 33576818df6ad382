/** Keeping: what a user has entered survives when the controls are made anew. */
import { is_element } from './mismatches.js';
import { element } from './nodes.js';

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */
/** @typedef {{ key: string, value: string, isOn: boolean, chosen: string[], caret: (number | null)[] | null }} Entry */
const CONTROLS = 'input, select, textarea';

/** @param {Control} control what makes it the same as another one */
const key_of = (control) => {
  const { localName, type, name, id } = control;
  const own = type === 'checkbox' || type === 'radio' ? control.value : '';
  return name || id ? `${localName} ${type} ${name || `#${id}`} ${own}` : '';
};

/** @param {Element} control @returns {control is HTMLSelectElement} */
const is_select = (control) => control.localName === 'select';

/** Whether a user has been at a control, or the browser has filled it in.
 * @param {number} handle @returns {boolean} */
export const is_touched = (handle) => {
  const control = element(handle);
  return control.matches(CONTROLS) && differs(/** @type {Control} */ (control));
};

/** @param {Control} control whether it shows something else than its markup says */
const differs = (control) => {
  if (is_select(control)) {
    const options = [...control.options];
    const isPlain = !control.multiple && !options.some((option) => option.defaultSelected);
    if (isPlain) return control.selectedIndex > options.findIndex((option) => !option.disabled);
    return options.some((option) => option.selected !== option.defaultSelected);
  }
  if (control.type === 'checkbox' || control.type === 'radio') {
    const { checked, defaultChecked } = /** @type {HTMLInputElement} */ (control);
    return checked !== defaultChecked;
  }
  if (control.type === 'file') return Boolean(control.value);
  if (control.value === control.defaultValue.replaceAll(/\r\n?/g, '\n')) return false;
  const fresh = /** @type {Control} */ (document.createElement(control.localName));
  for (const { name, value } of control.attributes) fresh.setAttribute(name, value);
  fresh.textContent = control.textContent;
  return control.value !== fresh.value; // a field may show its markup in another way
};

/** Remember what was entered into a node that goes.
 * @param {Node} node @returns {Entry[]} */
export const entries_of = (node) => {
  if (!is_element(node)) return [];
  const controls = /** @type {Control[]} */ (
    [node, ...node.querySelectorAll('*')].filter((each) => each.matches(CONTROLS)));
  return controls.filter((each) => key_of(each)).flatMap((control) => {
    const has_focus = control === document.activeElement;
    if (!has_focus && !differs(control)) return [];
    const { selectionStart = null, selectionEnd = null } = /** @type {HTMLInputElement} */ (control);
    return [{
      key: key_of(control),
      value: control.value,
      isOn: Boolean(/** @type {HTMLInputElement} */ (control).checked),
      chosen: [.../** @type {HTMLSelectElement} */ (control).selectedOptions ?? []].map((one) => one.value),
      caret: has_focus ? [selectionStart, selectionEnd] : null,
    }];
  });
};

/** Enter it into those that have come in their place.
 * @param {Element} target @param {Entry[]} entries */
export const enter_again = (target, entries) => {
  if (!entries.length) return;
  const controls = /** @type {Control[]} */ ([...target.querySelectorAll(CONTROLS)]);
  for (const { key, value, isOn, chosen, caret } of entries) {
    const control = controls.find((each) => key_of(each) === key);
    if (!control) continue;
    if (is_select(control)) {
      for (const option of control.options) option.selected = chosen.includes(option.value);
    } else if (control.type === 'checkbox' || control.type === 'radio') {
      /** @type {HTMLInputElement} */ (control).checked = isOn;
    } else if (control.type !== 'file') control.value = value;
    if (!caret) continue;
    control.focus({ preventScroll: true });
    if (caret[0] !== null) /** @type {HTMLInputElement} */ (control).setSelectionRange(caret[0], caret[1]);
  }
};
