/** Folders of plain pages, which are served and copied as they are. */
import { readFile, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { type_of, walk } from './places.js';

/** Every file of the folders: its path in the site and on the disk.
 * @param {Record<string, string>} folders by URL prefix */
export const folder_files = async (folders) => {
  const lists = await Promise.all(Object.entries(folders).map(async ([prefix, folder]) =>
    (await walk(folder)).map((path) => ({
      name: [prefix, ...relative(folder, path).split(sep)].filter(Boolean).join('/'), path,
    }))));
  return lists.flat();
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

/** Answer a request from the folders; pages get Vite's client, so that they reload.
 * @param {Record<string, string>} folders @param {string} base
 * @returns {import('vite').Connect.NextHandleFunction} */
export const serve_folders = (folders, base) => async (request, response, next) => {
  const [path] = (request.url ?? '').split(/[?#]/);
  if (!path.startsWith(base)) return next();
  const inside = decodeURIComponent(path.slice(base.length));
  const found = await find_file(folders, inside);
  if (!found) return next();
  if (found.folder && inside && !inside.endsWith('/')) {
    response.writeHead(301, { location: `${path}/` });
    return response.end();
  }
  let body = await readFile(found.file);
  if (found.file.endsWith('.html')) {
    const client = `<script type="module" src="${base}@vite/client"></script>`;
    body = Buffer.from(body.toString().replace(/(?=<\/head>)|$/i, client));
  }
  response.setHeader('content-type', type_of(found.file));
  response.setHeader('cache-control', 'no-cache');
  response.end(body);
};
