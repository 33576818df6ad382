/** The table of nodes: Python holds the numbers, this side the nodes. */

/** @type {(Node | undefined)[]} number -> node; 0 stands for "none" */
export const nodes = [undefined];

/** The node behind a number that Python handed out.
 * @param {number} handle @returns {Node} */
export const node = (handle) => {
  const found = nodes[handle];
  if (!found) throw new Error(`no node ${handle}: it was released`);
  return found;
};

/** @param {number} handle @returns {HTMLElement} */
export const element = (handle) => /** @type {HTMLElement} */ (node(handle));

/** Give a node of the page a number.
 * @param {number} handle @param {Node} found */
export const adopt = (handle, found) => {
  nodes[handle] = found;
};

/** Find an element of the page: an id, `#id`, or any selector; "" is <body>.
 * @param {number} handle @param {string} selector @returns {boolean} */
export const find = (handle, selector) => {
  const found = selector
    ? document.getElementById(selector) ?? query(selector)
    : document.body;
  if (found) nodes[handle] = found;
  return Boolean(found);
};

/** @param {string} selector */
const query = (selector) => {
  try {
    return document.querySelector(selector);
  } catch {
    return null; // not a selector: the caller says that nothing was found
  }
};

/** Forget `count` numbers from `base` on, so that the nodes can be collected.
 * @param {number} base @param {number} count */
export const release = (base, count) => {
  nodes.fill(undefined, base, base + count);
};

/** How many nodes the table holds: for leak tests.
 * @returns {number} */
export const held = () => nodes.reduce((sum, entry) => (entry ? sum + 1 : sum), 0);

/** Give the node so many siblings after another one a number.
 * @param {number} handle @param {number} before @param {number} distance */
export const sibling = (handle, before, distance) => {
  let found = node(before);
  for (let step = 0; step < distance; step += 1) found = /** @type {Node} */ (found.nextSibling);
  nodes[handle] = found;
};

/** @param {Element} found @returns {boolean} whether pages can give it a class of its own */
export const is_custom = (found) => found.localName.includes('-');
