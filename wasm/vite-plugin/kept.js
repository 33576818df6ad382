/** The image of the framework, made once for each state of what it is made of. */
import { make_image, recipe } from '../image/making.js';
import { kept } from './cache.js';
import { pyodide_folder } from './places.js';

/** @param {Uint8Array} framework the archive `gossamer.zip`
 * @param {Uint8Array} library the standard library as bytecode */
export const kept_image = async (framework, library) => {
  const key = await recipe(framework, library);
  return kept(`${key}.image`, async () => {
    const { bytes } = await make_image({ runtime: pyodide_folder(), framework, library });
    return Buffer.from(bytes);
  });
};
