/** Properties of elements, also of those whose class is still to come. */
import { set_field } from './controls.js';
import { element, is_custom, nodes } from './nodes.js';

/** @typedef {Record<string, unknown>} Properties */

/** What was set on an element before its class was there. @type {WeakMap<Element, Set<string>>} */
const early = new WeakMap();
/** The tags whose class is waited for. @type {Set<string>} */
const awaited = new Set();

/** Set a property; Python has checked that the name is no way to markup or prototypes.
 * @param {number} handle @param {string} name @param {unknown} value undefined is null: "nothing" */
export const property = (handle, name, value) => {
  const target = element(handle);
  if (name === 'value' && set_field(target, value)) return;
  if (is_custom(target)) prepare(target, name);
  /** @type {Properties} */ (/** @type {unknown} */ (target))[name] = value ?? null;
};

/** Let a class that comes later see the property: a value of the element itself would hide it.
 * @param {Element} target @param {string} name */
const prepare = (target, name) => {
  customElements.upgrade(target); // a clone becomes what it is in the page only, and that is later
  if (target.matches(':defined')) return;
  const names = early.get(target) ?? new Set();
  early.set(target, names.add(name));
  const { localName } = target;
  if (awaited.has(localName)) return;
  awaited.add(localName);
  customElements.whenDefined(localName).then(() => {
    for (const found of nodes) if (found instanceof Element && found.localName === localName) hand_over(found);
  });
};

/** Set once more what was set too early. @param {Element} target */
const hand_over = (target) => {
  customElements.upgrade(target);
  const own = /** @type {Properties} */ (/** @type {unknown} */ (target));
  for (const name of early.get(target) ?? []) {
    if (!Object.hasOwn(own, name)) continue;
    const value = own[name];
    delete own[name];
    own[name] = value;
  }
  early.delete(target);
};
