/** The pages of the docs: what each is called, where it stands, what it follows. */
import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** @typedef {{ name: string, file: string, text: string, title: string, label: string, lede: string }} Page
 * `name`: the Markdown below `docs/`; `file`: its page in `docs/` of the site; `lede`: its first line
 * of prose, which is Markdown like `title` and `label`
 * @typedef {{ title: string, pages: Page[] }} Section */

const ERRORS = '# Errors\n\nEvery error that an app can meet has a code and a page of its own.';

/** @param {string} name @param {string} text @returns {Page} */
const make_page = (name, text) => {
  const title = text.match(/^# (.*)$/m)?.[1];
  if (!title) throw new Error(`docs/${name} has no title`);
  return {
    name,
    text,
    title,
    label: title.match(/^`[^`]+`(?=: )/)?.[0] ?? title, // an error is called by its code
    lede: text.replace(/^```[^]*?^```$/gm, '').match(/^[^#\s].*$/m)?.[0] ?? '',
    file: name.replace(/README\.md$/, 'index.md').replace(/\.md$/, '.html'),
  };
};

/** The pages of a folder by name, its README first.
 * @param {string} docs @param {string} folder @returns {Promise<Page[]>} */
const read_folder = async (docs, folder) => {
  const names = (await readdir(join(docs, folder))).filter((name) => name.endsWith('.md'));
  const sorted = names.filter((name) => name !== 'README.md').sort();
  if (sorted.length < names.length) sorted.unshift('README.md');
  return Promise.all(sorted.map(async (name) =>
    make_page(`${folder}/${name}`, await readFile(join(docs, folder, name), 'utf8'))));
};

/** Pages in the order in which the first of them names them. @param {Page[]} pages */
const as_listed = ([index, ...pages]) => {
  const place = (/** @type {Page} */ page) => index.text.indexOf(`](${basename(page.name)})`);
  return [index, ...pages.sort((one, other) => place(one) - place(other))];
};

/** A section, in which the page of the same title is the overview.
 * @param {string} title @param {Page[]} pages @returns {Section} */
const make_section = (title, pages) => ({
  title,
  pages: pages.map((page) => (page.title === title ? { ...page, label: 'Overview' } : page)),
});

/** Every page of the docs, in the order of reading. @param {string} docs @returns {Promise<Section[]>} */
export const read_sections = async (docs) => {
  const [book, reference, errors, decisions] = await Promise.all(
    ['book', 'reference', 'errors', 'decisions'].map((folder) => read_folder(docs, folder)));
  const house = make_page('architecture.md', await readFile(join(docs, 'architecture.md'), 'utf8'));
  const list = errors.map(({ name, title, label }) =>
    `- [${label}](${basename(name)})${title.slice(label.length)}`);
  const index = make_page('errors/README.md', [ERRORS, list.join('\n')].join('\n\n'));
  return [
    make_section('Book', book),
    make_section('Reference', as_listed(reference)),
    make_section('Errors', [index, ...errors]),
    make_section('The house', [house, ...decisions]),
  ];
};
