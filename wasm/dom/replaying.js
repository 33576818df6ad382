/** Replaying: what users did before Python was up is answered, in order, as if it came now. */
import { call } from './events.js';
import { element } from './nodes.js';

/** @typedef {{ type: string, target: Element, event: Event & { replayed?: boolean } }} Kept */

/** Answer what has happened below an element; from now on it answers for itself. The browser's own
 * part is done, so no event is sent again: the handlers are called.
 * @param {number} handle */
export const replay = (handle) => {
  const { __gossamer_early: take } = /** @type {{ __gossamer_early?: (root: Element) => Kept[] }} */ (
    globalThis);
  for (const { type, target, event } of take?.(element(handle)) ?? []) {
    if (!target.isConnected) continue;
    event.replayed = true;
    /** @type {Element[]} */
    const path = [];
    for (let each = /** @type {any} */ (target); each; each = each.assignedSlot ?? each.parentNode ?? each.host) {
      path.push(each);
    }
    answer_at(event, path.toReversed(), [`$${type}!c`, `$${type}!cp`]);
    if (!event.cancelBubble) answer_at(event, path, [`$${type}`, `$${type}!p`]);
  }
};

/** @param {Event} event @param {Element[]} path @param {string[]} keys of handlers */
const answer_at = (event, path, keys) => {
  for (const reached of path) {
    for (const key of keys) if (key in reached) call(event, reached, key);
    if (event.cancelBubble) return;
  }
};
