/** Starts Pyodide: from an image, or without one from the archives. */
import { PAGE, unpack } from './format.js';
import { keep_offline, kept_for_now } from '../offline/register.js';
import { lend, lend_module } from './lending.js';

/** @typedef {import('./format.js').Image} Image
 * @typedef {import('pyodide').PyodideAPI} Pyodide
 * @typedef {Uint8Array<ArrayBuffer>[]} Archives the standard library, and the framework
 * @typedef {{
 *   front: any, engine: any, module: WebAssembly.Module, base: string, options?: object,
 *   image?: Uint8Array | Error | null, framework: string,
 *   found: (name: string) => {url: string, integrity?: string} | null | undefined,
 *   archives: () => Archives | Promise<Archives>,
 * }} Parts what was fetched: Pyodide's modules and its wasm, where they stand, the image or why
 *   there is none, the framework that it must be of; and where the rest is to be had */

/** An allocator that takes a tenth less for a thousand rows than malloc. */
export const ENVIRONMENT = { PYTHONMALLOC: 'mimalloc' };

const FRAMEWORK = '/lib/gossamer.zip';

/** What an image lacks, by its place in Python's file system. */
const REST = { '/lib/python314.zip': 'pyodide/python_stdlib.zip', [FRAMEWORK]: 'gossamer.zip' };

/** Lay the pages of an image over the memory of a module that has not run.
 * @param {any} module @param {Image} image */
const lay = (module, { header, pages }) => {
  if (module.HEAPU8.length < header.memory && !module.growMemory(header.memory)) {
    throw new RangeError('out of memory');
  }
  /** @type {Uint8Array} */
  const memory = module.HEAPU8;
  const end = module.HEAPU32[module._emscripten_get_sbrk_ptr() >>> 2];
  memory.fill(0, header.heap, end); // what the module has allocated for itself until now
  let from = 0;
  for (const [first, count] of header.runs) {
    memory.set(pages.subarray(from, from += count * PAGE), first * PAGE);
  }
};

/** Load Pyodide from what is here already. @param {Parts} parts
 * @param {Uint8Array<ArrayBuffer>} stdlib @param {object} [more] @returns {Promise<Pyodide>} */
const load = ({ front, engine, module, base, options }, stdlib, more) => {
  const lent = Promise.resolve(new Response());
  const pieces = {
    [`${base}pyodide.asm.wasm`]: () => lent,
    [`${base}python_stdlib.zip`]: async () => new Response(stdlib),
  };
  return lend(pieces, () => lend_module(lent, module, () => front.loadPyodide({
    indexURL: base,
    env: ENVIRONMENT,
    lockFileContents: LOCK,
    createPyodideModule: engine.default,
    ...options,
    ...more,
  })));
};

/** Get a file while Python waits for it: an import cannot wait in any other way.
 * @param {string} url */
const fetch_now = (url) => {
  const request = new XMLHttpRequest();
  request.open('GET', url, false);
  request.overrideMimeType('text/plain; charset=x-user-defined'); // each byte as a character
  request.send();
  if (request.status !== 200) throw new Error(`HTTP ${request.status}`);
  return Uint8Array.from(request.responseText, (character) => character.charCodeAt(0));
};

/** C asks for the time zone once only, which was elsewhere. @param {any} module */
const set_time_zone = (module) => {
  const [winter, summer] = module.HEAPU32.subarray(module._tzname >>> 2);
  module.__tzset_js(module._timezone, module._daylight, winter, summer);
};

/** Start Python from an image. @param {Parts} parts @param {Uint8Array} bytes */
const restore = async (parts, bytes) => {
  const image = unpack(bytes);
  if (!image) throw new Error('it is damaged');
  if (image.header.framework !== parts.framework) throw new Error('it is of another version');
  const pyodide = await load(parts, new Uint8Array(), {
    _loadSnapshot: image.head,
    /** @param {any} settings */
    createPyodideModule: async (settings) => {
      if (settings.API.config.BUILD_ID !== image.header.build) {
        throw new Error('it is of another Pyodide');
      }
      const module = await parts.engine.default(settings);
      lay(module, image);
      return module;
    },
  });
  const module = /** @type {any} */ (pyodide)._module;
  set_time_zone(module);
  const language = globalThis.navigator?.language ?? 'C';
  const environment = { ...module.ENV, LANG: `${language.replaceAll('-', '_')}.UTF-8` };
  const waker = pyodide.pyimport('gossamer_image');
  waker.wake(environment);
  for (const [archive, name] of Object.entries(REST)) {
    const place = parts.found(name);
    if (!place) continue;
    const kept = await kept_for_now(place.url);
    waker.expect(archive, () => kept ?? fetch_now(place.url), place.integrity ?? '');
  }
  waker.destroy();
  return pyodide;
};

/** Start Python; without its image, and saying so, where that cannot be.
 * @param {Parts} parts @returns {Promise<Pyodide>} */
export const start = async (parts) => {
  const { image } = parts;
  globalThis.document?.querySelector('.gossamer-silence')?.remove(); // what a page says without us
  const late = [...Object.values(REST), 'worker.js'].flatMap((name) => parts.found(name)?.url ?? []);
  if ('document' in globalThis) keep_offline(late);
  try {
    if (image instanceof Error) throw image;
    if (image) return await restore(parts, image);
  } catch (error) {
    console.warn('gossamer: starts slower, without its image:', String(error));
  }
  const archives = await parts.archives();
  for (const archive of archives) {
    const end = new TextDecoder().decode(archive.slice(-22, -18));
    if (end !== 'PK\x05\x06') throw new Error('an archive is not whole');
  }
  const [stdlib, framework] = archives;
  const pyodide = await load(parts, stdlib);
  pyodide.FS.writeFile(FRAMEWORK, framework);
  pyodide.runPython(`import sys; sys.path.insert(0, "${FRAMEWORK}")`);
  return pyodide;
};

/** Install packages: wheels that are here, and others by their names.
 * @param {import('../loader/runtime.js').Page} page
 * @param {{url: string, bytes: Uint8Array<ArrayBuffer>}[]} wheels @param {string[]} names */
export const install = (page, wheels, names) => {
  const pieces = Object.fromEntries(
    wheels.map(({ url, bytes }) => [url, async () => new Response(bytes)]));
  return lend(pieces, () => page.install(Object.keys(pieces), names));
};
