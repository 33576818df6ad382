/** Findings: what a walk through a server's page has found, and what is to be done about it. */
import { describe, is_mark, is_text, Mismatch, path_of, readable } from './mismatches.js';
import { pattern_of } from './patterns.js';

/** @typedef {import('./mismatches.js').Place} Place */
/** @typedef {import('./mismatches.js').Fault} Fault */
/** @typedef {{
 *   handle: number, at: number, text: number, parent: Node, first: ChildNode | null,
 *   end: Comment | null,
 * }} Anew a place to be built anew: its anchor, where the plan speaks of it, what stands there
 */
/** @typedef {{ text: boolean }} Before whether the node before is a text */

/** In a plan: an anchor with what stands before it. */
export const PLACE = -2;

/** What one walk has found. */
export class Findings {
  /** @param {number[]} plan @param {string[]} texts
   * @param {Map<number, Comment | null>} forced places to be built anew, each to its mark */
  constructor(plan, texts, forced) {
    this.plan = plan;
    this.texts = texts;
    this.forced = forced;
    this.at = 0;
    this.text = 0;
    /** @type {[handle: number, node: Node, source: Node | null][]} */
    this.found = [];
    /** @type {[id: number, base: number, listener: number][]} */
    this.instances = [];
    /** @type {(() => void)[]} */
    this.edits = [];
    /** @type {Anew[]} */
    this.anew = [];
    /** @type {Fault[]} texts that differ */
    this.faults = [];
    /** @type {Place[]} */
    this.places = [];
    /** @type {Set<Node>} what misses a text */
    this.missing = new Set();
    /** @type {Map<Node, number>} the last place below a node that is built anew */
    this.last = new Map();
    /** @type {Map<number, Place[]>} what is around each of those */
    this.around = new Map();
    this.id = -1;
    this.base = 0;
  }

  /** @param {string} kind @param {string} expected @param {ChildNode | null} node @param {Node} parent
   * @returns {Fault} */
  fault(kind, expected, node, parent) {
    return { kind, expected, found: describe(node), path: path_of(parent), id: this.id, base: this.base };
  }

  /** @param {string} expected @param {ChildNode | null} node @param {Node} parent @returns {never} */
  refuse(expected, node, parent) {
    throw new Mismatch(this.fault('node', expected, node, parent), parent, [...this.places]);
  }

  /** An anchor that the page has not. @param {number} handle @param {Node} parent
   * @param {ChildNode | null} next @param {Comment} [mark] the mark that it takes the place of */
  fresh(handle, parent, next, mark) {
    const made = new Text();
    this.found.push([handle, made, null]);
    this.edits.push(() => {
      parent.insertBefore(made, next);
      mark?.remove();
    });
  }

  /** @param {number} handle -1 for a static text @param {string} text @param {ChildNode | null} node
   * @param {Node} parent @param {Before} before @returns {ChildNode | null} */
  one_text(handle, text, node, parent, before) {
    let current = node;
    if (before.text) {
      if (!is_mark(current)) this.refuse('a mark between two texts', current, parent);
      const mark = current;
      current = mark.nextSibling;
      this.edits.push(() => mark.remove());
    }
    before.text = true;
    if (!is_text(current)) {
      if (handle < 0) this.refuse(`the text ${JSON.stringify(text)}`, current, parent);
      const made = /** @type {ChildNode} */ (new Text(text));
      const next = current;
      if (text) {
        this.faults.push(this.fault('text', JSON.stringify(text), current, parent));
        this.missing.add(parent);
      }
      this.found.push([handle, made, null]);
      this.edits.push(() => parent.insertBefore(made, next));
      return current;
    }
    const found = current;
    let { data } = found;
    let after = found.nextSibling;
    while (is_text(after)) { // a parser cuts a long text into several
      const piece = after;
      data += piece.data;
      after = after.nextSibling;
      this.edits.push(() => piece.remove());
    }
    if (data !== text && data !== readable(text)) {
      this.faults.push(this.fault('text', JSON.stringify(text), found, parent));
      this.edits.push(() => { found.data = text; });
    } else if (data !== found.data) this.edits.push(() => { found.data = data; });
    if (handle >= 0) this.found.push([handle, found, null]);
    return after;
  }

  /** @param {number} start where the plan speaks of it @param {number} handle @param {Node} parent
   * @param {ChildNode | null} first @param {Comment | null} end */
  rebuild(start, handle, parent, first, end) {
    this.at = start;
    this.last.set(parent, this.at);
    this.around.set(this.at, [...this.places]);
    this.anew.push({ handle, at: this.at, text: this.text, parent, first, end });
    this.skip();
  }

  /** Pass over a place in the plan. */
  skip() {
    const count = this.plan[this.at++];
    if (!count) this.text += 1;
    for (let left = count; left > 0; left -= 1) {
      const id = this.plan[this.at++];
      this.at += 1;
      if (id === PLACE) this.skip();
      if (id < 0) continue;
      this.at += 1;
      for (const _ of pattern_of(id).places) this.skip();
    }
  }
}
