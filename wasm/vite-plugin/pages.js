/** What a page asks for that Vite does not know: Python files, configs and what those name. */
import { readFile } from 'node:fs/promises';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const PYTHON_TAG = /<script\b[^>]*\btype\s*=\s*["']?py\b[^>]*>/gi;
const LOADER_TAG = /<script\b[^>]*\bsrc\s*=\s*["'][^"']*\bgossamer\/(?:gossamer|early|islands)\.js["'][^>]*>/gi;

/** An attribute's value in a tag. @param {string} tag @param {string} name */
const attribute = (tag, name) => {
  const [, quoted, single] = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(tag) ?? [];
  return (quoted ?? single)?.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
};

/** The files below a folder that a text names between quotes.
 * @param {string} text @param {string} folder */
const named_files = (text, folder) => [...text.matchAll(/["']([^"'\n]+)["']/g)]
  .map(([, name]) => join(folder, name))
  .filter((path) => existsSync(path) && statSync(path).isFile());

/** The files that a page's Python tags need. @param {string} html @param {string} page its path */
export const needed_files = async (html, page) => {
  const folder = dirname(page);
  const needed = new Set();
  for (const [tag] of html.matchAll(PYTHON_TAG)) {
    const src = attribute(tag, 'src');
    const config = attribute(tag, 'config');
    if (src) named_files(`"${src}"`, folder).forEach((path) => needed.add(path));
    if (!config) continue;
    named_files(config, folder).forEach((path) => needed.add(path));
    for (const file of named_files(`"${config}"`, folder)) {
      needed.add(file);
      named_files(await readFile(file, 'utf8'), dirname(file)).forEach((path) => needed.add(path));
    }
  }
  return [...needed];
};

/** Tell Vite to leave the runtime's tags and the Python tags as they are. @param {string} html */
export const left_alone = (html) => [PYTHON_TAG, LOADER_TAG].reduce(
  (text, pattern) => text.replace(pattern, (tag) => tag.replace(/^<script/i, '<script vite-ignore')),
  html);
