/** Building: what a plan says is made anew, where a server's page does not fit. */
import { BOUND } from './adopting.js';
import { PLACE } from './findings.js';
import { nodes } from './nodes.js';
import { pattern_of } from './patterns.js';
import { fill, prototypes } from './templates.js';

/** Makes the entries of a plan. */
export class Builder {
  /** @param {number[]} plan @param {string[]} texts */
  constructor(plan, texts) {
    this.plan = plan;
    this.texts = texts;
    this.at = 0;
    this.text = 0;
    /** @type {Set<number>} the numbers of what was made */
    this.made = new Set();
  }

  /** Make what belongs to an anchor. @param {number} handle */
  place(handle) {
    const count = this.plan[this.at++];
    const anchor = /** @type {Text} */ (nodes[handle]);
    if (!count) anchor.data = this.texts[this.text++];
    else this.entries(count, anchor);
  }

  /** @param {number} count @param {Node} before */
  entries(count, before) {
    for (let left = count; left > 0; left -= 1) this.entry(before);
  }

  /** @param {Node} before */
  entry(before) {
    const parent = /** @type {Node} */ (before.parentNode);
    const id = this.plan[this.at++];
    const base = this.plan[this.at++];
    if (id === BOUND || id === PLACE) {
      nodes[base] = parent.insertBefore(new Text(), before);
      if (id === PLACE) this.place(base);
      return;
    }
    const prototype = prototypes[id];
    const made = prototype.source.cloneNode(true);
    fill(prototype, made, base, this.plan[this.at++], undefined, 0);
    const { places, size } = pattern_of(id);
    for (let handle = base; handle < base + size; handle += 1) this.made.add(handle);
    parent.insertBefore(made, before);
    for (const number of places) this.place(base + number);
  }

  /** Make what is out of the page: the nodes themselves hold the fragment. */
  park() {
    const last = document.createDocumentFragment().appendChild(new Text());
    this.entries(this.plan[this.at++], last);
    last.remove();
  }
}
