/** The image of the framework, made once for each state of what it is made of. */
import { make_image, recipe } from '../image/making.js';
import { kept } from './cache.js';
import { pyodide_folder } from './places.js';

/** @param {Uint8Array} framework the archive `gossamer.zip` */
export const kept_image = async (framework) => {
  const key = await recipe(framework);
  return kept(`${key}.image`, async () => {
    const { bytes } = await make_image({ runtime: pyodide_folder(), framework });
    return Buffer.from(bytes);
  });
};
