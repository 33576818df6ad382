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

const HEADLINE = 'This page could not start. ';
const RELOAD = 'Reload the page.';
/** What happened and what to do, by reason code. @type {Record<string, string>} */
const WORDS = {
  network: 'The connection failed. Check it, then retry.',
  timeout: 'Nothing more arrived. Check the connection, then retry.',
  'runtime-missing': 'The server does not have this file. Retry, or tell the site.',
  'runtime-corrupt': 'This file is damaged or is something else. Retry, or tell the site.',
  'app-missing': 'The server does not have this file. Retry, or tell the site.',
  integrity: 'This file is not the one the page asked for. Retry, or tell the site.',
  csp: "The site’s security policy forbids it: it needs script-src 'self' 'wasm-unsafe-eval'.",
  'unsupported-browser': 'The browser lacks what Python needs. Use a newer one.',
  'out-of-memory': 'There is not enough memory. Close other pages, then retry.',
  'app-error': 'The program stopped with an error.',
  fatal: `Python has stopped for good. ${RELOAD}`,
};

/** Show a fault at the top of the page, and say it in an event; the rest of the page stays.
 * @param {unknown} error @returns {Promise<void>} settled when the visitor wants to try again */
export const report = (error) => {
  const fault = error instanceof Fault ? error : new Fault('app-error', String(error), error);
  const { reason, subject, cause } = fault;
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
  add('strong', ours ? WORDS[reason] : HEADLINE + WORDS[reason]);
  add('p', ours ? subject : `${subject} (${reason})`);
  if (detail) add('pre', detail);
  const button = add('button', ours ? 'Reload' : 'Retry');
  dress();
  document.body.prepend(box);
  if (!reason.startsWith('app-')) {
    dispatchEvent(new CustomEvent('gossamer:boot-error', { detail: { reason, subject, message: WORDS[reason] } }));
  }
  return new Promise((resolve) => {
    button.onclick = () => {
      if (ours) return location.reload();
      box.remove();
      resolve();
    };
  });
};
