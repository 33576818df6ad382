/** One Python for the page. */
import { Fault, report } from './faults.js';
import { load_module, load_runtime, named } from './fetching.js';
import { settle, step } from './progress.js';
import { found, here } from './table.js';
import { guarded } from './watchdog.js';

/** @typedef {import('pyodide').PyodideAPI} Pyodide
 * @typedef {{
 *   begin(): void,
 *   run(source: string, name: string, waits: string | null, target?: string): Promise<string | undefined>,
 *   toml(text: string): string,
 *   place(name: string, bytes: Uint8Array, path: string): void,
 *   install(wheels: string[], names: string[]): Promise<void>,
 * }} Page the face of `gossamer_page.py`
 * @typedef {{
 *   pyodide: Pyodide, page: Page, module: WebAssembly.Module, found: typeof found,
 *   install: typeof import('../image/start.js').install,
 * }} Runtime what runs; and for workers, what it was compiled to and where the files stand */

const WASM = 'pyodide/pyodide.asm.wasm';
const STDLIB = 'pyodide/python_stdlib.zip';
const PACKAGE = 'gossamer.zip';
const IMAGE = 'gossamer.image';

/** Refuse what cannot work before anything is fetched for it. */
const preflight = () => {
  for (const name of ['WebAssembly', 'FinalizationRegistry']) {
    if (!(name in globalThis)) throw new Fault('unsupported-browser', name);
  }
  try {
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch (error) {
    throw new Fault('csp', 'WebAssembly', error);
  }
};

/** Compile while it arrives; from its bytes where the server or the browser has no streaming.
 * @param {boolean} fresh */
const compile = async (fresh) => {
  /** @type {Promise<WebAssembly.Module | null> | undefined} */
  let streamed;
  const bytes = await load_runtime(WASM, fresh, (response) => {
    streamed = WebAssembly.compileStreaming?.(response).catch(() => null);
  });
  return await streamed ?? WebAssembly.compile(bytes).catch((error) => {
    throw new Fault('runtime-corrupt', named(WASM), error);
  });
};

/** Name what went wrong inside Pyodide's own start. @param {unknown} error */
const blame = (error) => {
  if (error instanceof Fault) return error;
  const text = String(error);
  const reason = error instanceof EvalError ? 'csp'
    : /memory/i.test(text) ? 'out-of-memory' : 'runtime-corrupt';
  return new Fault(reason, 'pyodide', error);
};

/** What a start without an image needs besides. @param {boolean} fresh */
const load_archives = (fresh) => Promise.all(
  [STDLIB, PACKAGE].map((name) => load_runtime(name, fresh)));

/** Start Python once. @param {number} attempt @returns {Promise<Runtime>} */
const start = async (attempt) => {
  preflight();
  step('Loading Python');
  const fresh = attempt > 0;
  const imaged = Promise.resolve(found(IMAGE) && load_runtime(IMAGE, fresh))
    .catch((error) => error); // then the start is a slower one
  const archived = imaged.then((image) => (image?.buffer ? null : load_archives(fresh)));
  const [image, archives, module, front, engine, verbs, starter] = await Promise.all([
    imaged, archived, compile(fresh),
    ...['pyodide/pyodide.mjs', 'pyodide/pyodide.asm.mjs', 'dom.js', 'start.js'].map(
      (name) => load_module(name, attempt)),
  ]);
  step('Starting Python');
  try {
    /** @type {Pyodide} */
    const pyodide = await guarded(starter.start({
      front, engine, module, image,
      base: here('pyodide/'),
      found,
      framework: FRAMEWORK,
      archives: () => archives ?? load_archives(fresh),
    }), 'pyodide');
    pyodide.registerJsModule('_gossamer', verbs);
    /** @type {Page} */
    const page = pyodide.pyimport('gossamer_page');
    page.begin();
    return { pyodide, page, module, found, install: starter.install };
  } catch (error) {
    throw blame(error);
  }
};

/** Start Python, as often as the visitor wants to try. @returns {Promise<Runtime>} */
const boot = async () => {
  for (let attempt = 0; ; attempt++) {
    try {
      const runtime = await start(attempt);
      /** @type {any} */ (runtime.pyodide)._api.on_fatal = (/** @type {unknown} */ error) => {
        report(new Fault('fatal', 'Python', error));
      };
      return runtime;
    } catch (error) {
      settle();
      await report(error);
    }
  }
};

/** @type {Promise<Runtime> | undefined} */
let runtime;

/** The page's Python, started when first asked for. */
export const python = () => runtime ??= boot();
