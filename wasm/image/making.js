/** Makes a runtime image: starts Python in Node, fills it, and keeps its memory. */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PAGE, pack } from './format.js';
import { ENVIRONMENT } from './start.js';
import { repeatable } from './repeating.js';
import { wipe } from './wiping.js';

/** @typedef {{
 *   runtime: string, framework: Uint8Array, library: Uint8Array,
 *   archives?: string[], names?: string[], lean?: boolean,
 * }} Wish the folder of Pyodide, the archives `gossamer.zip` and of the standard library (as
 *   bytecode: a compiler leaves its rubbish in the memory), archives of modules and their names;
 *   whether it has of the framework only what every page needs
 * @typedef {{
 *   bytes: Uint8Array, held: string[], left_out: Record<string, string>,
 *   failed: Record<string, string>,
 * }} Made the image and its modules; which of the names it has not, and why: what it cannot hold,
 *   and what is wrong */

const FILL = fileURLToPath(new URL('fill.py', import.meta.url));
const FRAMEWORK = '/lib/gossamer.zip';

/** A short name for some bytes. @param {...(string | Uint8Array)} parts */
export const digest = (...parts) => {
  const hash = createHash('sha256');
  parts.forEach((part) => hash.update(part).update('\0'));
  return hash.digest('hex').slice(0, 16);
};

/** The modules of the Pyodide in a folder. @param {string} runtime */
const modules_of = async (runtime) => {
  const at = (/** @type {string} */ name) => pathToFileURL(join(runtime, name)).href;
  const [front, engine] = await Promise.all([import(at('pyodide.mjs')), import(at('pyodide.asm.mjs'))]);
  const lock = JSON.parse(await readFile(join(runtime, 'pyodide-lock.json'), 'utf8'));
  const options = {
    indexURL: `${runtime}/`,
    lockFileContents: { info: lock.info, packages: {} },
    args: [],
    _sysExecutable: './this.program', // or it would be the path of this script
  };
  return { front, engine, options };
};

/** The memory as it is where a page lays the pages of an image over it.
 * @param {Awaited<ReturnType<typeof modules_of>>} parts @returns {Promise<Uint8Array>} */
const untouched_memory = ({ front, engine, options }) => new Promise((resolve, reject) => {
  const createPyodideModule = async (/** @type {any} */ settings) => {
    const module = await engine.default({ ...settings, noInitialRun: true });
    resolve(module.HEAPU8.slice());
    return new Promise(() => {}); // nobody needs more of it
  };
  front.loadPyodide({ ...options, env: ENVIRONMENT, createPyodideModule }).catch(reject);
});

/** The pages that differ from what a page of the web has already.
 * @param {Uint8Array} memory @param {Uint8Array} before @param {{heap: number, stack: [number, number]}} places */
const changed_pages = (memory, before, { heap, stack: [bottom, top] }) => {
  const nothing = new Uint8Array(PAGE);
  /** @type {[number, number][]} */
  const runs = [];
  const pages = [];
  for (let at = 0; at < memory.length; at += PAGE) {
    if (at >= bottom && at + PAGE <= top) continue; // a stack on which nothing runs
    const page = memory.subarray(at, at + PAGE);
    if (Buffer.compare(page, at < heap ? before.subarray(at, at + PAGE) : nothing) === 0) continue;
    const last = runs.at(-1);
    if (last && last[0] + last[1] === at / PAGE) last[1]++;
    else runs.push([at / PAGE, 1]);
    pages.push(page);
  }
  return { runs, pages: Buffer.concat(pages) };
};

/** What an image is made of, in a word: another word, another image.
 * @param {Uint8Array} framework @param {...(string | Uint8Array)} parts */
export const recipe = async (framework, ...parts) => {
  const ours = ['fill.py', 'format.js', 'making.js', 'repeating.js', 'wiping.js'].map((name) => new URL(name, import.meta.url));
  return digest(framework, ...await Promise.all(ours.map((url) => readFile(url))), ...parts);
};

/** A seed for the hashes of strings: those that are in the image cannot change any more.
 * @param {Wish} wish @param {Uint8Array[]} contents */
const seed_of = async ({ framework, library, names = [], lean }, contents) => {
  const word = await recipe(framework, library, ...contents, ...names, String(lean));
  return String(parseInt(word.slice(0, 8), 16) || 1); // for 0 Python would take none
};

/** Start Python with the standard library as bytecode.
 * @param {Awaited<ReturnType<typeof modules_of>>} parts
 * @param {Uint8Array} library @param {Record<string, string>} env */
const start = async ({ front, options }, library, env) => {
  const folder = await mkdtemp(join(tmpdir(), 'gossamer-'));
  const stdLibURL = join(folder, 'library.zip'); // Pyodide takes no bytes
  await writeFile(stdLibURL, library);
  try {
    return await front.loadPyodide({ ...options, env, stdLibURL, _makeSnapshot: true });
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** Import what an image shall hold. @param {any} pyodide @param {string[]} archives
 * @param {Wish} wish @returns {Promise<Omit<Made, 'bytes'>>} */
const fill = async (pyodide, archives, { names = [], lean = false }) => {
  const globals = pyodide.toPy({ __name__: 'fill' });
  pyodide.runPython(`import sys; sys.path.insert(0, "${FRAMEWORK}")`);
  pyodide.runPython(await readFile(FILL, 'utf8'), { globals, filename: FILL });
  const given = [archives, names].map((list) => pyodide.toPy(list));
  const result = globals.get('fill').callKwargs(...given, { lean });
  const [left_out, failed] = result.toJs({ dict_converter: Object.fromEntries });
  const modules = globals.get('finish')();
  const held = modules.toJs();
  [...given, result, modules, globals].forEach((proxy) => proxy.destroy());
  return { held, left_out, failed };
};

/** Make an image. @param {Wish} wish @returns {Promise<Made>} */
export const make_image = (wish) => repeatable(async () => {
  const { runtime, framework, library, archives = [] } = wish;
  const parts = await modules_of(runtime);
  const contents = await Promise.all(archives.map((path) => readFile(path)));
  const env = { ...ENVIRONMENT, PYTHONHASHSEED: await seed_of(wish, contents) };
  const pyodide = await start(parts, library, env);
  pyodide.FS.writeFile(FRAMEWORK, framework);
  const places = archives.map((path) => `/lib/${basename(path)}`);
  places.forEach((place, index) => pyodide.FS.writeFile(place, contents[index]));
  const told = await fill(pyodide, places, wish);

  const module = pyodide._module;
  wipe(module);
  const snapshot = pyodide.makeMemorySnapshot();
  const [, begin] = new Uint32Array(snapshot.buffer, snapshot.byteOffset, 2);
  const memory = snapshot.subarray(begin);
  const head = snapshot.subarray(0, begin);
  const heap = Math.ceil(module.___heap_base / PAGE) * PAGE;
  const { runs, pages } = changed_pages(memory, await untouched_memory(parts), {
    heap,
    stack: [module._emscripten_stack_get_end(), module._emscripten_stack_get_base()],
  });
  const header = {
    build: pyodide._api.config.BUILD_ID,
    framework: digest(framework),
    memory: memory.length,
    heap,
    head: head.length,
    runs,
  };
  return { bytes: pack({ header, head, pages }), ...told };
});
