/** Links of the Markdown to the pages that are built from it. */
import { posix } from 'node:path';

/** The relative address of one file of the site from another. @param {string} from @param {string} to */
export const address = (from, to) =>
  posix.relative(posix.dirname(from), to).replace(/(^|\/)index\.html$/, '$1') || './';

/** What says where a link in a page leads; null where nothing is served.
 * @param {import('./pages.js').Page[]} pages
 * @param {Set<string>} served the other files of the site
 * @returns {(page: import('./pages.js').Page, href: string) => string | null} */
export const make_links = (pages, served) => {
  const files = new Map(pages.map(({ name, file }) => [`docs/${name}`, `docs/${file}`]));
  return (page, href) => {
    if (/^([a-z]+:|#)/.test(href)) return href;
    const [path, anchor] = href.split(/(?=#)/);
    const target = posix.join('docs', posix.dirname(page.name), path).replace(/\/$/, '');
    const found = files.get(target) ?? files.get(`${target}/README.md`)
      ?? [target, `${target}/index.html`].find((file) => served.has(file));
    if (found) return address(`docs/${page.file}`, found) + (anchor ?? '');
    if (target.startsWith('docs/')) throw new Error(`docs/${page.name} links to ${href}: no such page`);
    return null;
  };
};
