/** The Python package as bytecode, compiled by the Pyodide that will run it. */
import { readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { loadPyodide, version } from 'pyodide';
import { digest } from '../image/making.js';
import { kept } from './cache.js';
import { at, pyodide_folder, walk } from './places.js';

/** Rooms that no page loads. */
const ELSEWHERE = /^gossamer\/(__main__|asgi|cli|http|server_fn\/endpoint|serving|ssr|swap|testing|wsgi|workers\/processes)\b/;

/** The Python of the package and of the loader, by the path each has in the archive. */
const sources = async () => {
  const folder = at('../../py/gossamer');
  const found = (await walk(folder)).filter((path) => path.endsWith('.py'));
  const named = found.map((path) => ['gossamer/' + relative(folder, path).split(sep).join('/'), path]);
  const ours = ['../loader/gossamer_page.py', '../image/gossamer_image.py'].map(at);
  const wanted = named.filter(([name]) => !ELSEWHERE.test(name));
  wanted.push(...ours.map((path) => [basename(path), path]));
  wanted.sort(([one], [other]) => (one < other ? -1 : 1));
  return Promise.all(wanted.map(async ([name, path]) => [name, await readFile(path, 'utf8')]));
};

/** Lines are enough for code that no story of an error shows. */
const COMPILER = { PYTHONNODEBUGRANGES: '1' };

/** @type {ReturnType<typeof loadPyodide> | undefined} kept: a dev server compiles again and again */
let compiler;

/** What a function of `compile.py` makes of its arguments, from the cache when nothing has changed.
 * @param {string} name @param {any[]} words */
const compiled = async (name, ...words) => {
  const program = await readFile(at('compile.py'), 'utf8');
  const key = digest(version, program, JSON.stringify(COMPILER), name, ...words.map(
    (word) => (ArrayBuffer.isView(word) ? /** @type {Uint8Array} */ (word) : JSON.stringify(word))));
  return kept(`${key}.zip`, async () => {
    // Pyodide reads its own place off a stack trace, and loses the brackets of a path
    const pyodide = await (compiler ??= loadPyodide({
      indexURL: pyodide_folder(),
      env: COMPILER,
    }));
    const globals = pyodide.toPy({ __name__: 'compile' });
    pyodide.runPython(program, { globals });
    const given = words.map((word) => pyodide.toPy(word));
    const make = globals.get(name);
    const bytes = make(...given.map((word) => word.tobytes?.() ?? word));
    const archive = Buffer.from(bytes.toJs());
    for (const proxy of [globals, make, bytes]) proxy.destroy();
    return archive;
  });
};

/** The archive `gossamer.zip`. */
export const package_archive = async () => compiled('pack', Object.fromEntries(await sources()));

/** The standard library as bytecode. */
export const library_archive = async () => {
  const archive = await readFile(join(pyodide_folder(), 'python_stdlib.zip'));
  return compiled('repack', new Uint8Array(archive), '/lib/python314.zip');
};
