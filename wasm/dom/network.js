/** Calls of the server: requests whose answers may come in parts, and sockets. */
import { place } from './addresses.js';

/** The statuses by which a server says that the page is of another version. */
const STALE = [404, 409];
/** How many messages may wait for Python before a line is given up, and the code that says so. */
const WAITING = 10_000;
const TOO_FAST = 4013;
/** How many bytes may wait to be sent. */
const UNSENT = 1_000_000;
const PAUSE = 20; // milliseconds between two looks at what is unsent

/** Where functions are called: at a server elsewhere, if the page says so. @param {string} path */
const address = (path) => {
  const elsewhere = document.querySelector('meta[name=gossamer-server]')?.getAttribute('content');
  return (elsewhere ?? place.base) + path;
};

/** A body with parts. @param {[string, any][]} entries */
const with_parts = (entries) => {
  const data = new FormData();
  for (const [name, value] of entries) {
    data.append(name, ArrayBuffer.isView(value) ? new Blob([/** @type {any} */ (value)]) : value);
  }
  return data;
};

/** @param {string} detail */
const tell_stale = (detail) =>
  document.dispatchEvent(new CustomEvent('gossamer:stale', { detail }));

/** Send a request to the app's server.
 * @param {string} method @param {string} path @param {Record<string, string>} headers
 * @param {string[][]} query @param {string | [string, any][] | undefined} body */
export const exchange = (method, path, headers, query, body) => {
  const controller = new AbortController();
  const search = query.length ? `?${new URLSearchParams(query)}` : '';
  const answer = fetch(address(path) + search, {
    method,
    headers: { ...headers, 'X-Gossamer-Url': location.href },
    body: Array.isArray(body) ? with_parts(body) : body,
    signal: controller.signal,
  });
  answer.catch(() => {}); // who waits for it hears of it
  /** @type {ReadableStreamDefaultReader<Uint8Array> | undefined} */
  let reader;
  return {
    begin: async () => {
      const { headers: said, redirected, status, url } = await answer;
      const header = (/** @type {string} */ name) => said.get(name) ?? '';
      const version = header('x-gossamer-version');
      if (version && STALE.includes(status)) tell_stale(version);
      return [
        status, header('content-type'), header('x-gossamer-redirect'), version,
        redirected ? url : '',
      ];
    },
    text: async () => (await answer).text(),
    read: async () => {
      reader ??= (await answer).body?.getReader();
      return (await reader?.read())?.value ?? new Uint8Array();
    },
    abort: () => controller.abort(),
  };
};

/** Open a socket to the app's server. @param {string} path @param {string} protocol */
export const line = (path, protocol) => {
  const url = new URL(address(path), location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  const socket = new WebSocket(url, protocol);
  /** @type {(string | number)[]} */
  const waiting = [];
  let wake = () => {};
  const tell = (/** @type {string | number} */ got) => {
    waiting.push(got);
    if (waiting.length === WAITING) socket.close(TOO_FAST);
    wake();
  };
  const opened = new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error('refused'));
  });
  opened.catch(() => {}); // who waits for it hears of it
  socket.onmessage = ({ data }) => tell(data);
  socket.onclose = ({ code }) => tell(code);
  return {
    open: async () => {
      await opened;
    },
    send: async (/** @type {string} */ text) => {
      while (socket.bufferedAmount > UNSENT) {
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    receive: async () => {
      while (!waiting.length) await new Promise((resolve) => (wake = () => resolve(undefined)));
      return waiting.shift();
    },
    close: (/** @type {number} */ code) => socket.close(code),
  };
};
