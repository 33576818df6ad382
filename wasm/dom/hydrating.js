/** Hydrating: a server's page becomes that of a view, node by node. */
import { adopt } from './mending.js';
import { Builder } from './building.js';
import { is_element } from './mismatches.js';
import { enter_again, entries_of } from './keeping.js';
import { root } from './events.js';
import { element, nodes } from './nodes.js';
import { retell } from './retelling.js';
import { hear_all, prototypes } from './templates.js';

/** What stays when all that an element holds is made anew: it may have been there before. */
const KEPT = 'link, script, style, template';

/** Take out what stands at a place, and put its anchor there.
 * @param {import('./findings.js').Anew} place */
const clear = ({ handle, parent, first, end }) => {
  nodes[handle] = parent.insertBefore(new Text(), first);
  const entries = [];
  for (let node = first; node && node !== end;) {
    const next = node.nextSibling;
    if (end || !(is_element(node) && node.matches(KEPT))) {
      entries.push(...entries_of(node));
      node.remove();
    }
    node = next;
  }
  end?.remove();
  return entries;
};

/** Let a view take over what an element holds. @param {number} handle of the element
 * @param {number} anchor of the view @param {string} plan @param {string} texts
 * @param {string} writes @param {string} joint what the last two are joined by
 * @param {boolean} is_strict whether to tell of texts that differ
 * @returns {string | undefined} what differed and what was made, as JSON */
export const hydrate = (handle, anchor, plan, texts, writes, joint, is_strict) => {
  const target = element(handle);
  root(handle);
  const numbers = plan.split(',').map(Number);
  const parts = texts.split(joint);
  const { walk, faults } = adopt(target, anchor, numbers, parts);
  /** @type {Map<Node, Node>} node -> what its template has in its place */
  const sources = new Map();
  for (const [number, node, source] of walk.found) {
    nodes[number] = node;
    if (source) sources.set(node, source);
  }
  for (const [id, base, listener] of walk.instances) hear_all(prototypes[id], base, listener);
  for (const edit of walk.edits) edit();
  const builder = new Builder(numbers, parts);
  const entries = walk.anew.flatMap((place) => clear(place));
  for (const { handle: place, at, text } of walk.anew) {
    builder.at = at;
    builder.text = text;
    builder.place(place);
  }
  builder.at = walk.at;
  builder.text = walk.text;
  while (builder.at < numbers.length) builder.park();
  retell(writes ? writes.split(joint) : [], builder.made, sources);
  enter_again(target, entries);
  const told = is_strict ? faults : faults.filter(({ kind }) => kind !== 'text');
  if (!told.length && !builder.made.size) return undefined;
  return JSON.stringify({ faults: told, made: [...builder.made] });
};
