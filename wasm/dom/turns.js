/** Turns of Python: what it changes in the page meanwhile is no news to the loader. */

/** @type {{observer?: MutationObserver, collect(): void}} set by the loader, which looks for scripts */
const { observer, collect } = /** @type {any} */ (globalThis)[Symbol.for('gossamer')] ?? {};
let isTurn = false;
let isUnseen = false;

/** Give a function of Python its turn.
 * @param {() => void} act */
export const turn = (act) => {
  const isInner = isTurn;
  isTurn = true;
  try {
    act();
  } finally {
    isTurn = isInner;
    if (isUnseen && !isInner) {
      isUnseen = false;
      observer?.observe(document, { childList: true, subtree: true });
    }
  }
};

/** Let what follows in this turn be unseen: to note each of a thousand rows, and then to search
 * the page for scripts, costs a tenth of making the rows. */
export const go_unseen = () => {
  if (!isTurn || isUnseen || !observer) return;
  isUnseen = true;
  if (observer.takeRecords().length) collect();
  observer.disconnect();
};
