/** Lets Pyodide find what the page has already: it takes no bytes and no compiled module. */

/** Answer these URLs from memory while the work runs.
 * @template T @param {Record<string, () => Promise<Response>>} pieces
 * @param {() => Promise<T>} work @returns {Promise<T>} */
export const lend = async (pieces, work) => {
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => pieces[String(input)]?.() ?? fetch(input, init);
  try {
    return await work();
  } finally {
    globalThis.fetch = fetch;
  }
};

/** Instantiate this module where the work streams the given source; a failure, which Pyodide would
 * only write to the console, ends the work.
 * @template T @param {Promise<Response>} lent @param {WebAssembly.Module} module
 * @param {() => Promise<T>} work @returns {Promise<T>} */
export const lend_module = async (lent, module, work) => {
  const { instantiateStreaming } = WebAssembly;
  try {
    return await new Promise((resolve, reject) => {
      WebAssembly.instantiateStreaming = async (source, imports) => {
        if (source !== lent) return instantiateStreaming(source, imports);
        const instance = WebAssembly.instantiate(module, imports);
        instance.catch(reject);
        return { module, instance: await instance };
      };
      work().then(resolve, reject);
    });
  } finally {
    WebAssembly.instantiateStreaming = instantiateStreaming;
  }
};
