/** What stands under `/gossamer/`: the loader, the verbs, the package, Pyodide, the image. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { digest } from '../image/making.js';
import { kept_image } from './kept.js';
import { library_archive, package_archive } from './package.js';
import { at, pyodide_folder } from './places.js';

const PYODIDE = ['pyodide.mjs', 'pyodide.asm.mjs', 'pyodide.asm.wasm', 'python_stdlib.zip', 'pyodide-lock.json'];
const LOADER = 'gossamer.js';
const TABLE = '__GOSSAMER_FILES__';
const IMAGE = 'gossamer.image';
const LEAN = 'lean.image';
export const OFFLINE = 'offline.js'; // a page that wants it has to have it beside or above itself

/** One file out of many modules. @param {string} entry @param {Record<string, string>} [define]
 * @param {'esm' | 'iife'} [format] `iife`: a script that runs at once, and names nothing */
const bundle = async (entry, define = {}, format = 'esm') => {
  const { outputFiles } = await build({
    entryPoints: [at(entry)],
    bundle: true,
    write: false,
    format,
    minify: true,
    target: 'es2024',
    define,
  });
  return Buffer.from(outputFiles[0].contents);
};

/** Every file of the runtime, by its path under `/gossamer/`; the loader's table is not written yet.
 * @param {{image?: boolean}} [options] */
export const runtime_files = async ({ image = true } = {}) => {
  const contents = await Promise.all(PYODIDE.map((name) => readFile(join(pyodide_folder(), name))));
  /** @type {Map<string, Buffer>} */
  const files = new Map(PYODIDE.map((name, index) => [`pyodide/${name}`, contents[index]]));
  const framework = await package_archive();
  const library = await library_archive();
  files.set('pyodide/python_stdlib.zip', library);
  files.set('gossamer.zip', framework);
  files.set('dom.js', await bundle('../dom/index.js'));
  if (image) files.set(IMAGE, (await kept_image(framework, library)).image);
  const { info } = JSON.parse(String(files.get('pyodide/pyodide-lock.json')));
  const counted = ['pyodide/pyodide.asm.wasm', ...image ? [IMAGE] : ['gossamer.zip', 'pyodide/python_stdlib.zip']];
  const written = {
    FILES: JSON.stringify(TABLE),
    FRAMEWORK: JSON.stringify(digest(framework)),
    LOCK: JSON.stringify({ info, packages: {} }),
  };
  files.set('early.js', await bundle('../early/early.js', {}, 'iife'));
  files.set('islands.js', await bundle('../early/islands.js', {}, 'iife'));
  files.set('start.js', await bundle('../image/start.js', written));
  files.set('worker.js', await bundle('../workers/index.js', written));
  files.set(OFFLINE, await bundle('../offline/worker.js'));
  files.set('stream.js', await bundle('../stream/index.js'));
  files.set('gossamer-pyodide.mjs', await bundle('../image/interpreter.js', written));
  files.set(LOADER, await bundle('../loader/gossamer.js', {
    ...written,
    SIZE: String(counted.reduce((sum, name) => sum + (files.get(name)?.length ?? 0), 0)),
  }));
  return files;
};

/** What a build may take in place of the image, and which modules are in each of the two. */
export const other_images = async () => {
  const framework = await package_archive();
  const library = await library_archive();
  const whole = await kept_image(framework, library);
  const lean = await kept_image(framework, library, { lean: true });
  const names = JSON.stringify({ [IMAGE]: whole.names, [LEAN]: lean.names });
  return new Map([[LEAN, lean.image], ['images.json', Buffer.from(names)]]);
};

/** Write the table of these files into their loader, each under its own name.
 * @param {Map<string, Buffer>} files */
export const with_table = (files) => {
  /** @type {Record<string, unknown>} */
  const table = files.has(IMAGE) ? {} : { [IMAGE]: null };
  for (const [url, content] of files) {
    if (url === LOADER) continue;
    const hash = createHash('sha384').update(content).digest('base64');
    table[url] = { url, integrity: `sha384-${hash}`, size: content.length };
  }
  const text = JSON.stringify(JSON.stringify(table));
  const loader = String(files.get(LOADER)).replace(JSON.stringify(TABLE), () => text);
  return new Map([...files, [LOADER, Buffer.from(loader)]]);
};
