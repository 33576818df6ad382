/** Adopting: one walk finds a view's nodes in a server's page, and touches none of them. */
import { Findings, PLACE } from './findings.js';
import { is_comment, is_element, is_mark, is_text, next_mark } from './mismatches.js';
import { pattern_of } from './patterns.js';
import { inside } from './templates.js';

/** @typedef {import('./patterns.js').Pattern} Pattern */
/** @typedef {import('./findings.js').Before} Before */

/** In a plan: an empty text node that a server has not written. */
export const BOUND = -1;
/** Where the place of all begins; it has no mark at its end. */
export const ROOT = 0;

/** The element around what wakes up on its own. */
const ISLAND = 'gs-island';

/** Whether a view has no text at its begin: blanks there are how the page is laid out.
 * @param {number[]} plan */
export const begins_with_element = ([count, id]) =>
  count > 0 && id >= 0 && pattern_of(id).roots[0].type === Node.ELEMENT_NODE;

/** One walk through what an element holds. */
export class Walk extends Findings {
  /** What an element holds. @param {Element} target @param {number} anchor */
  root(target, anchor) {
    let node = target.firstChild;
    if (is_text(node) && !node.data.trim() && begins_with_element(this.plan)) {
      node = node.nextSibling; // how the page is laid out
    }
    if (this.forced.has(ROOT)) this.rebuild(ROOT, anchor, target, target.firstChild, null);
    else if (!this.plan[0]) this.place(anchor, node, target, { text: false });
    else {
      this.places.push({ start: ROOT, first: node, parent: target });
      const count = this.plan[this.at++];
      const after = this.entries(count, node, target, { text: false });
      if (is_mark(after) && target.localName === ISLAND && !after.nextSibling) {
        this.places.pop();
        this.fresh(anchor, target, after, after);
        return; // it is a place of a template as well
      }
      // Nodes of others may follow, unless something of ours has not been found.
      const isSure = !this.missing.has(target) && !this.last.has(target);
      const stray = next_mark(after) ?? (isSure ? null : after);
      if (stray) this.refuse('nothing of ours', stray, target);
      this.places.pop();
      this.fresh(anchor, target, after);
    }
  }

  /** @param {number} count @param {ChildNode | null} node @param {Node} parent @param {Before} before */
  entries(count, node, parent, before) {
    let current = node;
    for (let left = count; left > 0; left -= 1) current = this.entry(current, parent, before);
    return current;
  }

  /** @param {ChildNode | null} node @param {Node} parent @param {Before} before @returns {ChildNode | null} */
  entry(node, parent, before) {
    const id = this.plan[this.at++];
    const base = this.plan[this.at++];
    if (id === BOUND) {
      this.fresh(base, parent, node);
      return node;
    }
    if (id === PLACE) return this.place(base, node, parent, before);
    this.instances.push([id, base, this.plan[this.at++]]);
    const { id: outer, base: outer_base } = this;
    this.id = id;
    this.base = base;
    const after = this.all(pattern_of(id).roots, base, node, parent, before);
    this.id = outer;
    this.base = outer_base;
    return after;
  }

  /** A place of a template, or one with an anchor of its own.
   * @param {number} handle @param {ChildNode | null} node @param {Node} parent @param {Before} before
   * @returns {ChildNode | null} */
  place(handle, node, parent, before) {
    const start = this.at;
    const count = this.plan[this.at++];
    if (count < 0) {
      this.fresh(handle, parent, node);
      return node;
    }
    if (!count) return this.one_text(handle, this.texts[this.text++], node, parent, before);
    if (this.forced.has(start)) {
      const end = this.forced.get(start) ?? null;
      this.rebuild(start, handle, parent, node, end);
      before.text = false;
      return end?.nextSibling ?? null;
    }
    this.places.push({ start, first: node, parent });
    const end = this.entries(count, node, parent, before);
    if (!is_mark(end)) this.refuse('the end of a place', end, parent);
    this.places.pop();
    before.text = false;
    const after = end.nextSibling;
    this.fresh(handle, parent, end, end);
    return after;
  }

  /** Siblings of a template. @param {Pattern[]} patterns @param {number} base
   * @param {ChildNode | null} node @param {Node} parent @param {Before} before @returns {ChildNode | null} */
  all(patterns, base, node, parent, before) {
    let current = node;
    for (const pattern of patterns) {
      const { number } = pattern;
      if (pattern.isPlace) current = this.place(base + number, current, parent, before);
      else if (pattern.type === Node.TEXT_NODE) {
        const handle = number < 0 ? number : base + number;
        current = this.one_text(handle, /** @type {Text} */ (pattern.source).data, current, parent, before);
      } else {
        if (pattern.type === Node.ELEMENT_NODE) this.element(pattern, base, current, parent);
        else this.comment(/** @type {Comment} */ (pattern.source), current, parent);
        const found = /** @type {ChildNode} */ (current);
        if (number >= 0) this.found.push([base + number, found, pattern.source]);
        before.text = false;
        current = found.nextSibling;
      }
    }
    return current;
  }

  /** @param {Pattern} pattern @param {number} base @param {ChildNode | null} node @param {Node} parent */
  element(pattern, base, node, parent) {
    if (!is_element(node) || node.localName !== pattern.name) {
      this.refuse(`<${pattern.name}>`, node, parent);
    }
    if (pattern.isOpaque) return;
    const held = inside(/** @type {Node} */ (node));
    const rest = this.all(pattern.kids, base, held.firstChild, held, { text: false });
    if (rest) this.refuse('nothing more', rest, held);
  }

  /** @param {Comment} pattern @param {ChildNode | null} node @param {Node} parent */
  comment({ data }, node, parent) {
    if (!(is_comment(node) && node.data === data)) this.refuse(`the comment ${JSON.stringify(data)}`, node, parent);
  }
}
