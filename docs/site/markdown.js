/** Markdown to HTML: anchors on headings, code coloured by classes, links led on. */
import highlight from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import css from 'highlight.js/lib/languages/css';
import toml from 'highlight.js/lib/languages/ini';
import js from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import session from 'highlight.js/lib/languages/python-repl';
import python from 'highlight.js/lib/languages/python';
import html from 'highlight.js/lib/languages/xml';
import { Marked } from 'marked';

const LANGUAGES = { css, html, js, json, python, session, sh: bash, toml };
for (const [name, language] of Object.entries(LANGUAGES)) highlight.registerLanguage(name, language);

/** @type {Record<string, string>} */
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** @param {string} text */
export const escape = (text) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]);

/** What a reader sees of HTML. @param {string} html */
const text_of = (html) => Object.entries(ENTITIES).reverse().reduce(
  (text, [sign, entity]) => text.replaceAll(entity, sign), html.replace(/<[^>]*>/g, ''));

const inline = new Marked();

/** A line of Markdown as HTML. @param {string} line */
export const line_html = (line) => /** @type {string} */ (inline.parseInline(line));

/** A line of Markdown without its marks. @param {string} line */
export const line_text = (line) => text_of(line_html(line));

/** What makes the anchors of a page, as the links in the Markdown name them. */
const make_anchors = () => {
  /** @type {Map<string, number>} */
  const taken = new Map();
  return (/** @type {string} */ heading) => {
    const plain = heading.toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '').replaceAll(' ', '-');
    const times = taken.get(plain) ?? 0;
    taken.set(plain, times + 1);
    return times ? `${plain}-${times}` : plain;
  };
};

/** A block of code: its first word is the language, the next what it is to the tests.
 * @param {{ text: string, lang?: string }} block */
const code_html = ({ text, lang = '' }) => {
  const [language, role] = lang.split(' ');
  const name = language === 'python' && text.startsWith('>>> ') ? 'session' : language;
  const body = name in LANGUAGES ? highlight.highlight(text, { language: name }).value : escape(text);
  const kind = role === 'shown' || role === 'said' ? ` class="result ${role}"` : '';
  return `<pre${kind} tabindex="0"><code>${body}</code></pre>\n`;
};

/** The body of a page, and the headings of its parts.
 * @param {string} text @param {(href: string) => string | null} link where a link leads, if anywhere
 * @returns {{ body: string, parts: { anchor: string, label: string }[] }} */
export const to_html = (text, link) => {
  const anchor_of = make_anchors();
  /** @type {{ anchor: string, label: string }[]} */
  const parts = [];
  const marked = new Marked({
    renderer: {
      code: code_html,
      html: (token) => escape(token.text), // the docs are Markdown alone
      heading({ tokens, depth }) {
        const label = this.parser.parseInline(tokens);
        const anchor = anchor_of(text_of(label));
        if (depth === 2) parts.push({ anchor, label });
        const mark = depth === 1 ? '' : ` <a class="anchor" href="#${anchor}" aria-label="Link to this part">#</a>`;
        return `<h${depth} id="${anchor}">${label}${mark}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const label = this.parser.parseInline(tokens);
        const place = link(href);
        return place === null ? label : `<a href="${escape(place)}">${label}</a>`;
      },
    },
  });
  const body = /** @type {string} */ (marked.parse(text));
  const tables = body.replace(/<table>[^]*?<\/table>/g, '<div class="table" tabindex="0">$&</div>');
  return { body: tables, parts };
};
