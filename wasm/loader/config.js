/** What a script's `config` asks for: packages and files. */
import { Fault } from './faults.js';
import { ask, bytes_of, named } from './fetching.js';
import { step } from './progress.js';
import { python } from './runtime.js';

/** @typedef {{url: string, bytes: Uint8Array<ArrayBuffer>}} Download
 * @typedef {{wheels: Download[], names: string[], files: (Download & {path: string})[]}} Wanted */

/** The text of a config and the URL that its own URLs are relative to.
 * @param {string} text @param {boolean} fresh */
const located = async (text, fresh) => {
  if (!/^\S+\.(json|toml)$/i.test(text)) return { text, base: document.baseURI };
  const base = new URL(text, document.baseURI).href;
  const bytes = await bytes_of(await ask(base, { fresh }));
  return { text: new TextDecoder().decode(bytes).trim(), base };
};

/** @param {string} text JSON, or TOML, which only Python reads
 * @returns {Promise<{packages?: string[], files?: Record<string, string>,
 *   integrity?: Record<string, string>}>} */
const parsed = async (text) => {
  try {
    return JSON.parse(text[0] === '{' ? text : (await python()).page.toml(text));
  } catch (error) {
    throw new Fault('app-error', 'The config is neither JSON nor TOML.', error);
  }
};

/** Read a script's config and begin to fetch all it asks for.
 * @param {HTMLScriptElement} script @param {boolean} fresh @returns {Promise<Wanted>} */
export const wanted = async (script, fresh) => {
  const given = script.getAttribute('config')?.trim();
  if (!given) return { wheels: [], names: [], files: [] };
  const { text, base } = await located(given, fresh);
  const { packages = [], files = {}, integrity = {}, ...others } = await parsed(text);
  if (Object.keys(others).length) console.info('gossamer: config keys without effect:', others);
  /** @param {string} path */
  const download = async (path) => {
    const url = new URL(path, base).href;
    return { url, bytes: await bytes_of(await ask(url, { fresh }), integrity[path]) };
  };
  const is_name = (/** @type {string} */ entry) => !/\/|\.whl$/.test(entry);
  const [wheels, unpacked] = await Promise.all([
    Promise.all(packages.filter((entry) => !is_name(entry)).map(download)),
    Promise.all(Object.entries(files).map(
      async ([path, to]) => ({ ...await download(path), path: to }))),
  ]);
  return { wheels, names: packages.filter(is_name), files: unpacked };
};

/** Put what was fetched where Python finds it.
 * @param {import('./runtime.js').Runtime} runtime @param {Wanted} wanted */
export const supply = async ({ page, install }, { wheels, names, files }) => {
  for (const { url, bytes, path } of files) page.place(named(url), bytes, path);
  if (!wheels.length && !names.length) return;
  step('Installing packages');
  await install(page, wheels, names);
};
