/** The worker's side: starts Python, then answers one call after the other. */
import { start } from '../loader/start.js';

/** @typedef {import('./hiring.js').Outfit} Outfit
 * @typedef {{answer(content: unknown, post: (reply: any) => void): void}} Child
 *   the face of `gossamer.workers.child` */

/** @param {{url: string, integrity?: string}} place */
const bytes_at = async ({ url, integrity }) => {
  const response = await fetch(url, { integrity });
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
};

/** Start Python with what the page has. @param {Outfit} outfit */
const begin = async ({ module, files, paths, places }) => {
  const [front, engine] = await Promise.all(
    ['pyodide/pyodide.mjs', 'pyodide/pyodide.asm.mjs'].map((name) => import(places[name].url)));
  const archives = () => Promise.all(
    ['pyodide/python_stdlib.zip', 'gossamer.zip'].map((name) => bytes_at(places[name])));
  const base = new URL('pyodide/', import.meta.url).href;
  const pyodide = await start({ front, engine, module, base, archives });
  for (const [path, content] of files) {
    pyodide.FS.mkdirTree(path.replace(/\/[^/]*$/, ''));
    pyodide.FS.writeFile(path, content);
  }
  const child = pyodide.pyimport('gossamer.workers.child');
  child.begin(pyodide.toPy(paths));
  return { pyodide, child };
};

/** Send a reply of Python to the page. @param {any} reply */
const post = (reply) => {
  const bytes = reply.toJs();
  postMessage(bytes, { transfer: [bytes.buffer] });
};

/** Begin with the first message, answer each other one; say what ends all of it. */
export const serve = () => {
  /** @type {ReturnType<typeof begin> | undefined} */
  let begun;
  globalThis.onmessage = async ({ data }) => {
    try {
      if (!begun) return void await (begun = begin(data));
      const { pyodide, child } = await begun;
      child.answer(pyodide.toPy(data), post);
    } catch (error) {
      postMessage(String(error));
    }
  };
};
