/** Where files stand, and which of a folder are served. */
import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A path beside this plugin. @param {string} path */
export const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The folder of the installed Pyodide. */
export const pyodide_folder = () => fileURLToPath(new URL('.', import.meta.resolve('pyodide')));

const HIDDEN = /^[._]|^node_modules$|\.(md|lock)$/;

/** Every file of a folder and the folders in it, without the hidden ones and the notes.
 * @param {string} folder @returns {Promise<string[]>} */
export const walk = async (folder) => {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(entries.map((entry) => {
    const path = join(folder, entry.name);
    if (HIDDEN.test(entry.name) && !entry.name.endsWith('.py')) return [];
    return entry.isDirectory() ? walk(path) : [path];
  }));
  return found.flat().sort();
};

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.py': 'text/x-python; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.toml': 'application/toml',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.zip': 'application/zip',
};

/** The media type of a file. @param {string} path */
export const type_of = (path) => TYPES[extname(path)] ?? 'application/octet-stream';
