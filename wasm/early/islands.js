/** Islands: parts of a page that wake up on their own; the first one that does starts Python. */
import './early.js';

/** @typedef {(island: Element, wake: () => void) => void} Wait */
const INTERACTIONS = ['pointerdown', 'focusin', 'keydown', 'click', 'input'];

/** How each waits. @type {Record<string, Wait>} */
const WAYS = {
  load: (_, wake) => wake(),
  idle: (_, wake) => ('requestIdleCallback' in globalThis
    ? requestIdleCallback(wake, { timeout: 2000 }) : setTimeout(wake, 200)),
  visible: (island, wake) => {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      wake();
    }, { rootMargin: '100px' });
    for (const child of island.children) observer.observe(child); // the island itself has no box
  },
  interaction: (island, wake) => {
    const woken = () => {
      for (const name of INTERACTIONS) island.removeEventListener(name, woken, true);
      wake();
    };
    for (const name of INTERACTIONS) island.addEventListener(name, woken, true);
  },
  media: (island, wake) => {
    const query = matchMedia(island.getAttribute('media') ?? '');
    if (query.matches) wake();
    else query.addEventListener('change', wake, { once: true });
  },
  never: () => {},
};

/** @type {Element[]} those whose time has come */
const called = [];
/** @type {WeakSet<Element>} */
const alive = new WeakSet();
/** @type {() => void} */
let tell = () => {};
let isStarted = false;
const { src, dataset } = /** @type {HTMLScriptElement} */ (document.currentScript);

/** Start Python, once: its scripts were of a type that nothing runs. */
const start = () => {
  if (isStarted) return;
  isStarted = true;
  for (const script of /** @type {NodeListOf<HTMLScriptElement>} */ (
    document.querySelectorAll('script[type="py-islands"]'))) script.type = 'py';
  const loader = document.createElement('script');
  loader.type = 'module';
  loader.src = dataset.loader ?? new URL('gossamer.js', src).href; // a build says where it stands
  loader.integrity = dataset.integrity ?? '';
  document.head.append(loader);
};

/** @param {Element} island what stands around it and sleeps */
const around = (island) => {
  let each = island.parentElement?.closest('gs-island');
  while (each && (alive.has(each) || each.getAttribute('wakes') === 'never')) {
    each = each.parentElement?.closest('gs-island');
  }
  return each;
};

/** An island that may be woken now. @returns {Element | undefined} */
const take = () => {
  const next = called.find((island) => !alive.has(island) && !around(island));
  if (!next) return undefined;
  alive.add(next);
  for (const inner of next.querySelectorAll('gs-island')) if (!in_slot(inner, next)) alive.add(inner);
  return next;
};

/** Whether an inner island is none of the outer's view. @param {Element} inner @param {Element} outer */
const in_slot = (inner, outer) => {
  const slot = inner.closest('gs-slot');
  return slot !== null && outer.contains(slot);
};

/** @param {() => void} given */
const listen = (given) => {
  tell = given;
};

const wait = () => {
  for (const island of document.querySelectorAll('gs-island')) {
    WAYS[island.getAttribute('wakes') ?? 'load']?.(island, () => {
      called.push(island);
      start();
      tell();
    });
  }
};

const sheet = new CSSStyleSheet();
sheet.replaceSync('gs-island, gs-slot { display: contents }');
document.adoptedStyleSheets.push(sheet);
Object.assign(globalThis, { __gossamer_islands: { take, listen } });
if (document.readyState === 'loading') addEventListener('DOMContentLoaded', wait);
else wait();
