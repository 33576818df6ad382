/** Style sheets that are exchanged without a flash. */

/** Put a fresh link after one, and take the old one away when the fresh one has arrived.
 * @param {HTMLLinkElement} link @param {URL} url */
const renewed = (link, url) => new Promise((resolve) => {
  const fresh = /** @type {HTMLLinkElement} */ (link.cloneNode());
  url.searchParams.set('saved', String(Date.now()));
  fresh.href = url.href;
  fresh.removeAttribute('integrity');
  fresh.onload = fresh.onerror = () => {
    link.remove();
    resolve(undefined);
  };
  link.after(fresh);
});

/** Exchange the style sheet of a path; all of them, when it is one that others import.
 * @param {string} path */
export const relink = async (path) => {
  /** @type {NodeListOf<HTMLLinkElement>} */
  const links = document.querySelectorAll('link[rel~=stylesheet][href]');
  const ours = [...links].map((link) => ({ link, url: new URL(link.href) }))
    .filter(({ url }) => url.origin === location.origin);
  const named = ours.filter(({ url }) => url.pathname === path);
  await Promise.all((named.length ? named : ours).map(({ link, url }) => renewed(link, url)));
};
