/** How progress and errors look until the page says otherwise. */

// `:where` weighs nothing, so any rule of the page wins; a constructed sheet needs no CSP permission.
const RULES = `:where(.gossamer-progress,.gossamer-error){font:1rem/1.5 system-ui,sans-serif;\
padding:.75rem 1rem;color:CanvasText;background:Canvas}\
:where(.gossamer-progress) progress{display:block;inline-size:100%;accent-color:var(--gossamer-accent,#36c)}\
:where(.gossamer-error){border-inline-start:.4rem solid var(--gossamer-danger,#c33)}\
:where(.gossamer-error) pre{overflow:auto;white-space:pre-wrap}`;

let dressed = false;

/** Put the rules into the page, once. */
export const dress = () => {
  if (dressed) return;
  dressed = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(RULES);
  document.adoptedStyleSheets.push(sheet);
};
