/** Notices when nothing moves any more. */
import { Fault } from './faults.js';

const tag = [...document.scripts].find((script) => script.src === import.meta.url);
const patience = Number(tag?.dataset.timeout ?? 30) * 1000;

/** What to tell those who wait. @type {Set<() => void>} */
const waiting = new Set();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let alarm;

/** Something moved: everybody's patience begins anew. */
export const moved = () => {
  clearTimeout(alarm);
  if (waiting.size) alarm = setTimeout(() => waiting.forEach((give_up) => give_up()), patience);
};

/** Wait for work, but not for ever. @template T
 * @param {PromiseLike<T>} work @param {string} subject @returns {Promise<T>} */
export const guarded = (work, subject) => new Promise((resolve, reject) => {
  const give_up = () => reject(new Fault('timeout', subject));
  waiting.add(give_up);
  moved();
  const done = () => {
    waiting.delete(give_up);
    moved();
  };
  work.then(resolve, reject).then(done);
});
