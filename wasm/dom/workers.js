/** Workers of the page: the rest of what they need is loaded with the first. */

const MARK = Symbol.for('gossamer');

/** @typedef {import('../loader/runtime.js').Runtime} Runtime
 * @typedef {{send(content: Uint8Array): void, end(): void}} Hired */

/** Begin to start a worker with some of the page's files. A text that it tells is its end.
 * @param {string[]} roots @param {string[]} paths
 * @param {(said: Uint8Array | string) => void} tell @returns {Hired} */
export const hire = (roots, paths, tell) => {
  /** @type {(() => Promise<Runtime>) | undefined} set by the loader */
  const python = /** @type {any} */ (globalThis)[MARK];
  const leaving = new AbortController();
  /** @param {Uint8Array | string} said what comes after the end is for nobody */
  const hear = (said) => leaving.signal.aborted || tell(said);
  const hired = (async () => {
    if (!python) throw new Error('the page has not started Python by gossamer.js');
    const runtime = await python();
    const workers = await import(runtime.found('worker.js')?.url ?? '');
    if (leaving.signal.aborted) return null;
    /** @type {Worker} */
    const worker = workers.hire(runtime, roots, paths, hear);
    leaving.signal.onabort = () => worker.terminate();
    return worker;
  })();
  hired.catch((error) => hear(String(error)));
  return {
    send: (content) => void hired.then(
      (worker) => worker?.postMessage(content, [content.buffer]), () => {}),
    end: () => leaving.abort(),
  };
};
