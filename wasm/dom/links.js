/** Links: which clicks are the router's, and which links a visitor rests on. */
import {
  AGAIN, KEEP_FOCUS, NO_SCROLL, REPLACE, address_now, address_of, page_of, place,
} from './addresses.js';
import { PRELOAD, ask } from './calls.js';
import { leave_page } from './routing.js';

/** @typedef {HTMLAnchorElement | HTMLAreaElement | SVGAElement} Link
 * @typedef {(url: URL, flags: number, state: string) => boolean} Wish */

const REST = 20; // milliseconds on a link, after which a visitor may be about to follow it

/** What stands around a node, through slots and shadow roots.
 * @param {Node} node @returns {Node | null} */
const around = (node) => /** @type {Element} */ (node).assignedSlot ?? node.parentNode
  ?? /** @type {ShadowRoot} */ (node).host ?? null;

/** The nearest at or around a node that a selector matches.
 * @param {EventTarget | Node | undefined | null} start @param {string} selector */
export const nearest = (start, selector) => {
  let found = /** @type {Node | null} */ (start ?? null);
  while (found && !(found instanceof Element && found.matches(selector))) found = around(found);
  return /** @type {Element | null} */ (found);
};

/** Whether what is around a link or form leaves it to the browser. @param {Element} element */
export const is_off = (element) => nearest(element, '[data-router]')?.getAttribute('data-router') === 'off';

/** Whether a target means the window that the page is in. @param {string | null | undefined} own */
export const is_here = (own) => {
  const target = (own ?? document.querySelector('base[target]')?.getAttribute('target') ?? '')
    .toLowerCase();
  return target === '' || target === '_self'
    || (target === '_top' || target === '_parent') && window.top === window;
};

/** @param {string} text @returns {URL | undefined} */
export const url_of = (text) => (URL.canParse(text, document.baseURI)
  ? new URL(text, document.baseURI) : undefined);

/** Where a link leads, if that may be the router's. @param {Link} link @returns {URL | undefined} */
const destination_of = (link) => {
  if (link.hasAttribute('download') || link.hasAttribute('ping')) return undefined;
  if (!is_here(link.getAttribute('target'))) return undefined;
  if (/(^|\s)external(\s|$)/i.test(link.getAttribute('rel') ?? '') || is_off(link)) return undefined;
  const { href } = link;
  const url = url_of(typeof href === 'string' ? href : href.baseVal);
  return url && address_of(url) !== undefined ? url : undefined;
};

/** @param {Event} event */
const link_of = (event) =>
  /** @type {Link | null} */ (nearest(event.composedPath()[0], 'a[*|href], area[href]'));

/** The flags that a link asks for. @param {Link} link */
const flags_of = ({ dataset }) => ('replace' in dataset ? REPLACE : 0)
  | ('noscroll' in dataset ? NO_SCROLL : 0) | ('keepfocus' in dataset ? KEEP_FOCUS : 0);

/** @param {MouseEvent} event @param {Wish} wish */
const clicked = (event, wish) => {
  if (event.defaultPrevented || event.button) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const { target } = event;
  if (target instanceof HTMLElement && target.isContentEditable) return;
  const link = link_of(event);
  const url = link && destination_of(link);
  if (!link || !url) return;
  let flags = flags_of(link);
  const address = address_of(url) ?? '';
  if (page_of(address) === page_of(address_now())) {
    if (url.href.includes('#') && !place.is_hash) {
      leave_page();
      return; // a place on this page: the browser scrolls, focuses and matches :target
    }
    if (address === address_now()) flags |= REPLACE | AGAIN;
  }
  if (wish(url, flags, link.dataset.state ?? '')) event.preventDefault();
};

/** Tell of links on which a visitor rests. @returns {() => void} what ends it */
const follow_rest = () => {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const preload = (/** @type {Link | null} */ link) => {
    const url = link && destination_of(link);
    if (!link || !url || page_of(address_of(url) ?? '') === page_of(address_now())) return;
    if (nearest(link, '[data-prefetch]')?.getAttribute('data-prefetch') === 'off') return;
    if (/** @type {{ connection?: { saveData?: boolean } }} */ (navigator).connection?.saveData) return;
    ask(PRELOAD, 0, address_of(url) ?? '', '');
  };
  const rest = (/** @type {Event} */ event) => {
    clearTimeout(timer);
    const link = link_of(event); // the event forgets its path
    if (link) timer = setTimeout(() => preload(link), REST);
  };
  const press = (/** @type {Event} */ event) => {
    clearTimeout(timer);
    preload(link_of(event));
  };
  const moves = ['mouseover', 'mousemove'];
  const presses = ['focusin', 'mousedown', 'touchstart'];
  for (const name of moves) addEventListener(name, rest, { passive: true });
  for (const name of presses) addEventListener(name, press, { passive: true });
  return () => {
    clearTimeout(timer);
    for (const name of moves) removeEventListener(name, rest);
    for (const name of presses) removeEventListener(name, press);
  };
};

/** Ask for each link that is clicked, after all that the page itself has to say to the click.
 * @param {Wish} wish @returns {() => void} what ends it */
export const follow_links = (wish) => {
  const last = (/** @type {MouseEvent} */ event) => clicked(event, wish);
  const arm = () => {
    removeEventListener('click', last);
    addEventListener('click', last);
  };
  addEventListener('click', arm, true);
  const stop = follow_rest();
  return () => {
    removeEventListener('click', arm, true);
    removeEventListener('click', last);
    stop();
  };
};
