/** Finds the Python scripts of the page and runs them, one after the other. */
import { supply, wanted } from './config.js';
import { Fault, report } from './faults.js';
import { ask, bytes_of, named } from './fetching.js';
import { settle, step } from './progress.js';
import { python } from './runtime.js';

/** @type {WeakSet<HTMLScriptElement>} */
const known = new WeakSet();
let count = 0;
let pending = 0;
let queue = Promise.resolve();

/** What a script says, and the name that tracebacks give it.
 * @param {HTMLScriptElement} script @param {boolean} fresh */
const source_of = async (script, fresh) => {
  const src = script.getAttribute('src');
  if (src === null) {
    const page = named(location.href) || 'index.html';
    return { name: script.id || `${page}, script ${count}`, source: script.text };
  }
  const url = new URL(src, document.baseURI).href;
  const bytes = await bytes_of(await ask(url, { fresh }), script.integrity);
  return { name: src.split(/[?#]/)[0], source: new TextDecoder().decode(bytes) };
};

/** The selector that a script's `target`, an id or a selector, stands for.
 * @param {HTMLScriptElement} script */
const target_of = (script) => {
  const target = script.getAttribute('target');
  if (!target) return undefined;
  const selector = document.getElementById(target) ? `#${CSS.escape(target)}` : target;
  if (document.querySelector(selector)) return selector;
  throw new Fault('app-error', `There is no element ${target} for the script to write to.`);
};

/** @param {HTMLScriptElement} script @param {string} type */
const tell = (script, type) =>
  script.dispatchEvent(new CustomEvent(type, { bubbles: true, detail: script }));

/** Run a script that has arrived. @param {HTMLScriptElement} script
 * @param {{name: string, source: string}} program @param {import('./config.js').Wanted} wanted */
const turn = async (script, { name, source }, wanted) => {
  const runtime = await python();
  await supply(runtime, wanted);
  step(`Running ${name}`);
  const target = target_of(script);
  settle();
  tell(script, 'py:ready');
  const trouble = await runtime.page.run(source, name, script.getAttribute('async'), target);
  if (!trouble) return void tell(script, 'py:done');
  const [subject, trace] = trouble.split(/\n(.*)/s);
  throw new Fault('app-error', subject, trace);
};

/** Begin to fetch a script at once, run it when its turn comes.
 * @param {HTMLScriptElement} script @param {boolean} [fresh] */
const enqueue = (script, fresh = false) => {
  /** @param {unknown} fault */
  const complain = (fault) => void report(fault).then(() => enqueue(script, true));
  const parts = Promise.all([source_of(script, fresh), wanted(script, fresh)]).catch(complain);
  pending++;
  queue = queue.then(async () => {
    const arrived = await parts;
    if (arrived) await turn(script, ...arrived);
  }).catch(complain).then(() => {
    settle();
    if (!--pending) dispatchEvent(new CustomEvent('py:all-done'));
  });
};

/** Take up every script that is new; a page that nobody may ever look at waits until somebody does. */
export const collect = () => {
  if (document.prerendering) return;
  /** @type {NodeListOf<HTMLScriptElement>} */
  const scripts = document.querySelectorAll('script[type=py]');
  for (const script of scripts) {
    if (known.has(script)) continue;
    known.add(script);
    count++;
    python();
    enqueue(script);
  }
};
