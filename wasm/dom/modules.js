/** ES modules, by the names that the page gives them or by their addresses. */

/** Begin to load a module: one that a `<link data-module>` names, else the one at an address.
 * @param {string} name @returns {Promise<object> | null} null when it is neither */
export const module = (name) => {
  /** @type {NodeListOf<HTMLLinkElement>} */
  const links = document.querySelectorAll('link[data-module]');
  const named = [...links].find((link) => link.dataset.module === name);
  if (named) return import(named.href);
  return /^(\.{0,2}\/|[a-z]+:)/.test(name) ? import(new URL(name, document.baseURI).href) : null;
};
