/** `node wasm/vite-plugin/write.mjs FOLDER` writes the runtime that pages load into a folder.
 *
 * With `--packed` large files are there in their Brotli form only, made with all the time it takes. */
import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { kept } from './cache.js';
import { other_images, runtime_files } from './runtime.js';

const LARGE = 1_000_000;

/** The best Brotli form of some bytes. @param {Buffer} content */
const packed = (content) => kept(`${createHash('sha256').update(content).digest('hex')}.br`, () =>
  promisify(brotliCompress)(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
  }));

const words = process.argv.slice(2);
const folder = words.find((word) => !word.startsWith('-'));
if (!folder) {
  console.error('usage: write.mjs FOLDER [--packed]');
  process.exit(2);
}
const files = [...await runtime_files(), ...await other_images()];
await rm(folder, { recursive: true, force: true });
await Promise.all(files.map(async ([name, content]) => {
  const is_packed = words.includes('--packed') && content.length >= LARGE && !name.endsWith('_stdlib.zip');
  const path = join(folder, is_packed ? `${name}.br` : name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, is_packed ? await packed(content) : content);
}));
process.exit(); // the compiler's Pyodide would keep the process for a while
