/** The page's side of a worker: starts it with what the page's Python has. */

/** @typedef {import('../loader/runtime.js').Runtime} Runtime
 * @typedef {NonNullable<ReturnType<Runtime['found']>>} Place where a file stands, and its hash
 * @typedef {[path: string, content: Uint8Array<ArrayBuffer>]} File
 * @typedef {{
 *   module: WebAssembly.Module, files: File[], paths: string[],
 *   places: {front: Place, engine: Place, stdlib: Place, framework: Place, image: Place | null},
 * }} Outfit what a worker starts with: Python, compiled; files, and where Python looks for them;
 *   the places of the rest of the runtime */

/** Every file at or below a path. @param {any} FS @param {string} path @returns {File[]} */
const files_at = (FS, path) => {
  if (!FS.analyzePath(path).exists) return [];
  if (!FS.isDir(FS.stat(path).mode)) return [[path, FS.readFile(path)]];
  const names = FS.readdir(path).filter((/** @type {string} */ name) => !/^\.\.?$/.test(name));
  return names.flatMap((/** @type {string} */ name) => files_at(FS, `${path}/${name}`));
};

/** Start a worker.
 * @param {Runtime} runtime @param {string[]} roots what of the page's files it gets
 * @param {string[]} paths where its Python looks for modules
 * @param {(said: Uint8Array | string) => void} tell bytes are a message, a text is its end */
export const hire = ({ pyodide, module, found }, roots, paths, tell) => {
  const worker = new Worker(import.meta.url, { type: 'module', name: 'gossamer' });
  worker.onmessage = ({ data }) => tell(data);
  worker.onerror = (event) => {
    event.preventDefault();
    tell(event.message ?? 'its script could not be loaded');
  };
  const files = roots.flatMap((root) => files_at(pyodide.FS, root));
  /** @param {string} name */
  const there = (name) => /** @type {Place} */ (found(name));
  const places = {
    front: there('pyodide/pyodide.mjs'),
    engine: there('pyodide/pyodide.asm.mjs'),
    stdlib: there('pyodide/python_stdlib.zip'),
    framework: there('gossamer.zip'),
    image: found('gossamer.image'),
  };
  /** @type {Outfit} */
  const outfit = { module, files, paths, places };
  worker.postMessage(outfit, files.map(([, content]) => content.buffer));
  return worker;
};
