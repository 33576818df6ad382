/** The service worker of a site that goes on without the network.
 *
 * With a version in its address (`offline.js?v=…`) what it keeps is what it gives, until another
 * version comes; without one it asks the network first, and gives what it keeps when that fails. */

const worker = /** @type {any} */ (globalThis); // a worker's globals, which no page has

const MINE = `gossamer ${worker.registration.scope} `;
const version = new URL(worker.location.href).searchParams.get('v') ?? '';
const NAME = MINE + version;

/** @param {Request} request */
const kept = async (request) => (await caches.open(NAME)).match(request, { ignoreVary: true });

/** Ask the network, and keep what it gives. @param {Request} request */
const fetched = async (request) => {
  const response = await fetch(request);
  if (response.status === 200) await (await caches.open(NAME)).put(request, response.clone());
  return response;
};

/** @param {Request} request */
const answer = async (request) => {
  const trusted = version && request.mode !== 'navigate' && request.cache !== 'reload';
  const first = trusted && await kept(request);
  if (first) return first;
  try {
    return await fetched(request);
  } catch (error) {
    const other = await kept(request);
    if (other) return other;
    throw error;
  }
};

/** Keep what a page has had before there was a worker. @param {string[]} urls */
const catch_up = (urls) => Promise.all(urls.map(async (url) => {
  const request = new Request(url);
  if (!await kept(request)) await fetched(request);
}));

worker.addEventListener('install', () => worker.skipWaiting());

worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith(MINE) && name !== NAME);
  await Promise.all([worker.clients.claim(), ...old.map((name) => caches.delete(name))]);
})()));

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { request } = event;
  const ours = new URL(request.url).origin === worker.location.origin;
  if (ours && request.method === 'GET') event.respondWith(answer(request));
});

worker.addEventListener('message', (/** @type {any} */ event) => {
  event.waitUntil(catch_up(event.data).then(() => event.source.postMessage('gossamer:offline-ready')));
});
