/** Motion: nodes that stay until their animation has ended, rows that glide to their places. */
import { tell } from './events.js';
import { node } from './nodes.js';
import { each } from './ranges.js';
import { change_classes } from './writes.js';

/** Whether the visitor wants no motion. */
const is_calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** @param {number} start @param {number} end */
const range = (start, end) => {
  /** @type {ChildNode[]} */
  const found = [];
  each(node(start), node(end), (current) => found.push(/** @type {ChildNode} */ (current)));
  return found;
};

/** @param {Node[]} nodes @returns {Element[]} */
const elements_of = (nodes) =>
  /** @type {Element[]} */ (nodes.filter((current) => current instanceof Element));

/** @param {number} start @param {number} end @param {string} removed @param {string} added */
export const dress = (start, end, removed, added) => {
  for (const one of elements_of(range(start, end))) change_classes(one, removed, added);
};

/** Change classes, and wait until the animations that this starts have ended.
 * @param {Element[]} elements @param {string} removed @param {string} added */
const played = (elements, removed, added) => {
  const running = () => elements.flatMap((one) => one.getAnimations({ subtree: true }));
  const before = new Set(running());
  if (removed) {
    for (const one of elements) change_classes(one, removed, '');
    running(); // styles are computed: an animation that both classes name starts anew
  }
  for (const one of elements) change_classes(one, '', added);
  const started = running().filter((animation) => !before.has(animation) &&
    animation.effect?.getComputedTiming().endTime !== Infinity);
  return { isStill: !started.length, ended: Promise.allSettled(started.map((one) => one.finished)) };
};

/** Who waits, with the timer that ends it. @type {Map<number, { timer: number }>} */
const lingering = new Map();

/** Change the classes of a range; tell a number some seconds later, or when the animations that
 * the classes start have ended.
 * @param {number} start @param {number} end @param {string} removed @param {string} added
 * @param {number | undefined} seconds @param {number} id */
export const linger = (start, end, removed, added, seconds, id) => {
  stay(id);
  const mine = { timer: 0 };
  lingering.set(id, mine);
  const done = () => {
    if (lingering.get(id) !== mine) return;
    lingering.delete(id);
    tell(id);
  };
  const { ended } = played(elements_of(range(start, end)), removed, added);
  if (is_calm()) queueMicrotask(done);
  else if (seconds === undefined) ended.then(done);
  else mine.timer = window.setTimeout(done, seconds * 1000);
};

/** Wait no longer, and tell nobody.
 * @param {number} id */
export const stay = (id) => {
  clearTimeout(lingering.get(id)?.timer);
  lingering.delete(id);
};

/** What is still leaving each list, by the list's anchor. @type {WeakMap<Node, Set<ChildNode>>} */
const leaving = new WeakMap();

/** Take a range out of a list once the animation that a class starts has ended. Until then nobody
 * can use it; afterwards the rows around it glide together.
 * @param {number} start @param {number} end @param {number} anchor @param {string} name
 * @param {number} seconds */
export const leave = (start, end, anchor, name, seconds) => {
  const place = node(anchor);
  const still = leaving.get(place) ?? new Set();
  leaving.set(place, still);
  const gone = range(start, end).filter((current) => !still.has(current));
  const elements = elements_of(gone);
  for (const one of elements) /** @type {HTMLElement} */ (one).inert = true;
  const { isStill, ended } = played(elements, '', name);
  const remove = () => gone.forEach((current) => current.remove());
  if (isStill || is_calm()) {
    remove();
    return;
  }
  gone.forEach((current) => still.add(current));
  ended.then(() => {
    gone.forEach((current) => still.delete(current));
    const before = boxes(place);
    remove();
    if (seconds) play(before, seconds);
  });
};

/** Take out at once what is still leaving a list.
 * @param {number} anchor */
export const hurry = (anchor) => leaving.get(node(anchor))?.forEach((current) => current.remove());

/** Where the rows of lists stood. @type {WeakMap<Node, Map<Element, DOMRect>>} */
const measured = new WeakMap();
/** @type {WeakMap<Element, Animation>} */
const gliding = new WeakMap();

/** Note where the rows of a list stand.
 * @param {number} anchor */
export const measure = (anchor) => {
  const place = node(anchor);
  measured.set(place, boxes(place));
};

/** Let the rows of a list glide from where they were measured to where they stand now.
 * @param {number} anchor @param {number} seconds */
export const glide = (anchor, seconds) => {
  const place = node(anchor);
  const before = measured.get(place);
  measured.delete(place);
  if (before) play(before, seconds);
};

/** @param {Node} place */
const boxes = (place) => {
  /** @type {Map<Element, DOMRect>} */
  const found = new Map();
  let row = /** @type {Text} */ (place).previousElementSibling;
  for (; row; row = row.previousElementSibling) found.set(row, row.getBoundingClientRect());
  return found;
};

/** @param {Map<Element, DOMRect>} before @param {number} seconds */
const play = (before, seconds) => {
  if (is_calm()) return;
  const rows = [...before.keys()].filter((row) => row.isConnected);
  for (const row of rows) gliding.get(row)?.cancel(); // they stood where it had brought them
  const now = rows.map((row) => row.getBoundingClientRect());
  rows.forEach((row, index) => {
    const { left, top } = /** @type {DOMRect} */ (before.get(row));
    const x = left - now[index].left;
    const y = top - now[index].top;
    if (!x && !y) return;
    gliding.set(row, row.animate({ translate: [`${x}px ${y}px`, '0 0'] }, {
      duration: seconds * 1000, easing: 'ease',
    }));
  });
};
