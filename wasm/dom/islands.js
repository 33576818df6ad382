/** Islands, as Python asks for them: the script that waits for them has come with the page. */
import { tell } from './events.js';
import { nodes } from './nodes.js';

/** @typedef {{ take: () => Element | undefined, listen: (given: () => void) => void }} Islands */

/** @returns {Islands | undefined} */
const islands = () => /** @type {any} */ (globalThis).__gossamer_islands;

/** Tell Python, by a number, when an island is to be woken. @param {number} id
 * @returns {boolean} whether the page has any */
export const on_island = (id) => {
  islands()?.listen(() => tell(id));
  return document.querySelector('gs-island') !== null;
};

/** Give the next island that is to be woken a number.
 * @param {number} handle
 * @returns {string | undefined} its name and its props, joined by U+001F; undefined for none */
export const take_island = (handle) => {
  const island = islands()?.take();
  if (!island) return undefined;
  nodes[handle] = island;
  return `${island.getAttribute('name')}\x1f${island.getAttribute('props')}`;
};
