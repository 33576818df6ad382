/** Keeps a page for times without a network, where the loader's tag says `data-offline`. */

/** The worker that has the say, once it has. @param {ServiceWorkerRegistration} registration */
const activated = ({ installing, waiting, active }) => new Promise((resolve) => {
  const worker = /** @type {ServiceWorker} */ (installing ?? waiting ?? active);
  const look = () => worker.state === 'activated' && resolve(worker);
  worker.addEventListener('statechange', look);
  look();
});

/** @param {string} address of the worker @param {string[]} late what may be asked for later */
const keep = async (address, late) => {
  const { serviceWorker } = navigator;
  const worker = await activated(await serviceWorker.register(address));
  const had = performance.getEntriesByType('resource').map(({ name }) => name);
  const urls = new Set([location.href.split('#')[0], ...had, ...late]);
  const ours = [...urls].filter((url) => new URL(url).origin === location.origin);
  serviceWorker.addEventListener('message', ({ data }) => dispatchEvent(new CustomEvent(data)));
  worker.postMessage(ours);
};

/** Begin to keep the page when its scripts have run. @param {string[]} late */
export const keep_offline = (late) => {
  /** @type {HTMLScriptElement | null} */
  const tag = document.querySelector('script[data-offline]');
  if (!tag || !navigator.serviceWorker) return;
  const address = new URL(tag.dataset.offline || 'offline.js', document.baseURI).href;
  addEventListener('py:all-done', () => {
    keep(address, late).catch((error) => console.warn('gossamer: not kept for offline:', error));
  }, { once: true });
};

/** What is kept for offline at an address: a page that waits for its answer cannot ask the worker.
 * @param {string} url */
export const kept_for_now = async (url) => {
  if (!globalThis.navigator?.serviceWorker?.controller) return null;
  const response = await caches.match(url, { ignoreVary: true });
  return response ? new Uint8Array(await response.arrayBuffer()) : null;
};
