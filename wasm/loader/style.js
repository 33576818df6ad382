/** How progress and errors look until the page says otherwise. */

// `:where` weighs nothing, so any rule of the page wins; a constructed sheet needs no CSP permission.
const RULES = `:where(.gossamer-progress,.gossamer-error){padding:1em;font-family:system-ui}\
:where(.gossamer-progress) progress{display:block;width:100%;accent-color:var(--gossamer-accent)}\
:where(.gossamer-error){border:solid var(--gossamer-danger,red)}\
:where(.gossamer-error) pre{overflow:auto}`;

let dressed = false;

/** Put the rules into the page, once. */
export const dress = () => {
  if (dressed) return;
  dressed = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(RULES);
  document.adoptedStyleSheets.push(sheet);
};
