/** Python that is the server's: Vite sends files as they are, so it sends none of that. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const NAMED = /_server\.py$|(^|[\\/])server[\\/][^\\/]*\.py$/;
const MARKED = /^# gossamer: server-only\s*$/m;
const IMPORTED = /\bgossamer\.(server|asgi|wsgi)\b|\bfrom\s+gossamer\s+import\b[^\n]*\bserver\b/;

/** Whether a file has functions of a server, or is a server's as a whole.
 * @param {string} name in the site @param {string} path on the disk */
export const is_servers = async (name, path) => {
  if (!name.endsWith('.py')) return false;
  if (NAMED.test(name)) return true;
  const text = await readFile(path, 'utf8').catch(() => '');
  return MARKED.test(text) || IMPORTED.test(text);
};

/** Whether a file is the settings of an app with a server of its own: no folder of plain pages.
 * @param {string} path */
export const has_server = async (path) => path.endsWith('pyproject.toml')
  && /^server\s*=/m.test(await readFile(path, 'utf8'));

/** Answer nothing of a server's. @param {string} root @param {string} base
 * @returns {import('vite').Connect.NextHandleFunction} */
export const guard = (root, base) => async (request, response, next) => {
  const [path] = (request.url ?? '').split(/[?#]/);
  if (!path.endsWith('.py')) return next();
  let name = path;
  try {
    name = decodeURIComponent(path);
  } catch { // no file has such a name
    return next();
  }
  const below = name.startsWith(base) ? name.slice(base.length) : name;
  const file = name.startsWith('/@fs/') ? name.slice('/@fs'.length) : join(root, below);
  if (!await is_servers(below, file)) return next();
  response.statusCode = 404;
  return response.end('That file is the server\'s: gossamer build and gossamer dev send its page\'s half.\n');
};
