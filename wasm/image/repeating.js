/** Makes work that asks for the time and for chance give the same each time. */

const MOMENT = Date.UTC(2026, 0);

/** Do some work where the clock stands still, the zone is UTC, and chance is none: an image of the
 * same parts then has the same bytes. In a page all of that is set anew.
 * @template T @param {() => Promise<T>} work @returns {Promise<T>} */
export const repeatable = async (work) => {
  const { now } = Date;
  const { TZ } = process.env;
  const still = /** @type {any} */ ({ performance, crypto });
  Date.now = () => MOMENT;
  process.env.TZ = 'UTC';
  still.performance.now = () => 1;
  still.crypto.getRandomValues = (/** @type {ArrayBufferView} */ view) => {
    new Uint8Array(view.buffer, view.byteOffset, view.byteLength).fill(1);
    return view;
  };
  try {
    return await work();
  } finally {
    Date.now = now;
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
    delete still.performance.now; // their prototypes have the real ones
    delete still.crypto.getRandomValues;
  }
};
