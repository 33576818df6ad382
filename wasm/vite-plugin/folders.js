/** Folders of plain pages, which are served and copied as they are. */
import { readFile, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { type_of, walk } from './places.js';
import { has_server, is_servers } from './servers.js';

/** Every file of the folders: its path in the site and on the disk.
 * @param {Record<string, string>} folders by URL prefix */
export const folder_files = async (folders) => {
  const lists = await Promise.all(Object.entries(folders).map(async ([prefix, folder]) =>
    (await walk(folder)).map((path) => ({
      name: [prefix, ...relative(folder, path).split(sep)].filter(Boolean).join('/'), path,
    }))));
  const found = lists.flat();
  /** @type {string[]} */
  const apps = [];
  for (const { name, path } of found) if (await has_server(path)) apps.push(name.slice(0, -basename(name).length));
  const hidden = await Promise.all(found.map(async ({ name, path }) =>
    apps.some((app) => name.startsWith(app)) || is_servers(name, path)));
  return found.filter((_, index) => !hidden[index]);
};

/** The file that a URL path means, in the first folder that has it.
 * @param {Record<string, string>} folders @param {string} path without the leading slash */
export const find_file = async (folders, path) => {
  for (const [prefix, folder] of Object.entries(folders)) {
    if (prefix && !`${path}/`.startsWith(`${prefix}/`)) continue;
    const file = resolve(folder, `.${sep}${path.slice(prefix.length)}`);
    if (file !== resolve(folder) && !file.startsWith(resolve(folder) + sep)) continue;
    const found = await stat(file).catch(() => null);
    if (found?.isFile()) return { file, folder: false };
    const index = join(file, 'index.html');
    if (found?.isDirectory() && await stat(index).catch(() => null)) return { file: index, folder: true };
  }
  return null;
};

/** The path that a URL asks for below the base, without the leading slash; null if there is none.
 * @param {string | undefined} url @param {string} base */
const path_below = (url = '', base) => {
  const [path] = url.split(/[?#]/);
  if (!path.startsWith(base)) return null;
  try {
    return decodeURIComponent(path.slice(base.length));
  } catch { // `%zz`: no file has such a name
    return null;
  }
};

/** Handle what is asked of the folders, once a folder's address has its slash.
 * @param {Record<string, string>} folders @param {string} base
 * @param {(file: string, ...rest: Parameters<import('vite').Connect.NextHandleFunction>) => unknown} answer
 * @returns {import('vite').Connect.NextHandleFunction} */
const in_folders = (folders, base, answer) => async (request, response, next) => {
  const inside = path_below(request.url, base);
  const found = inside === null ? null : await find_file(folders, inside);
  if (!found) return next();
  if (found.folder && inside && !inside.endsWith('/')) {
    const query = request.url?.match(/\?.*/)?.[0] ?? '';
    response.writeHead(301, { location: `./${encodeURIComponent(basename(inside))}/${query}` });
    return response.end();
  }
  return answer(found.file, request, response, next);
};

/** Answer a request from the folders; pages get what lets them follow the sources.
 * @param {Record<string, string>} folders @param {string} base */
export const serve_folders = (folders, base) =>
  in_folders(folders, base, async (file, request, response, next) => {
    if (await is_servers(path_below(request.url, base) ?? '', file)) return next();
    let body = await readFile(file);
    if (file.endsWith('.html')) {
      const tags = ['@gossamer/client.js', '@vite/client'].map(
        (path) => `<script type="module" src="${base}${path}"></script>`);
      body = Buffer.from(body.toString().replace(/(?<=<head>)|(?=<script)|$/i, tags.join('')));
    }
    response.setHeader('content-type', type_of(file));
    response.setHeader('cache-control', 'no-cache');
    response.end(body);
  });

/** Lend Vite's preview of a built folder what it lacks: the slash, and the types it does not know.
 * @param {string} folder @param {string} base */
export const mend_preview = (folder, base) =>
  in_folders({ '': folder }, base, (file, _request, response, next) => {
    if (/\.(py|toml|whl)$/.test(file)) response.setHeader('content-type', type_of(file));
    next();
  });
