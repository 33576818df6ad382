/** What stands under `/gossamer/`: the loader, the verbs, the package, Pyodide. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { package_archive } from './package.js';
import { at, pyodide_folder } from './places.js';

const PYODIDE = ['pyodide.mjs', 'pyodide.asm.mjs', 'pyodide.asm.wasm', 'python_stdlib.zip', 'pyodide-lock.json'];

/** One module out of many. @param {string} entry @param {Record<string, string>} [define] */
const bundle = async (entry, define = {}) => {
  const { outputFiles } = await build({
    entryPoints: [at(entry)],
    bundle: true,
    write: false,
    format: 'esm',
    minify: true,
    target: 'es2024',
    define,
  });
  return Buffer.from(outputFiles[0].contents);
};

/** Every file of the runtime, by its path under `/gossamer/`. */
export const runtime_files = async () => {
  const contents = await Promise.all(PYODIDE.map((name) => readFile(join(pyodide_folder(), name))));
  /** @type {Map<string, Buffer>} */
  const files = new Map(PYODIDE.map((name, index) => [`pyodide/${name}`, contents[index]]));
  files.set('gossamer.zip', await package_archive());
  files.set('dom.js', await bundle('../dom/index.js'));
  const { info } = JSON.parse(String(files.get('pyodide/pyodide-lock.json')));
  const counted = ['gossamer.zip', 'pyodide/pyodide.asm.wasm', 'pyodide/python_stdlib.zip'];
  const LOCK = JSON.stringify({ info, packages: {} });
  files.set('start.js', await bundle('../loader/start.js', { LOCK }));
  files.set('worker.js', await bundle('../workers/index.js', { LOCK }));
  files.set('gossamer.js', await bundle('../loader/gossamer.js', {
    SIZE: String(counted.reduce((sum, name) => sum + (files.get(name)?.length ?? 0), 0)),
  }));
  return files;
};
