/** Overwrites what a Python has freed: an image would carry it along. */

const SMALL = 8192; // up to this size blocks come from pages of their own
const LARGE = 2 ** 21;

/** The sizes of the blocks of mimalloc: four between two powers of two. */
const sizes = () => {
  const found = [8, 12, 16, 20, 24, 28, 32];
  for (let step = 8; step * 5 <= LARGE; step *= 2) found.push(...[5, 6, 7, 8].map((n) => n * step));
  return found;
};

/** Whether a block was never used: all but the link to the next free one is zero.
 * @param {Uint32Array} words @param {number} at @param {number} size */
const is_fresh = (words, at, size) => words.subarray((at >>> 2) + 1, (at + size) >>> 2).every((word) => !word);

/** Overwrite the free blocks of each size, until only fresh ones come. The small ones go first: the
 * larger ones then wipe the links that those leave. An image is a tenth smaller by that.
 * @param {any} module */
export const wipe = (module) => {
  for (const size of sizes()) {
    const held = [];
    for (let fresh = 0; fresh < Math.max(size, 4 * SMALL);) {
      /** @type {number} */
      const at = module._PyObject_Malloc(size);
      held.push(at);
      fresh = is_fresh(module.HEAPU32, at, size) ? fresh + size : 0;
      module.HEAPU8.fill(0, at, at + size);
    }
    held.reverse().forEach((at) => module._PyObject_Free(at));
  }
};
