/** Where Python finds a file: what the configs of the page's scripts say. */

/** @param {string} path @param {(text: string) => string} toml gives JSON
 * @returns {Promise<string[]>} */
export const places_of = async (path, toml) => {
  const places = [];
  /** @type {NodeListOf<HTMLScriptElement>} */
  const scripts = document.querySelectorAll('script[type=py][config]');
  for (const script of scripts) {
    let text = script.getAttribute('config')?.trim() ?? '';
    let base = document.baseURI;
    if (/^\S+\.(json|toml)$/i.test(text)) {
      base = new URL(text, base).href;
      text = (await (await fetch(base)).text()).trim();
    }
    const { files = {} } = JSON.parse(text.startsWith('{') ? text : toml(text));
    for (const [url, to] of Object.entries(files)) {
      const { pathname } = new URL(url, base);
      if (pathname === path) places.push(/(^|\/)$/.test(to) ? to + pathname.split('/').pop() : to);
    }
  }
  return places;
};
