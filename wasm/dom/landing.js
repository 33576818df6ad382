/** What follows a change of the address: scroll, focus, and a word to who cannot see it. */
import { KEEP_FOCUS, NO_SCROLL, TRAVERSE, fragment_of } from './addresses.js';

const STORE = 'gossamer:scroll';
const AFTER_COMMIT = 60; // milliseconds: a region that changes at once with the page is not read out

/** @typedef {Record<string, [number, number]>} Scrolls of the page under "", of others by their key */
/** @type {Map<string, Scrolls>} */
let positions = new Map();
/** @type {HTMLElement | undefined} */
let region;

/** @returns {NodeListOf<HTMLElement>} */
const scrollers = () => document.querySelectorAll('[data-scroll-key]');

/** Keep how far an entry of the history is scrolled. @param {string} key */
export const remember = (key) => {
  /** @type {Scrolls} */
  const found = { '': [scrollX, scrollY] };
  for (const element of scrollers()) {
    found[element.dataset.scrollKey ?? ''] = [element.scrollLeft, element.scrollTop];
  }
  positions.set(key, found);
};

/** Scroll as an entry was left. @param {string} key @returns {boolean} whether it was ever left */
export const restore = (key) => {
  const found = positions.get(key);
  if (!found) return false;
  for (const element of scrollers()) {
    const to = found[element.dataset.scrollKey ?? ''];
    if (to) element.scrollTo({ left: to[0], top: to[1], behavior: 'instant' });
  }
  const [left, top] = found[''];
  scrollTo({ left, top, behavior: 'instant' });
  return true;
};

/** @param {string} fragment */
const target_of = (fragment) => {
  let name = fragment;
  try {
    name = decodeURIComponent(fragment);
  } catch {
    // `%zz`: an id may be written like that
  }
  return document.getElementById(fragment) ?? document.getElementById(name)
    ?? document.getElementsByName(name)[0];
};

const to_top = () => scrollTo({ left: 0, top: 0, behavior: 'instant' });

/** Give the focus to what may not be able to take it by itself. @param {HTMLElement} element */
const focus = (element) => {
  const index = element.getAttribute('tabindex');
  element.setAttribute('tabindex', '-1');
  element.focus({ preventScroll: true, focusVisible: false });
  if (index === null) element.removeAttribute('tabindex');
  else element.setAttribute('tabindex', index);
};

/** Begin a page at its top, while that of the old view is known: once the views have changed, the
 * browser would have to lay them out for it. @param {number} flags */
export const begin_landing = (flags) => {
  if (!(flags & (TRAVERSE | NO_SCROLL))) to_top();
  if (!(flags & KEEP_FOCUS)) focus(document.body);
};

const announce = () => {
  const where = region; // by then another router may have come
  setTimeout(() => {
    if (!where) return;
    where.textContent = document.title || document.querySelector('h1')?.textContent
      || location.pathname;
  }, AFTER_COMMIT);
};

/** Scroll, focus and announce for a view that has just come.
 * @param {string} address @param {number} flags @param {string} key of its entry */
export const land = (address, flags, key) => {
  const fragment = fragment_of(address);
  const target = fragment ? target_of(fragment) : undefined;
  const is_restored = flags & TRAVERSE && restore(key);
  if (!is_restored && !(flags & NO_SCROLL)) {
    if (target) target.scrollIntoView({ behavior: 'instant' });
    else if (flags & TRAVERSE) to_top();
  }
  if (flags & KEEP_FOCUS) return;
  const wanted = /** @type {HTMLElement | null} */ (document.querySelector('[autofocus]'));
  wanted?.focus();
  if (target && document.activeElement !== wanted) focus(target);
  announce();
};

/** Scroll for the first view: as the page was left, or to what the address names.
 * @param {string} address @param {string} key */
export const land_first = (address, key) => {
  const fragment = fragment_of(address);
  if (!restore(key) && fragment) target_of(fragment)?.scrollIntoView({ behavior: 'instant' });
};

/** @param {() => string} key_now */
const keep = (key_now) => {
  remember(key_now());
  try {
    sessionStorage.setItem(STORE, JSON.stringify([...positions]));
  } catch {
    // full or forbidden: a reload begins at the top
  }
};

/** Take over scrolling, until the function that it gives is called.
 * @param {() => string} key_now the key of the present entry */
export const follow_scrolls = (key_now) => {
  try {
    positions = new Map(JSON.parse(sessionStorage.getItem(STORE) ?? '[]'));
  } catch {
    positions = new Map();
  }
  const made = region = document.createElement('div');
  made.setAttribute('aria-live', 'assertive');
  made.setAttribute('aria-atomic', 'true');
  made.dataset.announcer = '';
  made.style.cssText = 'position:absolute;width:1px;height:1px;overflow:hidden;'
    + 'clip-path:inset(50%);white-space:nowrap;left:0;top:0';
  document.body.append(made);
  history.scrollRestoration = 'manual';
  const hide = () => {
    keep(key_now);
    history.scrollRestoration = 'auto';
  };
  const show = (/** @type {PageTransitionEvent} */ { persisted }) => {
    if (persisted) history.scrollRestoration = 'manual';
  };
  const look = () => document.visibilityState === 'hidden' && keep(key_now);
  addEventListener('pagehide', hide);
  addEventListener('pageshow', show);
  document.addEventListener('visibilitychange', look);
  return () => {
    removeEventListener('pagehide', hide);
    removeEventListener('pageshow', show);
    document.removeEventListener('visibilitychange', look);
    history.scrollRestoration = 'auto';
    made.remove();
    region = undefined;
    positions = new Map();
  };
};
