/** `node assemble.mjs FOLDER`: puts the entry, runtime included, into a js-framework-benchmark. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ROOT, Refusal, provideModules, script } from '../../.ci/machine.mjs';

await script(async () => {
  const benchmark = process.argv[2] ?? '';
  if (!existsSync(`${benchmark}/frameworks/keyed`)) {
    throw new Refusal('usage: assemble.mjs FOLDER, a clone of the js-framework-benchmark');
  }
  await provideModules();
  const { stage_entry } = await import('../stage.mjs'); // its modules are there only now
  const folder = resolve(benchmark, 'frameworks/keyed/gossamer');
  await stage_entry(folder);
  const { version } = JSON.parse(await readFile(`${ROOT}package.json`, 'utf8'));
  const entry = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  entry['js-framework-benchmark'].frameworkVersion = version;
  await writeFile(`${folder}/package.json`, `${JSON.stringify(entry, null, 2)}\n`);
  console.log(`assembled ${folder}`);
  return 0;
});
