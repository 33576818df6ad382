/**
 * Runs the unit tests inside Pyodide, under Node: the interpreter of the page, without a browser.
 * `node .ci/pyodide-tests.mjs WHEELS REPORT [pytest arguments]` takes a folder of wheels (see
 * `provide.py wheels`) and writes what failed to REPORT, as JSON. The exit code is pytest's.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { loadPyodide } from 'pyodide';
import { ROOT } from './machine.mjs';

// by itself Node would print the line that threw: all of Pyodide is one line
process.on('uncaughtException', (error) => {
  console.error(error.stack);
  process.exit(1);
});
const [wheels, report, ...words] = process.argv.slice(2);
const pyodide = await loadPyodide({
  indexURL: `${ROOT}node_modules/pyodide`, // by itself it loses the brackets of a path
  env: { HOME: '/home', PYTHONDONTWRITEBYTECODE: '1' },
});
pyodide.FS.mkdirTree('/repository');
pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: ROOT }, '/repository');
for (const name of readdirSync(wheels)) {
  pyodide.unpackArchive(new Uint8Array(readFileSync(`${wheels}/${name}`)), 'wheel', { extractDir: '/packages' });
}
const session = pyodide.runPython(readFileSync(`${ROOT}.ci/pyodide_session.py`, 'utf8'));
const result = session(pyodide.toPy(words));
writeFileSync(report, result.get(1));
process.exit(result.get(0));
