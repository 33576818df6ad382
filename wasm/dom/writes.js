/** Writes: each changes one thing of one node. */
import { element, node } from './nodes.js';

const NAMESPACES = /** @type {Record<string, string>} */ ({
  xlink: 'http://www.w3.org/1999/xlink',
  xml: 'http://www.w3.org/XML/1998/namespace',
});

/** @param {string} name @param {Element} target @returns {string | undefined} */
const namespaceOf = (name, target) => {
  const colon = name.indexOf(':');
  const isForeign = colon > 0 && target.namespaceURI !== 'http://www.w3.org/1999/xhtml';
  return isForeign ? NAMESPACES[name.slice(0, colon)] : undefined;
};

/** @param {number} handle @param {string} value */
export const text = (handle, value) => {
  /** @type {Text} */ (node(handle)).data = value;
};

/** The whole text of an element that holds nothing but text (textarea, title).
 * @param {number} handle @param {string} value */
export const content = (handle, value) => {
  node(handle).textContent = value;
};

/** @param {number} handle @param {string} name @param {string} value */
export const attribute = (handle, name, value) => {
  const target = element(handle);
  const namespace = namespaceOf(name, target);
  if (namespace) target.setAttributeNS(namespace, name, value);
  else target.setAttribute(name, value);
};

/** @param {number} handle @param {string} name */
export const no_attribute = (handle, name) => {
  const target = element(handle);
  const namespace = namespaceOf(name, target);
  if (namespace) target.removeAttributeNS(namespace, name.slice(name.indexOf(':') + 1));
  else target.removeAttribute(name);
};

/** @param {number} handle @param {string} removed @param {string} added tokens, joined by blanks */
export const classes = (handle, removed, added) => {
  const list = element(handle).classList;
  if (removed) list.remove(...removed.split(' '));
  if (added) list.add(...added.split(' '));
  if (!list.length) element(handle).removeAttribute('class');
};

/** @param {number} handle @param {string} name @param {string} value "" takes it away */
export const style = (handle, name, value) => {
  const target = element(handle);
  const important = value.endsWith('!important');
  target.style.setProperty(
    name,
    important ? value.slice(0, -'!important'.length) : value,
    important ? 'important' : '',
  );
  if (!value && !target.style.length) target.removeAttribute('style');
};

/** @param {number} handle @param {string} value trusted markup */
export const inner_html = (handle, value) => {
  element(handle).innerHTML = value;
};
