/** Gossamer for Vite: serves and emits the runtime and the Python of the pages. */
import { readFile } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { folder_files, mend_preview, serve_folders } from './folders.js';
import { left_alone, needed_files } from './pages.js';
import { at, type_of } from './places.js';
import { runtime_files } from './runtime.js';

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

/** @param {{folders?: Record<string, string>}} [options] `folders`: plain pages by URL prefix,
 *   relative to Vite's root; they are copied as they are, beside what Vite builds from its inputs
 * @returns {import('vite').Plugin} */
export default function gossamer({ folders: given = {} } = {}) {
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
      const { base } = server.config;
      server.middlewares.use(serve_runtime(base, () => (files ??= runtime_files())));
      server.middlewares.use(serve_folders(folders, base));
      const ours = ['../../py/gossamer', '../loader', '../dom', '../workers'].map(at);
      server.watcher.add([...ours, ...Object.values(folders)]);
      server.watcher.on('all', (_event, path) => {
        if (!RELOADING.test(path)) return;
        const inside = (/** @type {string} */ folder) => path.startsWith(folder + sep);
        if (ours.some(inside)) files = undefined;
        else if (!path.endsWith('.py') && !Object.values(folders).some(inside)) return;
        server.ws.send({ type: 'full-reload' });
      });
    },

    configurePreviewServer({ config, middlewares }) {
      middlewares.use(mend_preview(resolve(root, config.build.outDir), config.base));
    },

    transformIndexHtml: {
      order: 'pre',
      async handler(html, { filename }) {
        for (const path of await needed_files(html, filename)) {
          needed.set(relative(root, path).split(sep).join('/'), path);
        }
        return left_alone(html);
      },
    },

    async generateBundle(_options, bundle) {
      for (const [name, item] of Object.entries(bundle)) {
        if (item.type === 'chunk' && item.facadeModuleId === NOTHING) delete bundle[name];
      }
      for (const [name, source] of await runtime_files()) {
        this.emitFile({ type: 'asset', fileName: `gossamer/${name}`, source });
      }
      for (const { name, path } of await folder_files(folders)) needed.set(name, path);
      for (const [fileName, path] of needed) {
        if (fileName.startsWith('..')) continue;
        this.emitFile({ type: 'asset', fileName, source: await readFile(path) });
      }
    },
  };
}
