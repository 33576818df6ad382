/** Data that a build has written for its pages: in the page itself, and beside the others. */

/** A path without what servers add to it. @param {string} [address] */
const plain = (address = '') => address.split(/[?#]/)[0].replace(/\/(index\.html)?$/, '');

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
  return own && path === plain(gsPath) ? own.text : fetched(path, gsPages);
};
