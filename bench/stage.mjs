/** `node bench/stage.mjs NAME…`: puts the pages that a benchmark serves into `.cache/bench/site`. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transformAsync } from '@babel/core';
import solid from 'babel-preset-solid';
import { build } from 'esbuild';
import { ROOT, Refusal, anyPython, provide, run, script } from '../.ci/machine.mjs';
import { runtime_files } from '../wasm/vite-plugin/runtime.js';

const SITE = `${ROOT}.cache/bench/site`;
const ROWS = `${ROOT}bench/rows`;
const NAVIGATE = `${ROOT}bench/navigate`;
const KEYED = `${SITE}/frameworks/keyed`; // the paths are those of the js-framework-benchmark
const BOOTSTRAP = `${ROOT}node_modules/bootstrap/dist`;

/** Put the runtime, Pyodide with it, into a folder. @param {string} folder */
const stage_runtime = async (folder) => {
  for (const [name, content] of await runtime_files()) {
    const path = `${folder}/${name}`;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
};

/** Put the entry for the js-framework-benchmark into a folder, complete with the runtime.
 * @param {string} folder */
export const stage_entry = async (folder) => {
  await cp(`${ROOT}bench/js-framework-benchmark/gossamer`, folder, { recursive: true });
  await stage_runtime(`${folder}/gossamer`);
};

/** The style sheet of the js-framework-benchmark: Bootstrap, and a little more. */
const stage_style = async () => {
  const sheets = [`${BOOTSTRAP}/css/bootstrap.min.css`, `${ROWS}/css/main.css`];
  const texts = await Promise.all(sheets.map((sheet) => readFile(sheet, 'utf8')));
  await mkdir(`${SITE}/css`, { recursive: true });
  await writeFile(`${SITE}/css/currentStyle.css`, texts.join('\n'));
  await cp(`${BOOTSTRAP}/fonts`, `${SITE}/fonts`, { recursive: true });
};

/** Compiles JSX as Solid wants it. @type {import('esbuild').Plugin} */
const compile_solid = {
  name: 'solid',
  setup: ({ onLoad }) => onLoad({ filter: /\.jsx$/ }, async ({ path }) => {
    const source = await readFile(path, 'utf8');
    const done = await transformAsync(source, { presets: [solid], filename: path, configFile: false });
    return { contents: done?.code ?? '', loader: 'js' };
  }),
};

/** A page in JavaScript. @param {string} from @param {string} to @param {string} entry */
const stage_script = async (from, to, entry) => {
  await cp(`${from}/index.html`, `${to}/index.html`);
  await build({
    entryPoints: [`${from}/${entry}`],
    outfile: `${to}/main.js`,
    bundle: true,
    format: 'esm',
    minify: true,
    conditions: ['production', 'browser'],
    plugins: [compile_solid],
  });
};

/** Run Python with the rivals, installed by their locked hashes into a folder of their own.
 * @param {string[]} words */
const run_rival = async (words) => {
  const lock = `${ROWS}/rivals.lock`;
  const key = createHash('sha256').update(await readFile(lock)).digest('hex').slice(0, 16);
  const folder = `${ROOT}.cache/bench/rivals-${key}`;
  const [python] = provide('venv');
  if (!existsSync(folder)) {
    const part = `${folder}.part`;
    await rm(part, { recursive: true, force: true });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps'];
    const wanted = ['--require-hashes', '--target', part, '--requirement', lock];
    if (await run(python, [...pip, ...wanted])) throw new Refusal('pip could not install the rivals');
    await rename(part, folder);
  }
  const environment = { PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' };
  if (await run(python, words, environment)) throw new Refusal(`a rival could not be built: ${words}`);
};

/** The page of the signals, with the wheels of the other libraries beside it. */
const stage_signals = async () => {
  const folder = `${SITE}/signals`;
  await cp(`${ROOT}bench/signals/page`, folder, { recursive: true });
  const words = ['.ci/wheels.py', 'bench/signals/wheels.lock', folder];
  if (await run(anyPython(), words)) throw new Refusal('the wheels of the signals are not to be had');
  const names = await readdir(folder);
  await writeFile(`${folder}/config.json`, JSON.stringify({
    packages: names.filter((name) => name.endsWith('.whl')).map((name) => `./${name}`),
    files: { './cores.py': '', './operations.py': '' },
  }));
};

/** The pages that start a counter: with our loader, with Pyodide alone, with PyScript. */
const stage_boot = async () => {
  const folder = `${SITE}/boot`;
  const modules = `${ROOT}node_modules`;
  await cp(`${ROOT}bench/boot`, folder, { recursive: true, filter: (path) => !path.includes('command') });
  for (const page of ['gossamer', 'pyodide', 'pyscript']) {
    await cp(`${folder}/counter.py`, `${folder}/${page}/counter.py`);
  }
  await cp(`${modules}/pyodide`, `${folder}/npm`, { recursive: true });
  await cp(`${modules}/@pyscript/core/dist`, `${folder}/core`, { recursive: true });
  await mkdir(`${folder}/wheel`);
  const wheel = ['-m', 'hatchling', 'build', '--target', 'wheel', '--directory', `${folder}/wheel`];
  const [python] = provide('venv');
  if (await run(python, wheel, { GOSSAMER_WHEEL: 'page' })) throw new Refusal('the wheel could not be built');
  const [name] = await readdir(`${folder}/wheel`);
  await rename(`${folder}/wheel/${name}`, `${folder}/wheel/gossamer.whl`);
};

/** Our counter as it is built by default, from a runtime such as wheels carry, and what of it is
 * downloaded: each file as it is and compressed. The first time that takes minutes. */
const stage_sizes = async () => {
  const runtime = `${ROOT}.cache/bench/runtime`;
  if (await run(process.execPath, ['wasm/vite-plugin/write.mjs', runtime, '--packed'])) {
    throw new Refusal('the runtime could not be written');
  }
  const app = `${ROOT}.cache/bench/counter`;
  await rm(app, { recursive: true, force: true });
  await cp(`${ROOT}bench/boot/gossamer`, app, { recursive: true });
  await cp(`${ROOT}bench/boot/counter.py`, `${app}/counter.py`);
  const [python] = provide('venv');
  const code = `import sys; from pathlib import Path; from gossamer.cli import runtime
runtime.CARRIED = Path(sys.argv.pop(1)); from gossamer.cli.command import main; main()`;
  const environment = { PYTHONPATH: `${ROOT}py` };
  if (await run(python, ['-c', code, runtime, 'build', app], environment)) {
    throw new Refusal('the counter could not be built');
  }
  await cp(`${app}/dist`, `${SITE}/boot/gossamer`, { recursive: true });
  const page = await readFile(`${app}/dist/index.html`, 'utf8');
  const named = [...page.matchAll(/(?:href|src)="(assets\/[^"]+)"/g)].map(([, name]) => name);
  /** @type {Record<string, Record<string, number>>} */
  const sizes = {};
  for (const name of new Set(['index.html', ...named])) {
    const file = `${app}/dist/${name}`;
    const weigh = async (/** @type {string} */ path) => (await stat(path)).size;
    const plain = await weigh(file);
    const [brotli, gzip] = await Promise.all(
      ['br', 'gz'].map((kind) => weigh(`${file}.${kind}`).catch(() => plain)));
    sizes[name.replace(/^assets\/|\.[0-9a-f]{10}(?=\.)/g, '')] = { brotli, gzip, plain };
  }
  await writeFile(`${SITE}/sizes.json`, JSON.stringify(sizes));
};

/** How each page is put together. @type {Record<string, () => Promise<void>>} */
const PAGES = {
  vanilla: () => stage_script(`${ROWS}/vanilla`, `${KEYED}/vanilla`, 'main.js'),
  solid: () => stage_script(`${ROWS}/solid`, `${KEYED}/solid`, 'main.jsx'),
  gossamer: () => stage_entry(`${KEYED}/gossamer`),
  ffi: () => cp(`${ROWS}/ffi`, `${KEYED}/ffi`, { recursive: true }),
  wybthon: () => run_rival(['-c', 'import sys; from wybthon.dev import main; sys.exit(main(sys.argv[1:]))',
    'build', '--dir', `${ROWS}/wybthon`, '--out', `${KEYED}/wybthon`]),
  frontage: () => run_rival(['-m', 'frontage', 'build', `${ROWS}/frontage`, '--out', `${KEYED}/frontage`]),
  signals: stage_signals,
  hydrate: () => cp(`${ROOT}bench/hydrate/page`, `${SITE}/hydrate`, { recursive: true }),
  boot: stage_boot,
  sizes: stage_sizes,
  'navigate-gossamer': () => cp(`${NAVIGATE}/gossamer`, `${SITE}/navigate/gossamer`, { recursive: true }),
  'navigate-solid': () => stage_script(`${NAVIGATE}/solid`, `${SITE}/navigate/solid`, 'main.jsx'),
};

/** Put pages together, and what they share. @param {string[]} names */
const stage = async (names) => {
  await rm(SITE, { recursive: true, force: true });
  await Promise.all([stage_style(), stage_runtime(`${SITE}/gossamer`)]);
  for (const name of names) {
    if (!(name in PAGES)) throw new Refusal(`there is no page ${name}`);
    await PAGES[name]();
  }
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await script(async () => {
    await stage(process.argv.slice(2));
    return 0;
  });
}
