/** Shows an error over the page, until it is mended or closed. */

/** @typedef {{kind: string, what: string, why: string, fix: string, file: string, line: number,
 *   column: number, source: [number, string][], path: string, at: string, frames: string[]}} Fault */

const RULES = `
dialog { box-sizing: border-box; width: min(56rem, calc(100vw - 2rem)); max-height: calc(100dvh - 2rem);
  margin: auto; padding: 0; overflow: auto; border: 0; border-top: 4px solid #c8402f;
  border-radius: 6px; background: #fffdfa; color: #1d1a16;
  box-shadow: 0 1.5rem 4rem rgb(0 0 0 / 0.3); font: 1rem/1.5 system-ui, sans-serif; color-scheme: light }
dialog:focus { outline: none }
dialog::backdrop { background: rgb(20 16 12 / 0.45) }
header { display: flex; gap: 1rem; align-items: start; padding: 1.25rem 1.5rem 0 }
h1 { flex: 1; margin: 0; font: 600 1.25rem/1.35 system-ui, sans-serif; overflow-wrap: anywhere }
h1 small { display: block; color: #b03022; font: 600 0.8125rem/1.6 ui-monospace, monospace }
button { padding: 0.25rem 0.75rem; border: 1px solid currentColor; border-radius: 999px;
  background: none; color: inherit; font: inherit; font-size: 0.875rem; cursor: pointer }
button:focus-visible { outline: 2px solid #c8402f; outline-offset: 2px }
main { padding: 0.5rem 1.5rem 1.5rem }
p { margin: 0.75rem 0 0; overflow-wrap: anywhere }
p.place { font: 0.875rem/1.5 ui-monospace, monospace }
p.path, p.more { color: #6b6258; font-size: 0.875rem }
p.fix { padding: 0.6rem 0.9rem; border-left: 3px solid #2f7d4f; background: #eef6f0 }
pre { margin: 0.75rem 0 0; padding: 0.75rem 0; overflow: auto; border-radius: 4px; background: #f3eee6;
  font: 0.8125rem/1.6 ui-monospace, monospace; tab-size: 4 }
pre span { display: block; padding: 0 1rem; white-space: pre }
pre b { display: inline-block; width: 3.5ch; margin-right: 1.5ch; color: #8d8378; font-weight: 400;
  text-align: right; user-select: none }
pre .here { background: #f9dcd6 }
pre .caret { color: #b03022; line-height: 1 }
details { margin-top: 0.75rem; font-size: 0.875rem }
summary { cursor: pointer }
@media (prefers-color-scheme: dark) {
  dialog { background: #211d19; color: #f0e9e0; color-scheme: dark }
  h1 small, pre .caret { color: #ff9a8a }
  p.path, p.more { color: #aa9f92 }
  p.fix { background: #1c2a21; border-color: #59b581 }
  pre { background: #171411 }
  pre .here { background: #4a2019 }
}`;

/** @type {HTMLDialogElement | null} */
let dialog = null;
let more = 0;

/** @param {string} tag @param {string} text @param {string} [name] */
const made = (tag, text, name = '') => {
  const element = document.createElement(tag);
  element.textContent = text;
  if (name) element.className = name;
  return element;
};

/** A sentence that stands alone. @param {string} text */
const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** The lines around, with the one that failed and a mark under its column. @param {Fault} fault */
const source_of = ({ source, line, column }) => {
  const block = made('pre', '');
  block.tabIndex = 0;
  block.ariaLabel = 'The source';
  for (const [number, text] of source) {
    const row = made('span', '', number === line ? 'here' : '');
    row.append(made('b', String(number)), text);
    block.append(row);
    if (number !== line) continue;
    const blank = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
    const mark = made('span', '', 'here caret');
    mark.ariaHidden = 'true';
    mark.append(made('b', ''), `${blank}^`);
    block.append(mark);
  }
  return block;
};

/** @param {Fault} fault */
const body_of = (fault) => {
  const body = made('main', '');
  if (fault.line) {
    body.append(made('p', `${fault.file}, line ${fault.line}, column ${fault.column}`, 'place'));
  }
  if (fault.source.length) body.append(source_of(fault));
  if (fault.path) body.append(made('p', `In ${fault.path}`, 'path'));
  if (fault.at) body.append(made('p', `At ${fault.at}`, 'path'));
  if (fault.why) body.append(made('p', sentence(fault.why)));
  if (fault.fix) body.append(made('p', sentence(fault.fix), 'fix'));
  if (fault.frames.length > 1) {
    const calls = made('details', '');
    const list = made('ol', '');
    list.append(...fault.frames.map((frame) => made('li', frame)));
    calls.append(made('summary', 'Called by'), list);
    body.append(calls);
  }
  return body;
};

/** Show an error; one that follows another is only counted: the first is likely its cause.
 * @param {Fault} fault */
export const show = (fault) => {
  if (dialog) {
    more++;
    const line = dialog.querySelector('.more') ?? made('p', '', 'more');
    line.textContent = `And ${more} more after it; the console has them.`;
    dialog.querySelector('main')?.append(line);
    return;
  }
  const host = made('div', '');
  host.dataset.gossamerOverlay = '';
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(RULES);
  root.adoptedStyleSheets = [sheet];
  dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'what');
  const head = made('header', '');
  const title = made('h1', '');
  title.id = 'what';
  title.append(made('small', fault.kind), fault.what);
  const close = made('button', 'Close');
  close.onclick = hide;
  head.append(title, close);
  dialog.append(head, body_of(fault));
  dialog.onclose = hide;
  root.append(dialog);
  document.body.append(host);
  dialog.showModal();
  dialog.focus();
};

/** Whether an error is shown. */
export const is_shown = () => dialog !== null;

/** Take the error away. */
export const hide = () => {
  const root = dialog?.getRootNode();
  dialog = null;
  more = 0;
  if (root instanceof ShadowRoot) root.host.remove();
};
