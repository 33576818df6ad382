/** What a build has written: what a page shows before Python has come, and data for its routes. */
import { entered } from './head.js';
import { element } from './nodes.js';

/** A path without what servers add to it. @param {string} address */
const plain = (address) =>
  new URL(address, document.baseURI).pathname.replace(/\/(index\.html)?$/, '');

/** Whether a build has written into an element what its view shows at this address. What it has
 * written for another one stays there until `unveil`.
 * @param {number} handle @returns {boolean} */
export const is_built = (handle) => {
  const found = element(handle);
  if (found.dataset.gsBuilt === undefined) return false;
  delete found.dataset.gsBuilt; // once: what is mounted here later stands behind it
  const { gsHash, gsPath } = document.documentElement.dataset;
  const is_moved = gsPath !== undefined && plain(gsPath) !== plain(location.pathname);
  if (!is_moved && (gsHash === undefined || gsHash.startsWith(location.hash))) return true;
  if (is_moved) {
    console.warn(`This page was built for ${gsPath}, and the server sent it for ${location.pathname}.`);
  }
  found.prepend(new Comment('gs'));
  found.append(new Comment('/gs'));
  return false;
};

/** Take away the first nodes between comments that a build has put among others.
 * @param {Node} parent @param {string} kept a selector of what stays */
const strip = (parent, kept) => {
  const is_comment = (/** @type {Node} */ node, /** @type {string} */ text) =>
    node.nodeType === Node.COMMENT_NODE && node.nodeValue === text;
  const nodes = [...parent.childNodes];
  const start = nodes.findIndex((node) => is_comment(node, 'gs'));
  if (start < 0) return;
  const end = nodes.findIndex((node) => is_comment(node, '/gs'));
  for (const node of nodes.slice(start, end + 1)) {
    const stays = node instanceof Element && (node.matches(kept) || entered.has(node));
    if (!stays) node.remove();
  }
};

/** Take away what a build has put into an element, and into the head: the view stands there now.
 * @param {number} handle */
export const unveil = (handle) => {
  strip(element(handle), 'script, style, link, template');
  strip(document.head, '[rel=stylesheet]'); // or the page would stand bare until it comes again
};

/** The paths that have data, without the slash at their end. @type {Promise<string[]> | undefined} */
let paths;

/** @param {string} path @param {string} list where the paths are told */
const fetched = async (path, list) => {
  try {
    paths ??= fetch(list).then((response) => response.json());
    if (!(await paths).includes(path)) return undefined;
    const response = await fetch(`${path}/__data.json`);
    return response.ok ? await response.text() : undefined;
  } catch {
    return undefined; // who asks fetches by other means, and tells when those fail as well
  }
};

/** What a build has written down for an address: a text at once for the page that was sent, else
 * what it will be; undefined where nothing was built.
 * @param {string} address @returns {Promise<string | undefined> | string | undefined} */
export const data = (address) => {
  const { gsPages, gsPath } = document.documentElement.dataset;
  if (!gsPages) return undefined;
  const path = plain(address);
  /** @type {HTMLScriptElement | null} */
  const own = document.querySelector('script[data-gs-data]');
  return own && path === plain(gsPath ?? '') ? own.text : fetched(path, gsPages);
};
