/** `node bench/stage.mjs`: puts together what the benchmarks serve, in `.cache/bench/site`. */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transformAsync } from '@babel/core';
import solid from 'babel-preset-solid';
import { build } from 'esbuild';
import { ROOT, script } from '../.ci/machine.mjs';
import { runtime_files } from '../wasm/vite-plugin/runtime.js';

export const SITE = `${ROOT}.cache/bench/site`;
const ROWS = `${ROOT}bench/rows`;
const KEYED = `${SITE}/frameworks/keyed`; // the paths are those of the js-framework-benchmark
const BOOTSTRAP = `${ROOT}node_modules/bootstrap/dist`;
const PACKAGE = 'js-framework-benchmark/gossamer';

/** @param {string} path @param {string | Buffer} content */
const put = async (path, content) => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
};

/** The entry for the js-framework-benchmark, complete with the runtime.
 * @param {string} folder where it goes */
export const stage_entry = async (folder) => {
  await cp(`${ROOT}bench/${PACKAGE}`, folder, { recursive: true });
  for (const [name, content] of await runtime_files()) {
    await put(`${folder}/dist/gossamer/${name}`, content);
  }
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

/** A page in JavaScript. @param {string} name @param {string} entry */
const stage_script = async (name, entry) => {
  await cp(`${ROWS}/${name}/index.html`, `${KEYED}/${name}/index.html`);
  await build({
    entryPoints: [`${ROWS}/${name}/${entry}`],
    outfile: `${KEYED}/${name}/main.js`,
    bundle: true,
    format: 'esm',
    minify: true,
    conditions: ['production', 'browser'],
    plugins: [compile_solid],
  });
};

/** The style sheet of the js-framework-benchmark: Bootstrap, and a little more. */
const stage_style = async () => {
  const sheets = [`${BOOTSTRAP}/css/bootstrap.min.css`, `${ROWS}/css/main.css`];
  const texts = await Promise.all(sheets.map((sheet) => readFile(sheet, 'utf8')));
  await put(`${SITE}/css/currentStyle.css`, texts.join('\n'));
  await cp(`${BOOTSTRAP}/fonts`, `${SITE}/fonts`, { recursive: true });
};

/** Everything that is served. */
export const stage = async () => {
  await rm(SITE, { recursive: true, force: true });
  await Promise.all([
    stage_style(),
    stage_script('vanilla', 'main.js'),
    stage_script('solid', 'main.jsx'),
    stage_entry(`${KEYED}/gossamer`),
  ]);
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await script(async () => {
    await stage();
    return 0;
  });
}
