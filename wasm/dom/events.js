/** Events: one listener a name and root, the walk up to the handlers' numbers, one call into Python. */
import { element, is_custom, node } from './nodes.js';
import { turn } from './turns.js';

/** @typedef {(id: number) => void} Dispatch */
/** @typedef {Event & { replayed?: boolean, isFollowed?: boolean, stoppedHere?: boolean, walkedTo?: EventTarget }} Walked */
/** @typedef {Record<string, number | number[] | undefined>} Handlers number(s) under "$name", "$name!c"… */

/** Flags of a listener, as template and bridge write them. */
const CAPTURE = 1;
const PASSIVE = 2;
/** What a key ends with, by the flags. */
const SUFFIXES = ['', '!c', '!p', '!cp'];

/** Events that bubble to the root from everywhere and are handled there. */
const DELEGATED = new Set([
  'beforeinput', 'change', 'click', 'contextmenu', 'copy', 'cut', 'dblclick', 'dragend', 'dragover',
  'dragstart', 'drop', 'focusin', 'focusout', 'input', 'keydown', 'keypress', 'keyup', 'mousedown',
  'mousemove', 'mouseout', 'mouseover', 'mouseup', 'paste', 'pointerdown', 'pointermove',
  'pointerout', 'pointerover', 'pointerup', 'reset', 'submit',
]);

/** Where a control keeps the number of what answers a reset of its form. */
const RESET = '$ reset';

/** @type {Dispatch} */
let dispatch = () => {};
/** @type {Walked | undefined} what is being answered */
let current;
/** @type {EventTarget | undefined} where it has come to */
let place;
/** @type {Map<Node, number>} how many apps and portals stand at a node */
const roots = new Map();
/** @type {Set<string>} */
const names = new Set();

/** Hand over the one function that Python lends to the page.
 * @param {Dispatch} given */
export const on_event = (given) => {
  dispatch = (id) => turn(() => given(id));
};

/** Call Python with a number, outside of any event.
 * @param {number} id */
export const tell = (id) => dispatch(id);

/** Handle delegated events at this node from now on.
 * @param {number} handle */
export const root = (handle) => {
  const found = node(handle);
  const count = roots.get(found) ?? 0;
  roots.set(found, count + 1);
  if (!count) for (const name of names) found.addEventListener(name, delegate);
};

/** Handle them no more, unless something else stands here too.
 * @param {number} handle */
export const no_root = (handle) => {
  const found = node(handle);
  const count = roots.get(found) ?? 0;
  if (count > 1) roots.set(found, count - 1);
  else {
    roots.delete(found);
    for (const name of names) found.removeEventListener(name, delegate);
  }
};

/** The key of an event that the roots handle, undefined for one that its own element has to.
 * @param {string} name @param {number} flags @returns {string | undefined} */
export const delegated = (name, flags) => {
  if (flags || !DELEGATED.has(name)) return undefined;
  if (!names.has(name)) {
    names.add(name);
    for (const found of roots.keys()) found.addEventListener(name, delegate);
  }
  return `$${name}`;
};

/** Let a handler answer an event of an element.
 * @param {number} handle @param {string} name @param {number} id @param {number} flags */
export const listen = (handle, name, id, flags) => hear(element(handle), name, id, flags, false);

/** @param {Element} target @param {string} name @param {number} id @param {number} flags
 * @param {boolean} isFirst whether it answers before those that are there already */
export const hear = (target, name, id, flags, isFirst) => {
  const key = `$${name}${SUFFIXES[flags]}`;
  const handlers = handlersOf(target);
  const known = handlers[key];
  if (known === undefined) handlers[key] = id;
  else handlers[key] = isFirst ? [id].concat(known) : [known, id].flat();
  if (delegated(name, flags)) {
    if (is_custom(target)) target.addEventListener(name, unbubbled);
  } else if (known === undefined) {
    target.addEventListener(name, direct[flags], {
      capture: Boolean(flags & CAPTURE),
      passive: flags & PASSIVE ? true : undefined, // undefined leaves the browser's default
    });
  }
};

/** Let a handler answer a reset of the form that a control belongs to at that time.
 * @param {Element} control @param {number} id */
export const hear_resets = (control, id) => {
  handlersOf(control)[RESET] = id;
  delegated('reset', 0); // a reset in a shadow root is heard there only
  document.addEventListener('reset', after_reset, true);
};

/** Tell the controls of a form that it was reset: a task later, when the browser has done it.
 * @param {Walked} event */
const after_reset = (event) => {
  if (event.isFollowed) return;
  event.isFollowed = true;
  const form = /** @type {HTMLFormElement} */ (event.target);
  setTimeout(() => {
    if (event.defaultPrevented) return;
    for (const control of [...form.elements, ...form.querySelectorAll('[contenteditable]')]) {
      const id = handlersOf(control)[RESET];
      if (typeof id === 'number') dispatch(id);
    }
  });
};

/** @param {EventTarget} target @returns {Handlers} */
const handlersOf = (target) => /** @type {Handlers} */ (/** @type {unknown} */ (target));

/** The event that is being answered: many handlers never ask for it. One that a root hears for the
 * elements below tells of the element whose turn it is.
 * @returns {Event | undefined} */
export const event_now = () => {
  if (current) current.replayed ??= false;
  if (current && current.currentTarget !== place) {
    Object.defineProperty(current, 'currentTarget', { configurable: true, value: place });
  }
  return current;
};

/** @param {Walked} event @param {EventTarget} target @param {string} key */
export const call = (event, target, key) => {
  const outer = current;
  const outer_place = place;
  current = event;
  place = target;
  try {
    answer(event, handlersOf(target)[key]);
  } finally {
    current = outer;
    place = outer_place;
    Reflect.deleteProperty(event, 'currentTarget');
  }
};

/** @param {Walked} event @param {number | number[] | undefined} ids */
const answer = (event, ids) => {
  if (typeof ids === 'number') dispatch(ids);
  else if (ids) {
    const stop = event.stopImmediatePropagation;
    event.stopImmediatePropagation = () => {
      event.stoppedHere = true;
      stop.call(event);
    };
    for (const id of ids) if (!event.stoppedHere) dispatch(id);
  }
};

/** The listeners of elements themselves, by the flags. */
const direct = SUFFIXES.map((suffix) => /** @param {Event} event */ (event) =>
  call(event, /** @type {EventTarget} */ (event.currentTarget), `$${event.type}${suffix}`));

/** A custom element may tell of a change without letting that bubble to the root.
 * @param {Event} event */
const unbubbled = (event) => {
  if (!event.bubbles) call(event, /** @type {EventTarget} */ (event.currentTarget), `$${event.type}`);
};

/** Walk from the target up to the root, as the browser would have bubbled.
 * @param {Walked} event */
const delegate = (event) => {
  const stop = /** @type {EventTarget} */ (event.currentTarget);
  const path = event.composedPath();
  const key = `$${event.type}`;
  // A root inside a root: the inner one has walked its part already.
  let index = event.walkedTo ? path.indexOf(event.walkedTo) + 1 : 0;
  for (; index < path.length; index += 1) {
    const reached = path[index];
    if (handlersOf(reached)[key] !== undefined && !isDisabled(reached, event)) {
      call(event, reached, key);
      if (event.cancelBubble) break;
    }
    if (reached === stop) break;
  }
  if (event.type === 'reset') after_reset(event);
  event.walkedTo = stop;
};

/** A disabled control takes no mouse events, nor do they act through what it holds.
 * @param {EventTarget} target @param {Event} event */
const isDisabled = (target, event) =>
  event instanceof MouseEvent && target instanceof Element &&
  ('disabled' in target || is_custom(target)) && target.matches(':disabled');
