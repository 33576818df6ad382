/** Early events: what users do before Python is up is kept, and answered when it is. */

/** @typedef {{ type: string, target: Element, event: Event }} Kept */
const TYPES = ['click', 'input', 'change', 'submit', 'keydown'];
/** Of these a control's last state is all that counts. */
const STATES = new Set(['input', 'change']);
const MOST = 50;
/** Milliseconds after which it can be seen that something waits. */
const SEEN = 150;

/** @type {Kept[]} */
let kept = [];
/** @type {Set<Node>} what answers for itself by now */
const alive = new Set();

/** @param {Event} event */
const keep = (event) => {
  const [target] = event.composedPath();
  const { type } = event;
  if (!(target instanceof Element) || [...alive].some((root) => root.contains(target))) return;
  const named = target.closest(`[data-on~=${type}]`);
  if (!named) return;
  if (named.matches(`[data-pd~=${type}]`)) event.preventDefault(); // later it cannot be done
  if (STATES.has(type)) kept = kept.filter((each) => each.type !== type || each.target !== target);
  if (kept.length === MOST) return;
  const entry = { type, target, event };
  kept.push(entry);
  if (!STATES.has(type)) setTimeout(() => kept.includes(entry) && named.setAttribute('data-pending', ''), SEEN);
};

/** @param {Element} root @returns {Kept[]} */
const take = (root) => {
  alive.add(root);
  const own = kept.filter(({ target }) => root.contains(target));
  kept = kept.filter((each) => !own.includes(each));
  for (const { target } of own) target.closest('[data-pending]')?.removeAttribute('data-pending');
  return own;
};

const discard = () => {
  if (kept.length) console.warn(`gossamer: ${kept.length} early events are lost, since Python did not start`);
  kept = [];
  for (const each of document.querySelectorAll('[data-pending]')) each.removeAttribute('data-pending');
};

for (const type of TYPES) addEventListener(type, keep, true);
addEventListener('gossamer:boot-error', discard);
Object.assign(globalThis, { __gossamer_early: take });
