/** The verbs of the router: ways through the app, over one of two back-ends. */
import {
  REFUSE, TRAVERSE, address_now, address_of, place, shown_url,
} from './addresses.js';
import { ARRIVE, HASH, WISH, ask } from './calls.js';
import { classic } from './classic_history.js';
import { follow_forms } from './forms.js';
import {
  begin_landing, follow_scrolls, land, land_first, remember, restore,
} from './landing.js';
import { follow_links } from './links.js';
import { modern } from './modern_history.js';

/** @typedef {{
 *   number: number, url: string, flags: number, state: string, isThere?: boolean,
 *   ready?: { resolve: () => void, reject: (reason: unknown) => void },
 * }} Way
 * @typedef {{
 *   key: () => string,
 *   begin: (way: Way) => void,
 *   commit: (way: Way) => void,
 *   stop: () => void,
 * }} BackEnd */

const PAINT = 100; // milliseconds: how long a frame is waited for, in a tab that draws none

/** @type {Map<number, Way>} */
export const ways = new Map();
/** @type {BackEnd | undefined} */
let back_end;
let end = () => {};
/** The key of the entry whose views stand in the page. */
let shown = '';

/** Follow links, forms and the history below a base; the present address.
 * @param {string} base @param {boolean} is_hash @param {boolean} has_transitions
 * @returns {string} */
export const route = (base, is_hash, has_transitions) => {
  Object.assign(place, { base, is_hash, has_transitions });
  const is_modern = 'navigation' in window && 'NavigationPrecommitController' in window
    && document.documentElement.dataset.history !== 'history';
  const started = back_end = is_modern ? modern() : classic();
  shown = started.key();
  const ends = [follow_scrolls(() => shown), follow_links(wish), follow_forms(wish), started.stop];
  const moved = () => {
    if (place.is_hash) return;
    shown = started.key();
    restore(shown); // of a place that is new nothing is known, and the browser has scrolled
    ask(HASH, 0, address_now(), '');
  };
  addEventListener('hashchange', moved);
  end = () => {
    removeEventListener('hashchange', moved);
    for (const stop of ends) stop();
    ways.clear();
    back_end = undefined;
  };
  return address_now();
};

/** Follow nothing any more. */
export const unroute = () => {
  hold(false);
  end();
  end = () => {};
};

/** Begin a way that Python has asked for, once its own code has ended.
 * @param {number} number @param {string} address @param {number} flags @param {string} state */
export const visit = (number, address, flags, state) => {
  const way = { number, url: new URL(address, location.href).href, flags, state };
  ways.set(number, way);
  queueMicrotask(() => begin(way));
};

/** @param {Way} way */
const begin = (way) => {
  if (ways.get(way.number) === way) back_end?.begin(way);
};

/** Ask whether a way begins here, and begin it when the page has shown that it was pressed.
 * @param {URL} url @param {number} flags @param {string} state
 * @returns {boolean} whether the browser shall do nothing */
const wish = (url, flags, state) => {
  const number = ask_for(url, flags, state);
  if (number <= 0) return number === REFUSE;
  const way = { number, url: shown_url(url), flags, state };
  ways.set(number, way);
  let has_begun = false;
  const once = () => {
    if (!has_begun) begin(way);
    has_begun = true;
  };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, PAINT);
  return true;
};

/** @param {URL} url @param {number} flags @param {string} state */
export const ask_for = (url, flags, state) =>
  /** @type {number} */ (ask(WISH, flags, address_of(url) ?? url.pathname, state));

/** Change the address, then show what is ready; 0: the first view stands.
 * @param {number} number */
export const commit = (number) => {
  const way = ways.get(number);
  if (way) back_end?.commit(way);
  else if (!number) land_first(address_now(), shown);
};

/** Keep how the page is scrolled, before it changes. */
export const leave_page = () => remember(shown);

/** Put the views of a way into the page. @param {Way} way @param {() => void} change */
export const show = async (way, change) => {
  const swap = () => {
    if (ways.get(way.number) !== way) return;
    leave_page();
    begin_landing(way.flags);
    change();
    ways.delete(way.number);
    const { number, flags, url } = way;
    ask(ARRIVE, number, '', '');
    shown = back_end?.key() ?? '';
    land(address_of(new URL(url)) ?? '', flags, shown);
  };
  const wants = place.has_transitions && 'startViewTransition' in document
    && !matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (!wants) return swap();
  const back = way.flags & TRAVERSE && way.flags < 0;
  const transition = document.startViewTransition({
    update: swap, types: [back ? 'back' : 'forward'],
  });
  transition.ready.catch(() => {}); // a newer one, or a hidden tab: the views change all the same
  transition.finished.catch(() => {});
  await transition.updateCallbackDone;
};

/** Forget a way. @param {number} number */
export const drop = (number) => {
  const way = ways.get(number);
  ways.delete(number);
  way?.ready?.reject(new DOMException('The way was dropped', 'AbortError'));
};

/** Go back or forward. @param {number} distance */
export const travel = (distance) => history.go(distance);

/** Let the browser load an address. @param {string} address */
export const depart = (address) => location.assign(new URL(address, location.href).href);

/** @param {BeforeUnloadEvent} event */
const stay = (event) => event.preventDefault();

/** Ask the visitor before the page is left, or do so no more. @param {boolean} on */
export const hold = (on) => {
  if (on) addEventListener('beforeunload', stay);
  else removeEventListener('beforeunload', stay);
};

/** The text of a file beside the page. @param {string} url @returns {Promise<string>} */
export const bring = async (url) => {
  const response = await fetch(new URL(url, document.baseURI));
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return response.text();
};
