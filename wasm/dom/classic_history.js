/** The History API: where there is no Navigation API, or none that waits before it commits. */
import {
  BITS, LEAVE, REFUSE, REPLACE, TRAVERSE, address_of, page_of, place,
} from './addresses.js';
import { BEGIN, ask } from './calls.js';
import { ask_for, leave_page, show, ways } from './routing.js';

/** @typedef {{ key: string, index: number, state: string }} Entry */

/** @returns {Entry | undefined} */
const entry_now = () => history.state?.gossamer;

/** @param {number} index @param {string} state @returns {{ gossamer: Entry }} */
const entry_of = (index, state) => ({ gossamer: { key: crypto.randomUUID(), index, state } });

/** @returns {import('./routing.js').BackEnd} */
export const classic = () => {
  if (!entry_now()) history.replaceState({ ...history.state, ...entry_of(0, '') }, '');
  let current = /** @type {Entry} */ (entry_now());
  let page = page_of(address_of(location) ?? '');
  let is_echo = false;

  /** The address has changed already: say so, or go back. */
  const popped = () => {
    if (is_echo) {
      is_echo = false;
      return;
    }
    const was = current;
    const is_new = !entry_now(); // a fragment: the browser has made the entry
    if (is_new) history.replaceState(entry_of(current.index + 1, ''), '');
    current = /** @type {Entry} */ (entry_now());
    const address = address_of(location) ?? '';
    if (!place.is_hash && page_of(address) === page) {
      leave_page();
      return;
    }
    const distance = current.index - was.index;
    const flags = TRAVERSE | distance << BITS;
    const number = ask_for(new URL(location.href), flags, current.state);
    if (number === REFUSE) {
      is_echo = true;
      current = was;
      history.go(-distance);
    } else if (number !== LEAVE) {
      leave_page();
      page = page_of(address);
      const { state } = current;
      ways.set(number, {
        number, url: location.href, flags: is_new ? 0 : flags, state, isThere: true,
      });
      ask(BEGIN, number, '', '');
    }
  };
  addEventListener('popstate', popped);

  return {
    key: () => current.key,
    begin: (way) => ask(BEGIN, way.number, '', ''),
    commit: (way) => show(way, () => {
      const { flags, state, url } = way;
      if (way.isThere) return;
      const replaces = Boolean(flags & REPLACE);
      const next = entry_of(current.index + (replaces ? 0 : 1), state);
      history[replaces ? 'replaceState' : 'pushState'](next, '', url);
      current = next.gossamer;
      page = page_of(address_of(location) ?? '');
    }),
    stop: () => removeEventListener('popstate', popped),
  };
};
