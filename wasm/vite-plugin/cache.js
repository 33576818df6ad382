/** What took long to make, kept until its name changes. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { at } from './places.js';

const CACHE = at('../../node_modules/.cache/gossamer');

/** The file of this name, made when it is not there. @param {string} name
 * @param {() => Promise<Buffer>} make @returns {Promise<Buffer>} */
export const kept = async (name, make) => {
  const file = join(CACHE, name);
  try {
    return await readFile(file);
  } catch {
    const content = await make();
    await mkdir(CACHE, { recursive: true });
    await writeFile(`${file}.${process.pid}`, content);
    await rename(`${file}.${process.pid}`, file); // whole or not there, whoever else reads it
    return content;
  }
};
