/** Custom elements that Python draws: their classes, which keep what the page gives meanwhile. */
import { ATTRIBUTE, DEFAULT, DRAW, ENTER, GET, LEAVE, SET, ask } from './calls.js';
import { element } from './nodes.js';

/** @typedef {{ number: number, attributes: string[], properties: string[],
 *   is_light: boolean, form: string, sheet: CSSStyleSheet | undefined }} Definition
 * @typedef {HTMLElement & { leave(): void }} Drawn */

/** What may have left the page for good. @type {Set<Drawn>} */
const leaving = new Set();
/** The page's own children of an element that Python draws without a shadow root.
 * @type {WeakMap<Element, DocumentFragment>} */
const kept = new WeakMap();
/** @type {WeakMap<Element, ElementInternals>} */
const internals = new WeakMap();

const sweep = () => {
  for (const found of leaving) found.leave();
  leaving.clear();
};

/** Make a tag known to the page; what bears it already is upgraded at once.
 * @param {number} number Python's number for it @param {string} tag
 * @param {string} attributes that are observed @param {string} properties both joined by blanks
 * @param {boolean} is_light @param {string} form the property that a form sends, "" for none
 * @param {string} css @returns {boolean} false when the page has such a tag already */
export const define_element = (number, tag, attributes, properties, is_light, form, css) => {
  if (customElements.get(tag)) return false;
  const sheet = css ? new CSSStyleSheet() : undefined;
  sheet?.replaceSync(css);
  const words = (/** @type {string} */ text) => text.split(' ').filter(Boolean);
  customElements.define(tag, make({
    number, attributes: words(attributes), properties: words(properties), is_light, form, sheet,
  }));
  return true;
};

/** @param {Definition} definition @returns {CustomElementConstructor} */
const make = ({ number, attributes, properties, is_light, form, sheet }) => {
  // What every element has keeps its meaning: its property writes the attribute, which is observed.
  const own = properties.filter((name) => !(name in HTMLElement.prototype));
  /** @type {(name: string) => string} */
  const attribute_of = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

  return class extends HTMLElement {
    static observedAttributes = attributes;
    static formAssociated = Boolean(form);
    /** Its number, while Python draws it. */
    #handle = 0;
    /** What properties were set to while Python does not know the element. @type {Map<string, unknown>} */
    #given = new Map();
    /** Attributes that an upgrade tells of after the constructor, though they are older than it. */
    #untold = new Set(this.getAttributeNames().filter((name) => attributes.includes(name)));

    static {
      for (const name of own) {
        Object.defineProperty(this.prototype, name, {
          enumerable: true,
          configurable: true,
          get() { return this.#get(name); },
          set(value) { this.#set(name, value); },
        });
      }
    }

    constructor() {
      super();
      if (form) internals.set(this, this.attachInternals());
      /** @type {Record<string, unknown>} */
      const before = /** @type {any} */ (this);
      for (const name of own) { // set before the class was there
        if (!Object.hasOwn(before, name)) continue;
        this.#given.set(name, before[name]);
        delete before[name];
      }
    }

    connectedCallback() {
      leaving.delete(this);
      if (this.#handle) return; // it was only moved
      this.#prepare();
      this.#handle = Number(ask(ENTER, number, '', this));
      for (const name of attributes) {
        if (this.hasAttribute(name)) ask(ATTRIBUTE, this.#handle, name, this.getAttribute(name));
      }
      for (const [name, value] of this.#given) ask(SET, this.#handle, name, value ?? undefined);
      this.#given.clear();
      ask(DRAW, this.#handle, '', undefined);
    }

    /** Make room for what Python draws. */
    #prepare() {
      if (is_light) {
        const fragment = document.createDocumentFragment();
        fragment.append(...this.childNodes);
        kept.set(this, fragment);
        const root = /** @type {Document | ShadowRoot} */ (this.getRootNode());
        if (sheet && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
        return;
      }
      const root = this.shadowRoot ?? this.attachShadow({ mode: 'open', delegatesFocus: Boolean(form) });
      root.replaceChildren(); // what a page declared there stood in until now
      if (sheet) root.adoptedStyleSheets = [sheet];
    }

    connectedMoveCallback() {} // its being there keeps a move from being a farewell

    disconnectedCallback() {
      if (!leaving.size) setTimeout(sweep);
      leaving.add(this);
    }

    leave() {
      if (this.isConnected || !this.#handle) return;
      for (const name of own) this.#given.set(name, ask(GET, this.#handle, name, undefined));
      ask(LEAVE, this.#handle, '', undefined);
      this.#handle = 0;
      const children = kept.get(this);
      if (children) this.append(children);
      kept.delete(this);
    }

    /** @param {string} name @param {string | null} _old @param {string | null} text */
    attributeChangedCallback(name, _old, text) {
      if (this.#untold.delete(name)) return;
      if (this.#handle) ask(ATTRIBUTE, this.#handle, name, text ?? undefined);
      else for (const each of own) if (attribute_of(each) === name) this.#given.delete(each);
    }

    formResetCallback() {
      const name = attribute_of(form);
      this.attributeChangedCallback(name, null, this.getAttribute(name));
    }

    /** @param {boolean} is_disabled */
    formDisabledCallback(is_disabled) {
      if (own.includes('disabled')) this.#set('disabled', is_disabled);
    }

    /** @param {unknown} state */
    formStateRestoreCallback(state) {
      this.#set(form, state);
    }

    /** @param {string} name */
    #get(name) {
      if (this.#handle) return ask(GET, this.#handle, name, undefined);
      if (this.#given.has(name)) return this.#given.get(name);
      return ask(DEFAULT, number, name, this.getAttribute(attribute_of(name)) ?? undefined);
    }

    /** @param {string} name @param {unknown} value */
    #set(name, value) {
      if (this.#handle) ask(SET, this.#handle, name, value ?? undefined);
      else this.#given.set(name, value);
    }
  };
};

/** Let an element tell the page something.
 * @param {number} handle @param {string} name @param {unknown} detail @param {boolean} bubbles
 * @param {boolean} cancelable @returns {boolean} false when a listener has prevented it */
export const emit = (handle, name, detail, bubbles, cancelable) =>
  element(handle).dispatchEvent(
    new CustomEvent(name, { detail, bubbles, composed: bubbles, cancelable }));

/** Put the page's own children of an element into a slot that Python has drawn, or keep them again.
 * @param {number} handle @param {Element} slot @param {boolean} is_there */
export const lodge = (handle, slot, is_there) => {
  const fragment = kept.get(element(handle));
  if (is_there) slot.append(fragment ?? '');
  else fragment?.append(...slot.childNodes);
};

/** Say what a form sends for an element.
 * @param {number} handle @param {string | undefined} text undefined sends nothing */
export const form_value = (handle, text) =>
  internals.get(element(handle))?.setFormValue(text ?? null);
