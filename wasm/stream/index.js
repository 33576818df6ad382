/** Puts the parts of a page that a server sends later in the place of what stood for them.
 *
 * What stands for a part is `<template id=s:7></template>FALLBACK<!--/s:7-->`. The part comes as
 * `<template id=t:7>HTML</template><gs-s i=7></gs-s>`, and the parser calls the element at once.
 */

/** Take a template out of the page. @param {string} id */
const take = (id) => {
  const found = document.getElementById(id);
  found?.remove();
  return found instanceof HTMLTemplateElement ? found.content : undefined;
};

/** Take the text of the title and the elements of the head. @param {DocumentFragment} content */
const enter_head = (content) => {
  for (const element of [...content.children]) {
    if (element instanceof HTMLTitleElement) {
      document.title = element.text;
      continue;
    }
    const name = element.getAttribute('name') ?? element.getAttribute('property');
    const before = element instanceof HTMLMetaElement && name !== null
      && [...document.head.children].find((other) => other instanceof HTMLMetaElement
        && (other.getAttribute('name') ?? other.getAttribute('property')) === name);
    if (before) before.replaceWith(element);
    else document.head.append(element);
  }
};

customElements.define('gs-s', class extends HTMLElement {
  connectedCallback() {
    const number = this.getAttribute('i');
    const content = take(`t:${number}`);
    const start = document.getElementById(`s:${number}`);
    this.remove();
    if (number === 'head') {
      if (content) enter_head(content);
    } else if (start) { // else the page shows something else there by now
      const keeps = this.hasAttribute('keep');
      for (let node = start.nextSibling; node; ) {
        const next = node.nextSibling;
        const is_end = node instanceof Comment && node.data === `/s:${number}`;
        if (is_end || !keeps) node.remove();
        if (is_end) break;
        node = next;
      }
      // SVG and MathML stand in an element of their own, or a parser would take them for HTML
      const inner = this.hasAttribute('inner') ? content?.firstElementChild : content;
      start.replaceWith(...inner?.childNodes ?? []);
    }
  }
});
