/** `npm run bench -- NAME [--json]`: provides what the benchmark needs, and runs it. */
import { provide, provideModules, run, script } from '../.ci/machine.mjs';

await script(async () => {
  await provideModules();
  const [python, chromium] = provide('venv', 'chromium');
  const { stage } = await import('./stage.mjs'); // its modules are there only now
  await stage();
  return run(python, ['-m', 'bench', ...process.argv.slice(2)], { CHROMIUM: chromium });
});
