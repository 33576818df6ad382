/** `node wasm/vite-plugin/write.mjs FOLDER` writes the runtime that pages load into a folder. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runtime_files } from './runtime.js';

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: write.mjs FOLDER');
  process.exit(2);
}
const files = await runtime_files();
await rm(folder, { recursive: true, force: true });
for (const [name, content] of files) {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
process.exit(); // the compiler's Pyodide would keep the process for a while
