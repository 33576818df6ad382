/** Files from the server, or a fault that says why not. */
import { Fault } from './faults.js';
import { arrived } from './progress.js';
import { guarded, moved } from './watchdog.js';

/** What the page's policy has refused so far. @type {Set<string>} */
const refused = new Set();
addEventListener('securitypolicyviolation', (event) => {
  if (event.disposition === 'enforce') refused.add(event.blockedURI);
});

/** Where a file of ours stands. @param {string} path */
export const here = (path) => new URL(path, import.meta.url).href;

/** What is known of a file of the runtime. @param {string} name
 * @returns {{url: string, integrity?: string}} */
export const found = (name) => ({ url: here(name) });

/** A file's name as people would say it. @param {string} url */
export const named = (url) => url.split(/[?#]/)[0].split('/').pop() ?? '';

/** Turn a failed fetch into its fault.
 * @param {unknown} error @param {string} url @param {string} integrity */
const blame = async (error, url, integrity) => {
  if (error instanceof Fault) return error;
  await new Promise((resume) => setTimeout(resume, 50)); // the violation is told in a later task
  if (refused.has(url)) return new Fault('csp', named(url), error);
  const there = integrity && await fetch(url).catch(() => null);
  return new Fault(there ? 'integrity' : 'network', named(url), error);
};

/** Ask for a file.
 * @param {string} url @param {{kind?: string, fresh?: boolean, integrity?: string}} [options] */
export const ask = async (url, { kind = 'app', fresh, integrity = '' } = {}) => {
  let response;
  try {
    response = await guarded(
      fetch(url, { cache: fresh ? 'reload' : 'default', integrity }), named(url));
  } catch (error) {
    throw await blame(error, url, integrity);
  }
  if (!response.ok) throw new Fault(`${kind}-missing`, named(url), `HTTP ${response.status}`);
  return response;
};

/** Read an answer to its end, counting. @param {Response} response */
export const bytes_of = async (response) => {
  const counter = new TransformStream({
    transform(chunk, controller) {
      arrived(chunk.length);
      moved();
      controller.enqueue(chunk);
    },
  });
  const counted = new Response(response.body?.pipeThrough(counter));
  try {
    return new Uint8Array(await guarded(counted.arrayBuffer(), named(response.url)));
  } catch (error) {
    throw await blame(error, response.url, '');
  }
};

/** Import a module; when that fails, find out why by asking for the file itself.
 * @param {string} path @param {number} attempt a new one gets past what the browser remembers */
export const load_module = async (path, attempt) => {
  const url = here(path) + (attempt ? `?${attempt}` : '');
  try {
    return await guarded(import(url), path);
  } catch (error) {
    if (error instanceof Fault) throw error;
    await ask(url, { kind: 'runtime', fresh: true });
    throw new Fault(refused.has(url) ? 'csp' : 'runtime-corrupt', path, error);
  }
};

/** A zip archive of ours, whole. @param {string} path @param {boolean} fresh */
export const load_archive = async (path, fresh) => {
  const bytes = await bytes_of(await ask(here(path), { kind: 'runtime', fresh }));
  const end = new TextDecoder().decode(bytes.slice(-22, -18)); // where a whole archive ends
  if (end !== 'PK\x05\x06') throw new Fault('runtime-corrupt', named(path));
  return bytes;
};
