/** Where the files of the runtime stand. */

/** @typedef {{url: string, integrity?: string, size?: number}} Entry */

/** Whoever builds a site puts a table in place of this, as JSON in a string. */
const WRITTEN = FILES;

/** By the names that the loader knows; null: the site has none.
 * @type {Record<string, Entry | null | undefined>} */
const table = WRITTEN.startsWith('{') ? JSON.parse(WRITTEN) : {};

/** An address beside the loader. @param {string} path */
export const here = (path) => new URL(path, import.meta.url).href;

/** What is known of a file: its address, and its hash where there is a table.
 * @param {string} name @returns {{url: string, integrity?: string, size?: number} | null} */
export const found = (name) => {
  const entry = table[name];
  if (entry === null) return null;
  return { ...entry, url: here(entry?.url ?? name) };
};
