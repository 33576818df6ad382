/** Where the visitor is: what a swap would lose beside the signals. */

/** The way to an element: the number of each child. @param {Element} element */
const way_to = (element) => {
  const way = [];
  for (let each = element; each.parentElement && each !== document.body; each = each.parentElement) {
    way.unshift([...each.parentElement.children].indexOf(each));
  }
  return way;
};

/** Remember the scroll and the focus. @returns {() => void} puts them back */
export const remembered = () => {
  const { scrollX, scrollY } = window;
  const active = document.activeElement;
  if (!active || active === document.body) return () => scrollTo(scrollX, scrollY);
  const way = way_to(active);
  const { selectionStart, selectionEnd } = /** @type {Partial<HTMLInputElement>} */ (active);
  return () => {
    scrollTo(scrollX, scrollY);
    if (active.isConnected) return;
    /** @type {Element | undefined} */
    let found = document.body;
    for (const index of way) found = found?.children[index];
    if (!(found instanceof HTMLElement) || found.tagName !== active.tagName) return;
    found.focus({ preventScroll: true });
    if (typeof selectionStart === 'number') {
      /** @type {HTMLInputElement} */ (found).setSelectionRange(selectionStart, selectionEnd ?? null);
    }
  };
};
