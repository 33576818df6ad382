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

/** How many more want a class name that stands on an element already.
 * @type {WeakMap<Element, Map<string, number>>} */
const claims = new WeakMap();

/** Put names on an element and take others away. A name that something else has put there too,
 * the template or a script of the page, stays until nobody wants it.
 * @param {Element} target @param {string} removed @param {string} added names, joined by blanks */
export const change_classes = (target, removed, added) => {
  const names = target.getAttribute('class');
  if (names === null && !removed) return target.setAttribute('class', added);
  if (names === removed && !added && !claims.has(target)) return target.removeAttribute('class');
  const list = target.classList;
  const more = claims.get(target);
  for (const name of removed ? removed.split(' ') : []) {
    const count = more?.get(name);
    if (count) more?.set(name, count - 1);
    else list.remove(name);
  }
  for (const name of added ? added.split(' ') : []) {
    if (list.contains(name)) claim(target, name);
    else list.add(name);
  }
  if (!list.length) target.removeAttribute('class');
  return undefined;
};

/** @param {Element} target @param {string} name */
const claim = (target, name) => {
  const more = claims.get(target) ?? new Map();
  claims.set(target, more.set(name, (more.get(name) ?? 0) + 1));
};

/** Know what wants the names on an element that a server has written; those it left out are put on.
 * @param {Element} target @param {Map<string, number>} wanted name -> by how many */
export const wear = (target, wanted) => {
  for (const [name, count] of wanted) {
    if (count > 0) target.classList.add(name);
    if (count > 1) claims.set(target, (claims.get(target) ?? new Map()).set(name, count - 1));
  }
};

/** @param {number} handle @param {string} removed @param {string} added names, joined by blanks */
export const classes = (handle, removed, added) => change_classes(element(handle), removed, added);

/** What each source says of a property; 0 is what stood there before all of them.
 * @type {WeakMap<Element, Map<string, Record<number, string>>>} */
const layers = new WeakMap();

/** Write what one source says of a property: the latest source wins, and when it says nothing any
 * more the one before does.
 * @param {number} handle @param {number} source @param {string} name
 * @param {string} value "" says nothing */
export const style = (handle, source, name, value) => {
  const target = element(handle);
  declare(target, target, source, name, value);
};

/** @param {HTMLElement} target @param {HTMLElement} before how it was before all sources
 * @param {number} source @param {string} name @param {string} value */
export const declare = (target, before, source, name, value) => {
  const said = layers.get(target) ?? new Map();
  const values = said.get(name) ?? { 0: read(before.style, name) };
  if (value) values[source] = value;
  else delete values[source];
  layers.set(target, said.set(name, values));
  const shown = /** @type {string} */ (Object.values(values).at(-1));
  if (target !== before && read(target.style, name) === shown) return;
  const text = shown.replace(/\s*!important$/, '');
  target.style.setProperty(name, text, text === shown ? '' : 'important');
  if (!shown && !target.style.length) target.removeAttribute('style');
};

/** @param {CSSStyleDeclaration} declared @param {string} name */
const read = (declared, name) =>
  declared.getPropertyValue(name) + (declared.getPropertyPriority(name) && ' !important');

/** @param {number} handle @param {string} value trusted markup */
export const inner_html = (handle, value) => {
  const target = element(handle);
  // What a user edits is read back by a handler and comes here again: the caret has to stay.
  if (target.contentEditable === 'inherit' || target.innerHTML !== value) target.innerHTML = value;
};
