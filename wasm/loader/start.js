/** Starts Pyodide from what was fetched: in a page, and in a worker of it. */
import { lend, lend_module } from './lending.js';

/** @typedef {import('pyodide').PyodideAPI} Pyodide
 * @typedef {Uint8Array<ArrayBuffer>[]} Archives the standard library, and the framework
 * @typedef {{
 *   front: any, engine: any, module: WebAssembly.Module, base: string,
 *   archives: () => Archives | Promise<Archives>,
 * }} Parts Pyodide's modules and its wasm, where they stand, and where the rest is to be had */

const FRAMEWORK = '/lib/gossamer.zip';

/** Start Python. @param {Parts} parts @returns {Promise<Pyodide>} */
export const start = async ({ front, engine, module, base, archives }) => {
  const [stdlib, framework] = await archives();
  const lent = Promise.resolve(new Response());
  const pieces = {
    [`${base}pyodide.asm.wasm`]: () => lent,
    [`${base}python_stdlib.zip`]: async () => new Response(stdlib),
  };
  /** @type {Pyodide} */
  const pyodide = await lend(pieces, () => lend_module(lent, module, () => front.loadPyodide({
    indexURL: base,
    env: { PYTHONMALLOC: 'mimalloc' }, // a thousand rows take a tenth less than with malloc
    lockFileContents: LOCK,
    createPyodideModule: engine.default,
  })));
  pyodide.FS.writeFile(FRAMEWORK, framework);
  pyodide.runPython(`import sys; sys.path.insert(0, "${FRAMEWORK}")`);
  return pyodide;
};
