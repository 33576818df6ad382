/** The client of a page in development, and the line on which it hears of saved files. */
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { at, walk } from './places.js';

const FOLDER = '@gossamer/';

/** The framework's room that only such a page loads. */
const swap_sources = async () => {
  const files = (await walk(at('../../py/gossamer/swap'))).filter((path) => path.endsWith('.py'));
  const texts = await Promise.all(files.map(async (path) => [basename(path), await readFile(path, 'utf8')]));
  return `export default ${JSON.stringify(Object.fromEntries(texts))};`;
};

/** A file of the client. @param {string} name */
const client_file = (name) => (name === 'sources.js' ? swap_sources()
  : readFile(join(at('../dev'), basename(name)), 'utf8'));

/** The tag that a page begins with. @param {string} base */
export const client_tag = (base) => ({
  tag: 'script',
  attrs: { type: 'module', src: `${base}${FOLDER}client.js` },
  injectTo: /** @type {const} */ ('head-prepend'),
});

/** The line to all open pages.
 * @param {string} base @param {(text: string, wrong: boolean) => void} tell_terminal */
export const make_line = (base, tell_terminal) => {
  /** @type {Set<import('node:http').ServerResponse>} */
  const pages = new Set();
  const mark = String(Date.now());

  /** @type {import('vite').Connect.NextHandleFunction} */
  const serve = async (request, response, next) => {
    const [path] = (request.url ?? '').split(/[?#]/);
    if (!path.startsWith(base + FOLDER)) return next();
    const name = path.slice((base + FOLDER).length);
    response.setHeader('cache-control', 'no-store');
    if (name === 'events') {
      response.setHeader('content-type', 'text/event-stream');
      response.write(`retry: 500\nevent: server\ndata: ${mark}\n\n`);
      pages.add(response);
      request.on('close', () => pages.delete(response));
    } else if (name === 'told') {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const { text, wrong } = JSON.parse(Buffer.concat(chunks).toString());
      tell_terminal(text, wrong);
      response.writeHead(204).end();
    } else {
      const text = await client_file(name).catch(() => null);
      if (text === null) return next();
      response.setHeader('content-type', 'text/javascript; charset=utf-8');
      response.end(text);
    }
  };

  /** Tell all pages that a file was saved; false when that is not theirs to take.
   * @param {string} file @param {string} path that the page asks for it by */
  const tell = async (file, path) => {
    if (!pages.size || !/\.(py|css)$/.test(file)) return false;
    const age = Date.now() - (await stat(file)).mtimeMs;
    const news = file.endsWith('.css') ? { kind: 'css', path, age }
      : { kind: 'python', age, files: [{ path, source: await readFile(file, 'utf8') }] };
    for (const page of pages) page.write(`data: ${JSON.stringify(news)}\n\n`);
    return true;
  };
  return { serve, tell };
};
