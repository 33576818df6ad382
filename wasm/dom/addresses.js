/** Addresses as the router knows them: paths with what follows, or what stands behind the `#`. */

/** Flags of a wish, as `host.py` has them. */
export const REPLACE = 1;
export const NO_SCROLL = 2;
export const KEEP_FOCUS = 4;
export const TRAVERSE = 8;
export const FORM = 16;
export const AGAIN = 32;
export const BITS = 8;
/** Answers to a wish. */
export const LEAVE = 0;
export const REFUSE = -1;

/** Where the app stands. */
export const place = { base: '', is_hash: false, has_transitions: false };

/** @param {URL | Location} url */
const document_of = (url) => url.origin + url.pathname + url.search;

/** The address that a URL stands for; undefined when it is not the app's.
 * @param {URL | Location} url @returns {string | undefined} */
export const address_of = (url) => {
  const { base, is_hash } = place;
  if (url.origin !== location.origin || !/^https?:$/.test(url.protocol)) return undefined;
  if (!is_hash) {
    const inside = !base || url.pathname === base || url.pathname.startsWith(`${base}/`);
    return inside ? url.pathname + url.search + url.hash : undefined;
  }
  if (document_of(url) !== document_of(location)) return undefined;
  if (url.hash.startsWith('#/')) return url.hash.slice(1);
  if (!url.href.includes('#')) return '/'; // as the app was opened, also on the way back to there
  const here = location.hash.startsWith('#/') ? location.hash.slice(1).split('#')[0] : '/';
  return here + url.hash;
};

/** The URL that the address bar shows for another one: in hash mode its address behind the `#`.
 * @param {URL} url */
export const shown_url = (url) =>
  (place.is_hash ? new URL(`#${address_of(url)}`, location.href) : url).href;

/** Where the page is. */
export const address_now = () => address_of(location) ?? location.pathname + location.search;

/** What of an address belongs to a place on its page. @param {string} address */
export const fragment_of = (address) => {
  const at = address.indexOf('#');
  return at < 0 ? '' : address.slice(at + 1);
};

/** An address without its fragment. @param {string} address */
export const page_of = (address) => address.split('#')[0];
