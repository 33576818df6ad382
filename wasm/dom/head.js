/** What stands around the views. */
import { element, nodes } from './nodes.js';

/** @type {string | undefined} the title that the page came with, while another one stands there */
let own;

/** Write the page's title; undefined gives back its own. @param {string | undefined} title */
export const entitle = (title) => {
  own ??= document.title;
  document.title = title ?? own;
  if (title === undefined) own = undefined;
};

/** What an attribute is at this moment. @param {number} handle @param {string} name */
export const attribute_now = (handle, name) => element(handle).getAttribute(name) ?? undefined;

/** Make an element: a script that is made so runs when it enters, a copy of markup would not.
 * @param {number} handle @param {string} tag */
export const make = (handle, tag) => {
  nodes[handle] = document.createElement(tag);
};

/** What views have put into the head. @type {WeakSet<Node>} */
export const entered = new WeakSet();

/** Put an element at the end of the head; one like it that a server has written takes its number.
 * @param {number} handle */
export const enter_head = (handle) => {
  const made = element(handle);
  const { head } = document;
  const known = [...head.children].find((each) => !entered.has(each) && each.isEqualNode(made));
  const found = known ?? head.appendChild(made);
  entered.add(found);
  nodes[handle] = found;
};
