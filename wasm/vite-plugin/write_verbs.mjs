/** `node wasm/vite-plugin/write_verbs.mjs FILE` writes the DOM verbs as the plain script of the wheel. */
import { writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { at } from './places.js';

const [file] = process.argv.slice(2);
if (!file) {
  console.error('usage: write_verbs.mjs FILE');
  process.exit(2);
}
const { outputFiles } = await build({
  entryPoints: [at('../dom/index.js')],
  bundle: true,
  write: false,
  format: 'iife',
  globalName: '_gossamer',
  minify: true,
  target: 'es2024',
});
await writeFile(file, outputFiles[0].contents);
