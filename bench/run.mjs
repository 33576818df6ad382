/** `npm run bench -- NAME [--json]`: provides what a benchmark needs, and runs it. */
import { provide, provideModules, run, script } from '../.ci/machine.mjs';

await script(async () => {
  await provideModules();
  const [python, chromium] = provide('venv', 'chromium');
  const environment = { CHROMIUM: chromium, NODE: process.execPath };
  return run(python, ['-m', 'bench', ...process.argv.slice(2)], environment);
});
