/** `npm run check`: lint, format, types of both languages, and the floors of the house. */
import { provide, provideModules, run, script } from './machine.mjs';

await script(async () => {
  await provideModules();
  const [python] = provide('venv');
  const checks = [
    [python, '-m', 'ruff', 'check', '--quiet'],
    [python, '-m', 'ruff', 'format', '--check', '--quiet'],
    [python, '-m', 'mypy', '--no-error-summary'],
    [process.execPath, 'node_modules/typescript/bin/tsc'],
    [python, '-m', 'pytest', '--quiet', 'py/tests/test_layers.py'],
  ];
  const failed = [];
  for (const [command, ...words] of checks) {
    const name = words.slice(0, words[0] === '-m' ? 3 : 1).join(' ').replace(/^-m /, '');
    console.log(`check: ${name}`);
    if (await run(command, words)) failed.push(name);
  }
  console.log(failed.length ? `check: failed: ${failed.join(', ')}` : 'check: all is well');
  return failed.length ? 1 : 0;
});
