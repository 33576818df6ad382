/** What stands around the text of a page: head, bar, side navigation, the way on. */
import { address } from './links.js';
import { escape, line_html, line_text } from './markdown.js';

/** @typedef {import('./pages.js').Page} Page
 * @typedef {import('./pages.js').Section} Section */

const WORDMARK = '<svg aria-hidden="true" viewBox="0 0 32 32"><path d="M2 5C4 21 18 26 30 8"/><circle cx="14.4" cy="19.3" r="4"/></svg>';

/** The document around what a page shows.
 * @param {{ file: string, title: string, lede: string, main: string, contents?: string }} page */
export const document_of = ({ file, title, lede, main, contents = '' }) => {
  const to = (/** @type {string} */ path) => address(`docs/${file}`, path);
  const jump = contents && '<a class="jump" href="#contents">Contents</a>';
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escape(title)}</title>
  <meta name="description" content="${escape(lede)}">
  <meta name="theme-color" content="#f4f5f0" media="(prefers-color-scheme: light)">
  <meta name="theme-color" content="#0f1514" media="(prefers-color-scheme: dark)">
  <link rel="icon" href="${to('favicon.svg')}" type="image/svg+xml">
  <link rel="stylesheet" href="${to('site.css')}">
  <link rel="stylesheet" href="${to('docs.css')}">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="bar">
  <a class="wordmark" href="${to('index.html')}">${WORDMARK} Gossamer</a>
  <nav aria-label="Site">
    <a href="${to('index.html')}#examples">Examples</a>
    <a href="${to('docs/index.html')}"${contents ? '' : ' aria-current="page"'}>Docs</a>
    ${jump}
  </nav>
</header>
<div class="${contents ? 'desk' : 'desk whole'}">
<main id="main" tabindex="-1">
${main}</main>
${contents}</div>
</body>
</html>
`;
};

/** An entry of the side navigation; that of the page itself names its parts.
 * @param {Page} page @param {Page} current @param {{ anchor: string, label: string }[]} parts */
const entry = (page, current, parts) => {
  const [place, label] = [address(current.file, page.file), line_html(page.label)];
  if (page !== current) return `<li><a href="${place}">${label}</a></li>`;
  const inner = parts.map((part) => `<li><a href="#${part.anchor}">${part.label.replace(/<\/?a\b[^>]*>/g, '')}</a></li>`);
  const list = inner.length > 1 ? `<ul>${inner.join('')}</ul>` : '';
  return `<li><a href="#main" aria-current="page">${label}</a>${list}</li>`;
};

/** The side navigation: every page, the current one's section open.
 * @param {Section[]} sections @param {Page} current @param {{ anchor: string, label: string }[]} parts */
export const contents_of = (sections, current, parts) => {
  const groups = sections.map(({ title, pages }) => `<details${pages.includes(current) ? ' open' : ''}>
<summary>${title}</summary>
<ul>${pages.map((page) => entry(page, current, parts)).join('\n')}</ul>
</details>`);
  return `<nav class="contents" id="contents" aria-label="Docs">\n${groups.join('\n')}\n</nav>\n`;
};

/** The way to the pages before and after one. @param {Page[]} pages @param {Page} current */
export const turn_of = (pages, current) => {
  const place = pages.indexOf(current);
  const step = (/** @type {Page | undefined} */ page, /** @type {string} */ rel, /** @type {string} */ word) =>
    (page ? `<a rel="${rel}" href="${address(current.file, page.file)}"><span>${word}</span> ${line_html(page.label)}</a>\n` : '');
  const steps = step(pages[place - 1], 'prev', 'Before') + step(pages[place + 1], 'next', 'Next');
  return `<nav class="turn" aria-label="Neighbours">\n${steps}</nav>\n`;
};

/** The overview's main part. @param {Section[]} sections */
export const overview_of = ([book, reference, errors, house]) => {
  const cards = (/** @type {Page[]} */ pages) => pages.map((page) => `<li><a href="${page.file}">${
    line_html(page.title).replace(/^(\d+)\. /, '<span>$1 </span>')}</a>
<p>${line_html(page.lede)}</p></li>`).join('\n');
  const names = (/** @type {Page[]} */ pages) => pages.map(
    (page) => `<li><a href="${page.file}">${line_html(page.label)}</a></li>`).join('\n');
  const [index, ...named] = errors.pages;
  return `<h1>The docs</h1>
<p class="lede">Every block of Python in them runs in the test suite, and what they show is what comes out.</p>
<section aria-labelledby="book"><h2 id="book">${book.title}</h2>
<p>From the first page to servers, a chapter at a time.</p>
<ol class="cards">${cards(book.pages)}</ol></section>
<section aria-labelledby="reference"><h2 id="reference"><a href="${reference.pages[0].file}">${reference.title}</a></h2>
<p>Every public name, with an example that runs.</p>
<ul class="cards">${cards(reference.pages.slice(1))}</ul></section>
<section aria-labelledby="errors"><h2 id="errors"><a href="${index.file}">${errors.title}</a></h2>
<p>What each error says, why, and what to do.</p>
<ul class="codes">${names(named)}</ul></section>
<section aria-labelledby="house"><h2 id="house">${house.title}</h2>
<p>How Gossamer is built, and why it is built so.</p>
<ul class="cards">${cards(house.pages.slice(0, 2))}</ul></section>
`;
};
