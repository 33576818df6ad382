/** The images of the framework, made once for each state of what they are made of. */
import { make_image, recipe } from '../image/making.js';
import { kept } from './cache.js';
import { pyodide_folder } from './places.js';

/** An image and the names of its modules.
 * @param {Uint8Array} framework the archive `gossamer.zip`
 * @param {Uint8Array} library the standard library as bytecode
 * @param {{lean?: boolean}} [options] `lean`: of the framework only what every page needs */
export const kept_image = async (framework, library, { lean = false } = {}) => {
  const key = await recipe(framework, library, String(lean));
  /** @type {Promise<import('../image/making.js').Made> | undefined} */
  let made;
  const make = () => made ??= make_image({ runtime: pyodide_folder(), framework, library, lean });
  const names = await kept(`${key}.modules.json`, async () => Buffer.from(JSON.stringify((await make()).held)));
  const image = await kept(`${key}.image`, async () => Buffer.from((await make()).bytes));
  return { image, names: JSON.parse(String(names)) };
};
