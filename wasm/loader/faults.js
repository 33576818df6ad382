/** What can go wrong, and how the page says it. */
import { dress } from './style.js';

/** A reason code, the file or script it is about, and what lies beneath. */
export class Fault extends Error {
  /** @param {string} reason @param {string} subject @param {unknown} [cause] */
  constructor(reason, subject, cause) {
    super(`${reason}: ${subject}`, { cause });
    this.reason = reason;
    this.subject = subject;
  }
}

const RETRY = 'Retry, or tell the site.';
const ABSENT = `The server does not have it. ${RETRY}`;
const CONNECTION = 'Check the connection, then retry.';
/** What happened and what to do, by reason code. @type {Record<string, string>} */
const WORDS = {
  network: CONNECTION,
  timeout: `Nothing came. ${CONNECTION}`,
  'runtime-missing': ABSENT,
  'runtime-corrupt': `It is damaged. ${RETRY}`,
  'app-missing': ABSENT,
  integrity: `It is not what the page asked for. ${RETRY}`,
  csp: "The site’s policy forbids it: it needs script-src 'self' 'wasm-unsafe-eval'.",
  'unsupported-browser': 'The browser lacks it. Use a newer one.',
  'out-of-memory': 'Close other pages, then retry.',
  'app-error': 'The program stopped with an error.',
  fatal: 'Python has stopped for good. Reload the page.',
};

/** What the page says already: one box a reason, so that one retry mends all that it hit.
 * @type {Map<string, Promise<void>>} */
const said = new Map();

/** Show a fault at the top of the page, and say it in an event; the rest of the page stays.
 * @param {unknown} error @returns {Promise<void>} settled when the visitor wants to try again */
export const report = (error) => {
  const fault = error instanceof Fault ? error : new Fault('app-error', String(error), error);
  const { reason, subject, cause } = fault;
  const standing = said.get('fatal') ?? said.get(reason);
  if (standing) return standing;
  const ours = reason === 'app-error' || reason === 'fatal';
  const detail = cause instanceof Error ? cause.message : String(cause ?? '');
  console.error(`gossamer: ${fault.message}`, cause ?? '');
  const box = document.createElement('div');
  box.className = 'gossamer-error';
  box.role = 'alert';
  box.dataset.reason = reason;
  /** @param {string} tag @param {string} text */
  const add = (tag, text) => {
    const element = document.createElement(tag);
    element.textContent = text;
    box.append(element);
    return element;
  };
  add('strong', ours ? WORDS[reason] : `Could not load ${subject} (${reason})`);
  add('p', ours ? subject : WORDS[reason]);
  if (detail) add('pre', detail);
  const button = add('button', ours ? 'Reload' : 'Retry');
  dress();
  document.body.prepend(box);
  dispatchEvent(new CustomEvent('gossamer:boot-error', { detail: { reason, subject } }));
  /** @type {Promise<void>} */
  const retried = new Promise((resolve) => {
    button.onclick = () => {
      if (ours) return location.reload();
      said.delete(reason);
      box.remove();
      resolve();
    };
  });
  if (reason !== 'app-error') said.set(reason, retried);
  return retried;
};
