/** Pages of plain folders as they will look, written by a Python that has Gossamer. */
import { execFile } from 'node:child_process';
import { delimiter } from 'node:path';
import { promisify } from 'node:util';
import { at } from './places.js';

/** The pages that have a text of their own, by their paths in the site.
 * @param {string} python @param {Record<string, string>} folders by URL prefix
 * @param {(note: string) => void} tell @returns {Promise<Map<string, string>>} */
export const prerendered = async (python, folders, tell) => {
  const env = {
    ...process.env,
    PYTHONPATH: [at('../../py'), process.env.PYTHONPATH].filter(Boolean).join(delimiter),
  };
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const [prefix, folder] of Object.entries(folders)) {
    const words = ['-m', 'gossamer.cli.prerender.site', folder, prefix ? `/${prefix}/` : '/'];
    const { stdout } = await promisify(execFile)(python, words, { env, maxBuffer: 2 ** 26 });
    const { pages, notes, error } = JSON.parse(stdout);
    if (error) throw new Error(error);
    notes.forEach(tell);
    for (const [path, text] of Object.entries(pages)) {
      found.set([prefix, path].filter(Boolean).join('/'), text);
    }
  }
  return found;
};
