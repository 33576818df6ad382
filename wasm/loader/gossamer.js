/** Python in the page: finds `<script type="py">`, starts Python once, runs them. */
import { python } from './runtime.js';
import { collect } from './scripts.js';

/** Where a second copy of this module sees the first, and tests find Python. */
const MARK = Symbol.for('gossamer');

if (!(MARK in globalThis)) {
  const observer = new MutationObserver(collect);
  /** @type {any} */ (globalThis)[MARK] = Object.assign(python, { collect, observer });
  document.onprerenderingchange = collect;
  collect();
  observer.observe(document, { childList: true, subtree: true });
}
