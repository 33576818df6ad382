/** Files from the server, or a fault that says why not. */
import { Fault } from './faults.js';
import { arrived } from './progress.js';
import { found } from './table.js';
import { guarded, moved } from './watchdog.js';

/** What the page's policy has refused so far. @type {Set<string>} */
const refused = new Set();
addEventListener('securitypolicyviolation', (event) => {
  if (event.disposition === 'enforce') refused.add(event.blockedURI);
});

/** A file's name as people would say it. @param {string} url */
export const named = (url) => /** @type {string} */ (url.split(/[?#]/)[0].split('/').pop());

/** Turn a failed fetch into its fault.
 * @param {unknown} error @param {string} url */
const blame = async (error, url) => {
  if (error instanceof Fault) return error;
  await new Promise((resume) => setTimeout(resume, 50)); // the violation is told in a later task
  return new Fault(refused.has(url) ? 'csp' : 'network', named(url), error);
};

/** Ask for a file.
 * @param {string} url @param {{kind?: string, fresh?: boolean}} [options] */
export const ask = async (url, { kind = 'app', fresh } = {}) => {
  let response;
  try {
    response = await guarded(fetch(url, { cache: fresh ? 'reload' : 'default' }), named(url));
  } catch (error) {
    throw await blame(error, url);
  }
  if (!response.ok) throw new Fault(`${kind}-missing`, named(url), `HTTP ${response.status}`);
  return response;
};

/** Whether a file has this hash; the browser's own check would hold it back until it is whole.
 * @param {BufferSource} bytes @param {string} integrity */
const is_sound = async (bytes, integrity) => {
  if (!crypto.subtle) return true; // what comes without TLS can be changed together with its page
  const [, size, wanted] = integrity.match(/^sha(\d+)-(.*)/) ?? [];
  const hash = await crypto.subtle.digest(`SHA-${size}`, bytes);
  return btoa(String.fromCharCode(...new Uint8Array(hash))) === wanted;
};

/** Read an answer to its end, counting, and compare it with its hash.
 * @param {Response} response @param {string} [integrity] */
export const bytes_of = async (response, integrity) => {
  const { url } = response;
  const counter = new TransformStream({
    transform(chunk, controller) {
      arrived(chunk.length);
      moved();
      controller.enqueue(chunk);
    },
  });
  const counted = new Response(response.body?.pipeThrough(counter));
  let bytes;
  try {
    bytes = new Uint8Array(await guarded(counted.arrayBuffer(), named(url)));
  } catch (error) {
    throw await blame(error, url);
  }
  if (integrity && !await is_sound(bytes, integrity)) throw new Fault('integrity', named(url));
  return bytes;
};

/** Fetch a file of the runtime; `use` is given its answer at once.
 * @param {string} name @param {boolean} fresh @param {(response: Response) => void} [use] */
export const load_runtime = async (name, fresh, use) => {
  const { url, integrity } = found(name) ?? { url: name };
  const response = await ask(url, { kind: 'runtime', fresh });
  use?.(response.clone());
  return bytes_of(response, integrity);
};

/** Let the browser check a module before anything imports it: `import()` itself takes no hash.
 * @param {string} href @param {string} integrity */
const preload = (href, integrity) => {
  const link = Object.assign(document.createElement('link'), { rel: 'modulepreload', href, integrity });
  document.head.append(link);
};

/** Import a module of the runtime; when that fails, find out why by asking for the file itself.
 * @param {string} name @param {number} attempt a new one gets past what the browser remembers */
export const load_module = async (name, attempt) => {
  const { url: plain, integrity } = found(name) ?? { url: name };
  const url = plain + (attempt ? `?${attempt}` : '');
  if (integrity) preload(url, integrity);
  try {
    return await guarded(import(url), named(url));
  } catch (error) {
    if (error instanceof Fault) throw error;
    await load_runtime(name, true);
    throw new Fault(refused.has(url) ? 'csp' : 'runtime-corrupt', named(url), error);
  }
};
