/** `npm test`: provides what the tests need, builds the site, and runs one pytest session. */
import { existsSync } from 'node:fs';
import { ROOT, Refusal, provide, provideModules, run, script } from './machine.mjs';

const words = process.argv.slice(2);
const paths = words.map((word) => word.split('::')[0]).filter((word) => existsSync(ROOT + word));
// `npm test -- py/tests/reactive` needs no page and no browser
const wantsPages = paths.length === 0 || paths.some((path) => !/^(\.\/)?py(\/|$)/.test(path));

await script(async () => {
  await provideModules();
  const [python] = provide('venv');
  /** @type {Record<string, string>} */
  const environment = {};
  if (wantsPages) {
    [environment.CHROMIUM] = provide('chromium');
    if (await run(process.execPath, ['.ci/start.mjs', '--build'])) {
      throw new Refusal('the site could not be built, so no test ran');
    }
  }
  return run(python, ['-m', 'pytest', ...words], environment);
});
