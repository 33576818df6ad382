/** A runtime image: the memory of a started Python, less what comes with Pyodide's wasm anyway.
 *
 *     "gossamer" · length of the header (u32) · header (JSON) · Pyodide's own head · pages */

export const PAGE = 4096;
const MAGIC = 'gossamer';
const PREFIX = MAGIC.length + 4;

/** @typedef {{
 *   build: string, framework: string, memory: number, heap: number, head: number,
 *   runs: [first: number, count: number][],
 * }} Header which `build` of Pyodide and which `framework` it holds; how much `memory` it wants,
 *   and where in that the `heap` begins: there, all is zero that is in none of the `runs` of pages
 * @typedef {{header: Header, head: Uint8Array, pages: Uint8Array}} Image */

/** An image as the bytes of a file. @param {Image} image */
export const pack = ({ header, head, pages }) => {
  const written = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(PREFIX + written.length + head.length + pages.length);
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer).setUint32(MAGIC.length, written.length, true);
  bytes.set(written, PREFIX);
  bytes.set(head, PREFIX + written.length);
  bytes.set(pages, PREFIX + written.length + head.length);
  return bytes;
};

/** An image out of the bytes of a file; null if that is none, or not whole.
 * @param {Uint8Array} bytes @returns {Image | null} */
export const unpack = (bytes) => {
  const text = (/** @type {number} */ from, /** @type {number} */ to) =>
    new TextDecoder().decode(bytes.subarray(from, to));
  if (text(0, MAGIC.length) !== MAGIC || bytes.length < PREFIX) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  if (bytes.length < PREFIX + length) return null;
  /** @type {Header} */
  const header = JSON.parse(text(PREFIX, PREFIX + length));
  const begin = PREFIX + length + header.head;
  const pages = bytes.subarray(begin);
  const count = header.runs.reduce((sum, [, run]) => sum + run, 0);
  if (pages.length !== count * PAGE) return null;
  return { header, head: bytes.slice(PREFIX + length, begin), pages };
};
