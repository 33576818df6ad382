/** Notices when nothing moves any more. */
import { Fault } from './faults.js';

const tag = [...document.scripts].find((script) => script.src === import.meta.url);
const patience = /** @type {number} */ (tag?.dataset.timeout ?? 10) * 1000; // a text is as good

// Beats are counted rather than time, because they merge while Python keeps the thread busy.
const BEATS = 8;
let still = 0;
/** @type {ReturnType<typeof setInterval>} */
let heart;
/** What to tell those who wait. @type {Set<() => void>} */
const waiting = new Set();

const beat = () => {
  if (++still >= BEATS) waiting.forEach((give_up) => give_up());
};

/** Something moved: everybody's patience begins anew. */
export const moved = () => {
  still = 0;
};

/** Wait for work, but not for ever. @template T
 * @param {PromiseLike<T>} work @param {string} subject @returns {Promise<T>} */
export const guarded = (work, subject) => new Promise((resolve, reject) => {
  const give_up = () => reject(new Fault('timeout', subject));
  if (!waiting.size) heart = setInterval(beat, patience / BEATS);
  waiting.add(give_up);
  moved();
  const done = () => {
    waiting.delete(give_up);
    if (!waiting.size) clearInterval(heart);
    moved();
  };
  work.then(resolve, reject).then(done);
});
