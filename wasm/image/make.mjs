/** `node wasm/image/make.mjs --out FILE`: makes a runtime image, for an app with its modules too. */
import { readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { make_image } from './making.js';

const USAGE = `usage: make.mjs --out FILE [--runtime DIR] [--archive FILE]… [--import NAME,NAME…] [--lean]

  --out      where the image goes
  --runtime  the folder with pyodide/ and gossamer.zip (the sources' own, built anew, without it)
  --archive  a zip archive of modules; a page finds the rest of it where it puts it: at /lib/NAME.zip
  --import   modules to import, from the archives and the standard library
  --lean     of the framework only what every page needs, and what --import names`;

/** The Pyodide and the framework to use. @param {string | undefined} folder */
const runtime_of = async (folder) => {
  if (folder) {
    const [framework, library] = await Promise.all(
      ['gossamer.zip', 'pyodide/python_stdlib.zip'].map((name) => readFile(join(folder, name))));
    return { runtime: join(folder, 'pyodide'), framework, library };
  }
  const { library_archive, package_archive } = await import('../vite-plugin/package.js');
  const runtime = dirname(fileURLToPath(import.meta.resolve('pyodide')));
  return { runtime, framework: await package_archive(), library: await library_archive() };
};

/** @param {number} bytes */
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;

const run = async () => {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      runtime: { type: 'string' },
      archive: { type: 'string', multiple: true },
      import: { type: 'string', multiple: true },
      lean: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help || !values.out) {
    console.error(USAGE);
    return values.help ? 0 : 2;
  }
  const archives = values.archive ?? [];
  const missing = archives.find((path) => !existsSync(path));
  if (missing) throw new Error(`there is no archive ${missing}`);
  const names = (values.import ?? []).flatMap((names) => names.split(',')).filter(Boolean);
  const { bytes, left_out, failed } = await make_image(
    { ...await runtime_of(values.runtime), archives, names, lean: values.lean });
  for (const [name, why] of Object.entries(left_out)) console.log(`left out: ${name}, because ${why}`);
  for (const [name, why] of Object.entries(failed)) console.error(`${name} cannot be imported: ${why}`);
  if (Object.keys(failed).length) return 1;
  await writeFile(values.out, bytes);
  const sizes = [
    megabytes(bytes.length),
    `${megabytes(gzipSync(bytes).length)} gzip`,
    `${megabytes(brotliCompressSync(bytes, { params: { 1: 9, 2: 24 } }).length)} brotli`,
  ];
  console.log(`${basename(values.out)}: ${sizes.join(', ')}`);
  return 0;
};

try {
  process.exit(await run()); // Pyodide would keep the process for a while
} catch (error) {
  console.error(`make.mjs: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
