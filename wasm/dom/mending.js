/** Mending: where a page is not what its view says, the smallest place around is built anew. */
import { begins_with_element, ROOT, Walk } from './adopting.js';
import { is_text, Mismatch, next_mark } from './mismatches.js';

/** @typedef {import('./mismatches.js').Place} Place */
/** @typedef {import('./mismatches.js').Fault} Fault */
/** @typedef {Map<number, Comment | null>} Forced places to be built anew, each up to its mark */

/** How many places are built anew before all is. */
const MOST = 50;

/** Walk until page and view agree.
 * @param {Element} target @param {number} anchor @param {number[]} plan @param {string[]} texts
 * @returns {{ walk: Walk, faults: Fault[] }} */
export const adopt = (target, anchor, plan, texts) => {
  /** @type {Forced} */
  const forced = new Map();
  /** @type {Fault[]} */
  const faults = [];
  if (is_empty(target, begins_with_element(plan))) forced.set(ROOT, null);
  for (;;) {
    const walk = new Walk(plan, texts, forced);
    try {
      walk.root(target, anchor);
      return { walk, faults: [...faults, ...walk.faults] };
    } catch (error) {
      if (!(error instanceof Mismatch)) throw error;
      const last = walk.last.get(error.parent);
      if (last !== undefined && reach_farther(forced, last)) continue;
      if (last === undefined) faults.push(error.fault);
      const places = last === undefined ? error.places : walk.around.get(last) ?? [];
      if (faults.length < MOST) mend(forced, places);
      else forced.set(ROOT, null);
      if (misses_comment(faults[0]) && has_no_comments(target)) faults[0].kind = 'comments';
    }
  }
};

/** Let a place that is built anew reach to the next mark: what follows it did not fit.
 * @param {Forced} forced @param {number} start @returns {boolean} whether there is one */
const reach_farther = (forced, start) => {
  const mark = next_mark(forced.get(start)?.nextSibling ?? null);
  if (mark) forced.set(start, mark);
  else forced.delete(start);
  return Boolean(mark);
};

/** Build the innermost place anew that has an end.
 * @param {Forced} forced @param {Place[]} places */
const mend = (forced, places) => {
  for (const { start, first } of places.toReversed()) {
    const mark = start === ROOT ? null : next_mark(first);
    if (start === ROOT || mark) {
      forced.set(start, mark);
      return;
    }
  }
  forced.set(ROOT, null);
};

/** Whether a server has written nothing. @param {Element} target
 * @param {boolean} is_laid_out whether blanks are none of the view's */
const is_empty = (target, is_laid_out) => [...target.childNodes].every(
  (node) => is_laid_out && is_text(node) && !node.data.trim());

/** @param {Fault} fault */
const misses_comment = ({ expected }) => /^(a mark|the end|the comment) /.test(expected);

/** @param {Element} target */
const has_no_comments = (target) =>
  !document.createNodeIterator(target, NodeFilter.SHOW_COMMENT).nextNode();
