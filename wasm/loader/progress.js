/** How far the start has come, for eyes and for screen readers. */
import { dress } from './style.js';

const PATIENCE = 150; // a start that is quicker than this shows nothing

let received = 0;
let text = '';
/** @type {ReturnType<typeof setTimeout> | undefined} */
let appearance;
/** The page's own element, or ours once it has appeared. @type {HTMLElement | null} */
let place = null;
let own = false;

const appear = () => {
  place = document.querySelector('[data-gossamer-progress]');
  own = !place;
  if (place) place.hidden = false;
  else {
    dress();
    place = document.createElement('div');
    place.className = 'gossamer-progress';
    place.role = 'status';
    place.append(document.createElement('span'), document.createElement('progress'));
    document.body.prepend(place);
  }
  paint();
};

const paint = () => {
  if (!place) return;
  const share = Math.min(received / SIZE, 1);
  const bar = place.querySelector('progress');
  const words = place.querySelector('span');
  place.style.setProperty('--gossamer-progress', String(share));
  if (words && words.textContent !== text) words.textContent = text;
  if (bar) {
    bar.value = share;
    bar.title = `${(received / 1e6).toFixed(1)} MB`;
  }
};

/** Say what happens now. @param {string} now */
export const step = (now) => {
  text = now;
  appearance ??= setTimeout(appear, PATIENCE);
  paint();
  dispatchEvent(new CustomEvent('py:progress', { detail: now }));
};

/** Count what came over the wire. @param {number} bytes */
export const arrived = (bytes) => {
  received += bytes;
  paint();
};

/** Take the signs away, until the next step. */
export const settle = () => {
  clearTimeout(appearance);
  appearance = undefined;
  received = 0;
  if (own) place?.remove();
  else if (place) place.hidden = true;
  place = null;
};
