/** The Navigation API: the address changes when the view is ready, also on the way back. */
import { BITS, LEAVE, REFUSE, REPLACE, TRAVERSE, place } from './addresses.js';
import { BEGIN, GIVE_UP, ask } from './calls.js';
import { ask_for, leave_page, show, ways } from './routing.js';

/** @typedef {import('./routing.js').Way} Way */

/** @param {{ getState(): unknown }} entry */
const state_of = (entry) => /** @type {{ gossamer?: string } | undefined} */ (entry.getState())?.gossamer ?? '';

/** Let a way take the place of what the browser would do. @param {NavigateEvent} event @param {Way} way */
const intercept = (event, way) => {
  const { promise, resolve, reject } = /** @type {PromiseWithResolvers<void>} */ (Promise.withResolvers());
  way.ready = { resolve: () => resolve(), reject };
  event.signal.addEventListener('abort', () => {
    if (ways.get(way.number) !== way) return;
    ways.delete(way.number);
    ask(GIVE_UP, way.number, '', '');
  });
  const ready = () => {
    ask(BEGIN, way.number, '', '');
    return promise;
  };
  const arrive = () => show(way, () => {});
  event.intercept({
    scroll: 'manual',
    focusReset: 'manual',
    ...event.cancelable ? { precommitHandler: ready, handler: arrive }
      : { handler: () => ready().then(arrive) },
  });
};

/** The wish that an event of the browser's own stands for, if it is one: back, forward, and a hash
 * that somebody has written into the address bar. Links were asked about when they were clicked.
 * @param {NavigateEvent} event @returns {number | undefined} the flags */
const flags_of = (event) => {
  const { destination, navigationType } = event;
  if (navigationType === 'traverse') {
    if (!destination.sameDocument) return undefined;
    return TRAVERSE | destination.index - (navigation.currentEntry?.index ?? 0) << BITS;
  }
  if (!place.is_hash || navigationType === 'reload') return undefined;
  return navigationType === 'replace' ? REPLACE : 0;
};

/** Whether the next way only takes back one that could not be stopped. */
let is_echo = false;

/** Keep the visitor where he is. A browser lets a page do so once only until he does something:
 * after that he goes, and comes back. @param {NavigateEvent} event @param {number} flags */
const refuse = (event, flags) => {
  if (event.cancelable) return event.preventDefault();
  is_echo = true;
  return event.intercept({
    scroll: 'manual',
    focusReset: 'manual',
    handler: async () => history.go(-(flags >> BITS)),
  });
};

/** @param {NavigateEvent} event */
const navigated = (event) => {
  if (is_echo) {
    is_echo = false;
    return event.intercept({ scroll: 'manual', focusReset: 'manual' });
  }
  const own = ways.get(/** @type {{ gossamer?: number } | undefined} */ (event.info)?.gossamer ?? 0);
  if (own) return intercept(event, own);
  if (!event.canIntercept || event.downloadRequest !== null || event.formData) return undefined;
  if (event.hashChange && !place.is_hash) return leave_page();
  const flags = flags_of(event);
  if (flags === undefined) return undefined;
  const { destination } = event;
  const state = state_of(destination);
  const number = ask_for(new URL(destination.url), flags, state);
  if (number === REFUSE) return refuse(event, flags);
  if (number === LEAVE) return undefined;
  const way = { number, url: destination.url, flags, state };
  ways.set(number, way);
  return intercept(event, way);
};

/** @returns {import('./routing.js').BackEnd} */
export const modern = () => {
  navigation.addEventListener('navigate', navigated);
  return {
    key: () => navigation.currentEntry?.key ?? '',
    begin: (way) => {
      const { committed, finished } = navigation.navigate(way.url, {
        history: way.flags & REPLACE ? 'replace' : 'push',
        info: { gossamer: way.number },
        state: { gossamer: way.state },
      });
      for (const outcome of [committed, finished]) outcome?.catch(() => {}); // dropped: a newer way
    },
    commit: (way) => way.ready?.resolve(),
    stop: () => navigation.removeEventListener('navigate', navigated),
  };
};
