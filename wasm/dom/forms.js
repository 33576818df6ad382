/** Forms: which are the router's, and what a browser would send for them. */
import { FORM, REPLACE, address_now, address_of, place } from './addresses.js';
import { SUBMIT, ask } from './calls.js';
import { is_here, is_off, url_of } from './links.js';
import { warn } from './page.js';
import { upload } from './uploads.js';

/** @typedef {HTMLButtonElement | HTMLInputElement | null} Submitter
 * @typedef {SubmitEvent & { submitter: Submitter }} Submit */

const URLENCODED = 'application/x-www-form-urlencoded';
const ENCTYPES = [URLENCODED, 'multipart/form-data', 'text/plain'];

/** @type {WeakMap<HTMLFormElement, AbortController>} */
const sending = new WeakMap();

/** An attribute of a form, whatever names its fields have.
 * @param {Element} form @param {string} name */
const attribute = (form, name) => Element.prototype.getAttribute.call(form, name);

/** What an attribute says, that a submit button may override.
 * @param {HTMLFormElement} form @param {Submitter} submitter @param {string} name */
const said = (form, submitter, name) => submitter?.getAttribute(`form${name}`) ?? attribute(form, name);

/** What the browser would do. @param {HTMLFormElement} form @param {Submitter} submitter */
const read = (form, submitter) => {
  const method = (said(form, submitter, 'method') ?? '').toLowerCase();
  const enctype = (said(form, submitter, 'enctype') ?? '').toLowerCase();
  const action = submitter?.getAttribute('formaction') || attribute(form, 'action');
  return {
    method: method === 'post' || method === 'dialog' ? method : 'get',
    enctype: ENCTYPES.includes(enctype) ? enctype : URLENCODED,
    target: said(form, submitter, 'target'),
    url: action ? url_of(action) : new URL(document.URL),
  };
};

/** @param {string} text */
const crlf = (text) => text.replace(/\r\n|\r|\n/g, '\r\n');

/** What can stand for a file in a query: its name. @param {string} name of the field @param {File} file */
const name_of = (name, file) => {
  if (file.name) {
    warn(`The field ${name} sends the name of ${file.name} only, not the file.
Why: its form is not sent as multipart/form-data.
Fix: give the form method="post" and enctype="multipart/form-data".`);
  }
  return file.name;
};

/** The fields as a query. @param {HTMLFormElement} form @param {Submitter} submitter */
const encoded = (form, submitter) => new URLSearchParams(
  [...new FormData(form, submitter)].map(([name, value]) => [
    crlf(name), typeof value === 'string' ? crlf(value) : name_of(name, value),
  ]));

/** A URL with another query. @param {URL} url @param {string} query */
const with_query = (url, query) => {
  if (!place.is_hash || !url.hash.startsWith('#/')) {
    url.search = query;
    return url;
  }
  const [path, ...fragment] = url.hash.slice(1).split('#');
  url.hash = [`#${path.split('?')[0]}${query && `?${query}`}`, ...fragment].join('#');
  return url;
};

/** @param {Submit} event @param {import('./links.js').Wish} wish */
const submitted = (event, wish) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (event.defaultPrevented) return;
  const { submitter } = event;
  const { enctype, method, target, url } = read(form, submitter);
  if (method === 'dialog' || !is_here(target) || is_off(submitter ?? form) || is_off(form)) return;
  if (!url || address_of(url) === undefined) return;
  if (method === 'get') {
    with_query(url, String(encoded(form, submitter)));
    const flags = FORM | (address_of(url) === address_now() ? REPLACE : 0);
    if (wish(url, flags, '')) event.preventDefault();
  } else if (enctype !== 'text/plain') {
    const is_enhanced = attribute(form, 'data-enhance') !== null;
    if (ask(SUBMIT, Number(is_enhanced), address_of(url) ?? '', event)) event.preventDefault();
  }
};

/** Ask for each form that is sent, after all that the page itself has to say to it.
 * @param {import('./links.js').Wish} wish @returns {() => void} what ends it */
export const follow_forms = (wish) => {
  const last = (/** @type {SubmitEvent} */ event) => submitted(/** @type {Submit} */ (event), wish);
  const arm = () => {
    removeEventListener('submit', last);
    addEventListener('submit', last);
  };
  addEventListener('submit', arm, true);
  return () => {
    removeEventListener('submit', arm, true);
    removeEventListener('submit', last);
  };
};

/** The names and values of a form's fields, one after the other.
 * @param {HTMLFormElement} form @param {Submitter} submitter */
export const form_entries = (form, submitter) => [...new FormData(form, submitter ?? null)].flat();

/** Say that a form is being sent; its button keeps the focus, as a disabled one would not.
 * @param {HTMLFormElement} form @param {Submitter} submitter @param {boolean} on */
export const form_busy = (form, submitter, on) => {
  const [set, drop] = [Element.prototype.setAttribute, Element.prototype.removeAttribute];
  if (on) {
    set.call(form, 'aria-busy', 'true');
    submitter?.setAttribute('aria-disabled', 'true');
  } else {
    drop.call(form, 'aria-busy');
    submitter?.removeAttribute('aria-disabled');
  }
};

/** A fresh form, as after a page load; `data-noreset` keeps it. @param {HTMLFormElement} form */
export const form_reset = (form) => {
  if (attribute(form, 'data-noreset') === null) HTMLFormElement.prototype.reset.call(form);
};

/** Lead to the first field that will not do. @param {HTMLFormElement} form */
export const form_focus = (form) => {
  const found = Element.prototype.querySelector.call(form, '[aria-invalid=true]');
  if (found) /** @type {HTMLElement} */ (found).focus();
};

/** Let the browser send a form: nobody else, here or in the form, hears of it.
 * @param {HTMLFormElement} form @param {Submitter} submitter */
export const form_native = (form, submitter) => {
  const keep = (/** @type {Event} */ event) => event.stopImmediatePropagation();
  addEventListener('submit', keep, true);
  HTMLFormElement.prototype.requestSubmit.call(form, submitter ?? null);
  removeEventListener('submit', keep, true);
};

/** Whether there is a file in a body that takes a while to send. @param {FormData} body */
const has_files = (body) => [...body.values()].some((value) => typeof value !== 'string' && value.size);

/** Send a form as the browser would, but for the answer: its status, type, headers and text.
 * @param {HTMLFormElement} form @param {Submitter} submitter
 * @param {(part: number) => void} tell is called with the part that has gone, if there are files */
export const form_send = async (form, submitter, tell) => {
  const { enctype, url = new URL(document.URL) } = read(form, submitter ?? null);
  const controller = new AbortController();
  const { signal } = controller;
  sending.set(form, controller);
  const headers = { Accept: 'application/vnd.gossamer+json', 'X-Gossamer': '1' };
  const body = enctype === URLENCODED ? undefined : new FormData(form, submitter ?? null);
  const { header, status, text, url: other } = body && has_files(body)
    ? await upload(url, headers, body, signal, tell)
    : await reply_of(await fetch(url, {
      method: 'POST',
      headers: { ...headers, ...!body && { 'Content-Type': URLENCODED } }, // else the browser says it
      body: body ?? String(encoded(form, submitter ?? null)),
      signal,
    }));
  return [
    status, header('content-type'), header('x-gossamer-redirect'), header('x-gossamer-version'),
    other, text,
  ];
};

/** @param {Response} response @returns {Promise<import('./uploads.js').Reply>} */
const reply_of = async (response) => ({
  status: response.status,
  header: (name) => response.headers.get(name) ?? '',
  url: response.redirected ? response.url : '',
  text: await response.text(),
});

/** Stop sending a form. @param {HTMLFormElement} form */
export const form_abort = (form) => sending.get(form)?.abort();
