/** Gossamer for Vite: serves and emits the runtime and the Python of the pages. */
import { readFile } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { folder_files, mend_preview, serve_folders } from './folders.js';
import { left_alone, needed_files } from './pages.js';
import { at, type_of } from './places.js';
import { prerendered } from './prerendering.js';
import { OFFLINE, runtime_files, with_table } from './runtime.js';
import { guard, is_servers } from './servers.js';
import { client_tag, make_line } from './swap.js';

const NOTHING = '\0gossamer:nothing'; // the input of a site that is all plain folders
const RELOADING = /\.(py|html|css|js|json|toml|whl|zip)$/;

/** Answer what is asked of the runtime. @param {string} base
 * @param {() => ReturnType<typeof runtime_files>} files
 * @returns {import('vite').Connect.NextHandleFunction} */
const serve_runtime = (base, files) => async (request, response, next) => {
  const [path] = (request.url ?? '').split(/[?#]/);
  if (!path.startsWith(`${base}gossamer/`)) return next();
  try {
    const body = (await files()).get(path.slice(base.length + 'gossamer/'.length));
    if (!body) return next();
    response.setHeader('content-type', type_of(path));
    response.setHeader('cache-control', 'no-cache');
    response.end(body);
  } catch (error) {
    next(error);
  }
};

/** @param {{folders?: Record<string, string>, python?: string}} [options] `folders`: plain pages by
 *   URL prefix, relative to Vite's root; they are copied as they are, beside what Vite builds from
 *   its inputs. `python`, likewise relative, writes into them what they will show
 * @returns {import('vite').Plugin} */
export default function gossamer({ folders: given = {}, python } = {}) {
  /** @type {Record<string, string>} */
  let folders = {};
  let root = '';
  /** The site path of each file that the pages need, and where it is. @type {Map<string, string>} */
  const needed = new Map();
  /** @type {ReturnType<typeof runtime_files> | undefined} */
  let files;

  return {
    name: 'gossamer',
    config: () => (Object.keys(given).length
      ? { appType: 'mpa', publicDir: false, build: { rollupOptions: { input: NOTHING } } } : {}),
    configResolved(config) {
      root = config.root;
      folders = Object.fromEntries(
        Object.entries(given).map(([prefix, folder]) => [prefix, resolve(root, folder)]));
    },
    resolveId: (id) => (id === NOTHING ? id : null),
    load: (id) => (id === NOTHING ? '' : null),

    configureServer(server) {
      const { base, logger } = server.config;
      const line = make_line(base, (text, wrong) => logger[wrong ? 'error' : 'info'](text));
      server.middlewares.use(line.serve);
      server.middlewares.use(guard(root, base));
      server.middlewares.use(serve_runtime(base, () => (files ??= runtime_files({ image: false }).then(with_table))));
      server.middlewares.use(serve_folders(folders, base));
      const ours = ['../../py/gossamer', '../loader', '../dom', '../workers'].map(at);
      server.watcher.add([...ours, ...Object.values(folders)]);
      server.watcher.on('all', async (event, path) => {
        if (!RELOADING.test(path)) return;
        const inside = (/** @type {string} */ folder) => path.startsWith(folder + sep);
        const [prefix, folder] = Object.entries(folders).find(([, each]) => inside(each)) ?? ['', root];
        if (ours.some(inside)) files = undefined;
        else if (!path.endsWith('.py') && folder === root) return;
        else if (event === 'change' && !await is_servers(relative(folder, path), path)) {
          const names = [...prefix.split('/'), ...relative(folder, path).split(sep)].filter(Boolean);
          if (await line.tell(path, base + names.join('/'))) return;
        }
        server.ws.send({ type: 'full-reload' });
      });
    },

    configurePreviewServer({ config, middlewares }) {
      middlewares.use(mend_preview(resolve(root, config.build.outDir), config.base));
    },

    transformIndexHtml: {
      order: 'pre',
      async handler(html, { filename, server }) {
        for (const path of await needed_files(html, filename)) {
          needed.set(relative(root, path).split(sep).join('/'), path);
        }
        const page = left_alone(html);
        const lives = server && page !== html; // it has Python, and is developed
        return lives ? { html: page, tags: [client_tag(server.config.base)] } : page;
      },
    },

    async generateBundle(_options, bundle) {
      for (const [name, item] of Object.entries(bundle)) {
        if (item.type === 'chunk' && item.facadeModuleId === NOTHING) delete bundle[name];
      }
      for (const [name, source] of with_table(await runtime_files())) {
        this.emitFile({ type: 'asset', fileName: `gossamer/${name}`, source });
        if (name === OFFLINE) this.emitFile({ type: 'asset', fileName: name, source });
      }
      for (const { name, path } of await folder_files(folders)) needed.set(name, path);
      const written = python
        ? await prerendered(resolve(root, python), folders, (note) => this.info(note)) : new Map();
      for (const [fileName, path] of needed) {
        if (fileName.startsWith('..') || await is_servers(fileName, path)) continue;
        const source = written.get(fileName) ?? await readFile(path);
        this.emitFile({ type: 'asset', fileName, source });
      }
    },
  };
}
