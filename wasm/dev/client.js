/** A page in development: takes saved files while it lives, and shows what is wrong with them. */
import { places_of } from './configs.js';
import { hide, is_shown, show } from './overlay.js';
import { remembered } from './places.js';
import { relink } from './styles.js';
import sources from './sources.js';

/** `places` is where Python finds a file; a server that does not know leaves it to the page.
 * @typedef {{kind: string, path: string, age: number,
 *   files: {path: string, places?: string[], source: string}[],
 *   fault: import('./overlay.js').Fault}} News */

const FOLDER = '/lib/gossamer_swap/gossamer/swap';

/** Say something here and in the terminal. @param {string} text @param {boolean} [wrong] */
const say = (text, wrong = false) => {
  if (!wrong) console.info(`gossamer: ${text}`);
  fetch(new URL('told', import.meta.url), { method: 'POST', body: JSON.stringify({ text, wrong }) });
};

/** @param {import('./overlay.js').Fault} fault */
const blame = (fault) => {
  show(fault);
  const place = fault.line ? `${fault.file}:${fault.line}: ` : '';
  say(`${place}${fault.kind}: ${fault.what}`, true);
};

const MARK = Symbol.for('gossamer'); // where the loader leaves a way to Python

/** Let Python follow what the page runs. */
const follow = async () => {
  await null; // the loader calls from inside of what is called here
  const { pyodide, page } = await /** @type {any} */ (globalThis)[MARK]();
  pyodide.FS.mkdirTree(FOLDER);
  for (const [name, text] of Object.entries(sources)) pyodide.FS.writeFile(`${FOLDER}/${name}`, text);
  pyodide.runPython(`import gossamer; gossamer.__path__.append("${FOLDER.replace('/swap', '')}")`);
  const tell = (/** @type {string} */ fault) => blame(JSON.parse(fault));
  return { swapper: pyodide.pyimport('gossamer.swap.page').begin(tell), toml: page.toml };
};

/** Python's side, once Python is there.
 * @type {Promise<{swapper: {swap(changes: string): Promise<string>}, toml(text: string): string}>} */
const ready = new Promise((resolve) => {
  if (MARK in globalThis) resolve(follow());
  else addEventListener('py:progress', () => resolve(follow()), { once: true });
});

let is_running = true; // the page's own scripts
addEventListener('py:all-done', () => {
  is_running = false;
});

/** The name under which the page runs the script of a path. @param {string} path */
const script_of = (path) => {
  /** @type {NodeListOf<HTMLScriptElement>} */
  const scripts = document.querySelectorAll('script[type=py][src]');
  const found = [...scripts].find((each) => new URL(each.src, document.baseURI).pathname === path);
  return found?.getAttribute('src')?.split(/[?#]/)[0] ?? null;
};

/** Until what was changed has been painted; a page that nobody sees is not. */
const painted = () => new Promise((resolve) => {
  if (document.hidden) resolve(undefined);
  else requestAnimationFrame(() => setTimeout(resolve));
});

/** @param {News} news */
const swap = async ({ files, age }) => {
  const begun = performance.now();
  if (is_running) return location.reload();
  const { swapper, toml } = await ready;
  const changes = await Promise.all(files.map(async ({ path, places, source }) => ({
    source, places: places ?? await places_of(path, toml), script: script_of(path),
  })));
  if (changes.every(({ places, script }) => !places.length && !script)) return location.reload();
  hide();
  const put_back = remembered();
  const result = JSON.parse(await swapper.swap(JSON.stringify(changes)));
  if (result.reload) return location.reload();
  put_back();
  if (result.fault) return blame(result.fault);
  if (is_shown() || !result.swapped.length) return;
  document.querySelectorAll('.gossamer-error[data-reason=app-error]').forEach((box) => box.remove());
  await painted();
  const names = files.map(({ path }) => path.slice(1)).join(', ');
  say(`swapped ${names} in ${Math.round(age + performance.now() - begun)} ms`);
};

/** @param {News} news */
const style = async ({ path, age }) => {
  const begun = performance.now();
  await relink(path);
  await painted();
  say(`swapped ${path.slice(1)} in ${Math.round(age + performance.now() - begun)} ms`);
};

/** @type {Record<string, (news: News) => unknown>} */
const TAKE = {
  python: swap,
  css: style,
  reload: () => location.reload(),
  fault: ({ fault }) => blame(fault),
};
let queue = Promise.resolve();
let server = '';

const line = new EventSource(new URL('events', import.meta.url));
line.addEventListener('server', ({ data }) => {
  if (server && server !== data) location.reload();
  server = data;
});
line.addEventListener('message', ({ data }) => {
  const news = JSON.parse(data);
  queue = queue.then(() => TAKE[news.kind](news)).then(() => {}, (error) => console.error(error));
});
