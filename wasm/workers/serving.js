/** The worker's side: starts Python, then answers one call after the other. */
import { start } from '../image/start.js';

/** @typedef {import('./hiring.js').Outfit} Outfit */

/** The bytes of a file of the runtime. @param {import('./hiring.js').Place} place */
const bytes_at = async ({ url, integrity }) => {
  const response = await fetch(url, { integrity });
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
};

/** Start Python with what the page has. @param {Outfit} outfit */
const begin = async ({ module, files, paths, places }) => {
  const { front, engine, stdlib, framework, image } = places;
  const [front_module, engine_module] = await Promise.all([import(front.url), import(engine.url)]);
  const pyodide = await start({
    front: front_module,
    engine: engine_module,
    module,
    base: new URL('pyodide/', import.meta.url).href,
    image: image && await bytes_at(image).catch((error) => error),
    found: (name) => ({ 'pyodide/python_stdlib.zip': stdlib, 'gossamer.zip': framework })[name],
    framework: FRAMEWORK,
    archives: () => Promise.all([stdlib, framework].map(bytes_at)),
  });
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
      if (!begun) {
        await (begun = begin(data));
        return postMessage(new Uint8Array()); // it can run calls
      }
      const { pyodide, child } = await begun;
      const content = pyodide.toPy(data);
      child.answer(content, post);
      content.destroy();
    } catch (error) {
      postMessage(String(error).trim().split('\n').at(-1)); // Python's own begin with a traceback
    }
  };
};
