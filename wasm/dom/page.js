/** The page around the apps: what it is told, and where Python finds its corners. */
import { unveil } from './built.js';
import { element, nodes } from './nodes.js';
import { turn } from './turns.js';

/** Say that an app stands in the page, in an element unless the handle is 0: what a build has put
 * there for visitors to read goes.
 * @param {number} handle */
export const announce = (handle) => {
  if (handle) unveil(handle);
  const { documentElement } = document;
  if (documentElement.dataset.gossamer === 'ready') return;
  documentElement.dataset.gossamer = 'ready';
  documentElement.dispatchEvent(new CustomEvent('gossamer:ready', { bubbles: true }));
};

/** Write an error where developers look.
 * @param {string} message */
export const report = (message) => {
  console.error(message);
};

/** Give an element's open shadow root, made when there is none, a number.
 * @param {number} handle @param {number} host */
export const shadow = (handle, host) => {
  const found = element(host);
  nodes[handle] = found.shadowRoot ?? found.attachShadow({ mode: 'open' });
};

/** Write a warning where developers look.
 * @param {string} message */
export const warn = (message) => {
  console.warn(message);
};

/** @type {() => void} */
let flush = () => {};

/** Hand over what runs the work that is queued.
 * @param {() => void} given */
export const on_flush = (given) => {
  flush = given;
};

/** Run the queued work once the current task's own code has ended. */
export const schedule = () => queueMicrotask(() => turn(flush));

/** @type {() => void} */
let tidy = () => {};

/** Hand over what frees memory.
 * @param {() => void} given */
export const on_tidy = (given) => {
  tidy = given;
};

/** Free memory after the next frame: a visitor does not wait for it. */
export const tidy_later = () => {
  setTimeout(() => tidy());
};
