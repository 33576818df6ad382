/** The way of Pyodide's own documentation: load it, unpack a wheel, run a program. */
import { loadPyodide } from '../npm/pyodide.mjs';

const read = async (/** @type {string} */ url) => (await fetch(url)).arrayBuffer();
const [pyodide, wheel, program] = await Promise.all([
  loadPyodide(), read('../wheel/gossamer.whl'), fetch('counter.py').then((response) => response.text()),
]);
pyodide.unpackArchive(wheel, 'wheel');
await pyodide.runPythonAsync(program);
