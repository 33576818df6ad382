/** `node .ci/runtime.mjs FOLDER` writes the runtime that wheels carry, once its tools are there. */
import { Refusal, provideModules, run, script } from './machine.mjs';

const [folder] = process.argv.slice(2);

await script(async () => {
  if (!folder) throw new Refusal('usage: runtime.mjs FOLDER');
  await provideModules();
  return run(process.execPath, ['wasm/vite-plugin/write.mjs', folder, '--packed']);
});
