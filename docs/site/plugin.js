/** The docs for Vite: their Markdown is served and emitted as pages below `docs/`. */
import { join, resolve } from 'node:path';
import { folder_files } from '../../wasm/vite-plugin/folders.js';
import { contents_of, document_of, overview_of, turn_of } from './frame.js';
import { make_links } from './links.js';
import { line_text, to_html } from './markdown.js';
import { read_sections } from './pages.js';

const OVERVIEW = {
  file: 'index.html',
  title: 'Gossamer: the docs',
  lede: 'The book, the reference, a page for each error, and how Gossamer is built.',
};

/** Every page by its file, as a function that makes its HTML.
 * @param {string} docs the folder of the Markdown @param {Set<string>} served the site's other files
 * @returns {Promise<Map<string, () => string>>} */
const make_pages = async (docs, served) => {
  const sections = await read_sections(docs);
  const link = make_links(sections.flatMap(({ pages }) => pages), served);
  const made = new Map([[OVERVIEW.file, () => document_of({ ...OVERVIEW, main: overview_of(sections) })]]);
  for (const { pages } of sections) {
    for (const page of pages) {
      made.set(page.file, () => {
        const { body, parts } = to_html(page.text, (href) => link(page, href));
        return document_of({
          file: page.file,
          title: `${line_text(page.title)} · Gossamer`,
          lede: line_text(page.lede),
          main: `<article>\n${body}</article>\n${turn_of(pages, page)}`,
          contents: contents_of(sections, page, parts),
        });
      });
    }
  }
  return made;
};

/** @param {{ docs: string, folders: Record<string, string> }} options the folder of the Markdown, and
 *   the plain pages beside it, which links may lead to; relative to Vite's root
 * @returns {import('vite').Plugin} */
export default function docs_site({ docs, folders }) {
  let root = '';
  const pages = async () => {
    const beside = Object.fromEntries(Object.entries(folders).map(([prefix, folder]) => [prefix, resolve(root, folder)]));
    const served = new Set((await folder_files(beside)).map(({ name }) => name));
    return make_pages(join(root, docs), served);
  };

  return {
    name: 'docs-site',
    configResolved(config) {
      root = config.root;
    },

    configureServer({ config: { base }, middlewares, watcher, ws }) {
      middlewares.use(async (request, response, next) => {
        const [path] = (request.url ?? '').split(/[?#]/);
        if (path === `${base}docs`) return response.writeHead(301, { location: `${path}/` }).end();
        if (!path.startsWith(`${base}docs/`)) return next();
        try {
          const file = path.slice(`${base}docs/`.length).replace(/(?<=^|\/)$/, 'index.html');
          const html = (await pages()).get(file)?.();
          if (html === undefined) return next();
          response.setHeader('content-type', 'text/html; charset=utf-8');
          response.setHeader('cache-control', 'no-cache');
          response.end(html.replace('</head>', `<script type="module" src="${base}@vite/client"></script>$&`));
        } catch (error) {
          next(error);
        }
      });
      watcher.add(join(root, docs)).on('change', (path) => {
        if (path.startsWith(join(root, docs)) && path.endsWith('.md')) ws.send({ type: 'full-reload' });
      });
    },

    async generateBundle() {
      for (const [file, html] of await pages()) {
        this.emitFile({ type: 'asset', fileName: `docs/${file}`, source: html() });
      }
    },
  };
}
