/** The `interpreter` of a PyScript page: Pyodide, but from Gossamer's image. */
import { found, here } from '../loader/table.js';
import { start } from './start.js';

const BASE = here('pyodide/');

/** @param {string} name */
const response_of = async (name) => {
  const { url, integrity } = found(name) ?? { url: here(name) };
  const response = await fetch(url, { integrity });
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return response;
};

/** @param {string} name */
const bytes_of = async (name) => new Uint8Array(await (await response_of(name)).arrayBuffer());

/** @param {string} name */
const import_module = (name) => import(found(name)?.url ?? here(name));

/** Compile while it arrives, where that is possible. */
const compile = async () => {
  const response = await response_of('pyodide/pyodide.asm.wasm');
  const bytes = response.clone();
  return WebAssembly.compileStreaming(response)
    .catch(async () => WebAssembly.compile(await bytes.arrayBuffer()));
};

// All begins to come when PyScript imports this module, long before it wants an interpreter.
const engine = import_module('pyodide/pyodide.asm.mjs');
const verbs = import_module('dom.js');
const module = compile();
const image = bytes_of('gossamer.image').catch((error) => error);
const front = await import_module('pyodide/pyodide.mjs');

/** The version of Pyodide. */
export const { version } = front;

/** Pyodide's own `loadPyodide`, with the framework in it.
 * @param {import('pyodide').PyodideConfig} [options] */
export const loadPyodide = async (options = {}) => {
  const { indexURL, ...others } = options; // PyScript takes the folder of this module for it
  const lock = response_of('pyodide/pyodide-lock.json').then((response) => response.json());
  const pyodide = await start({
    front,
    engine: await engine,
    module: await module,
    image: await image,
    base: BASE,
    found,
    framework: FRAMEWORK,
    archives: () => Promise.all(['pyodide/python_stdlib.zip', 'gossamer.zip'].map(bytes_of)),
    options: { lockFileContents: lock, packageBaseUrl: BASE, ...others },
  });
  pyodide.registerJsModule('_gossamer', await verbs);
  pyodide.pyimport('gossamer_page').fit();
  return pyodide;
};
