/** The Python package as bytecode, compiled by the Pyodide that will run it. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { loadPyodide, version } from 'pyodide';
import { at, pyodide_folder, walk } from './places.js';

/** Rooms that no page loads. */
const ELSEWHERE = /^gossamer\/(asgi|cli|ssr|testing|wsgi|workers\/processes)\b/;
const CACHE = at('../../node_modules/.cache/gossamer');

/** The Python of the package and of the loader, by the path each has in the archive. */
const sources = async () => {
  const folder = at('../../py/gossamer');
  const found = (await walk(folder)).filter((path) => path.endsWith('.py'));
  const named = found.map((path) => ['gossamer/' + relative(folder, path).split(sep).join('/'), path]);
  const page = at('../loader/gossamer_page.py');
  const wanted = named.filter(([name]) => !ELSEWHERE.test(name));
  wanted.push([basename(page), page]);
  wanted.sort(([one], [other]) => (one < other ? -1 : 1));
  return Promise.all(wanted.map(async ([name, path]) => [name, await readFile(path, 'utf8')]));
};

/** @type {ReturnType<typeof loadPyodide> | undefined} kept: a dev server compiles again and again */
let compiler;

/** @param {string[][]} files @param {string} program */
const compiled = async (files, program) => {
  // Pyodide reads its own place off a stack trace, and loses the brackets of a path
  const pyodide = await (compiler ??= loadPyodide({ indexURL: pyodide_folder() }));
  const names = pyodide.toPy(Object.fromEntries(files));
  const globals = pyodide.toPy({ __name__: 'compile' });
  pyodide.runPython(program, { globals });
  const pack = globals.get('pack');
  const bytes = pack(names);
  const archive = Buffer.from(bytes.toJs());
  for (const proxy of [names, globals, pack, bytes]) proxy.destroy();
  return archive;
};

/** The archive `gossamer.zip`, from the cache when nothing has changed. */
export const package_archive = async () => {
  const files = await sources();
  const program = await readFile(at('compile.py'), 'utf8');
  const key = createHash('sha256').update(JSON.stringify([version, program, files])).digest('hex');
  const kept = join(CACHE, `${key.slice(0, 32)}.zip`);
  try {
    return await readFile(kept);
  } catch {
    const archive = await compiled(files, program);
    await mkdir(CACHE, { recursive: true });
    await writeFile(kept, archive);
    return archive;
  }
};
