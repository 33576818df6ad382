/** What every script of this folder does with the machine: run, provide, and end well. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WINDOWS = process.platform === 'win32';
// Playwright's own Node wants libatomic, which a small system lacks; ours runs here already
process.env.PLAYWRIGHT_NODEJS_PATH ??= process.execPath;

/**
 * Run a command in the repository with our own input and output, and give back its exit code.
 * @param {string} command
 * @param {string[]} words
 * @param {Record<string, string>} [environment]
 * @returns {Promise<number>}
 */
export function run(command, words, environment = {}) {
  const env = { ...process.env, ...environment };
  const child = spawn(command, words, { cwd: ROOT, env, stdio: 'inherit' });
  const pass = () => {}; // Ctrl-C reaches the child too: it ends by itself, and we after it
  process.on('SIGINT', pass);
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  }).finally(() => process.off('SIGINT', pass));
}

/** Whether `node_modules` holds what `package-lock.json` says, whoever installed it. */
function hasModules() {
  const installed = `${ROOT}node_modules/.package-lock.json`;
  if (!existsSync(installed)) return false;
  const read = (/** @type {string} */ path) => JSON.parse(readFileSync(path, 'utf8')).packages;
  const [wanted, found] = [read(`${ROOT}package-lock.json`), read(installed)];
  return Object.keys(wanted).every((name) => name === '' || (
    name in found ? found[name].version === wanted[name].version : wanted[name].optional
  ));
}

/** Install the locked node dependencies, when they are missing or others. */
export async function provideModules() {
  if (hasModules()) return;
  console.error('provide: installing the locked node dependencies');
  const npm = process.env.npm_execpath;
  const code = npm
    ? await run(process.execPath, [npm, 'ci', '--no-audit', '--no-fund'])
    : await run(WINDOWS ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund']);
  if (code) throw new Refusal('`npm ci` failed: the node dependencies are not complete');
}

/** The Python that runs `provide.py`: any from 3.9 on. */
export function anyPython() {
  const code = 'import sys; sys.exit(sys.version_info < (3, 9))';
  const found = ['python3', 'python', 'python3.14', 'py'].find(
    (name) => spawnSync(name, ['-c', code]).status === 0,
  );
  if (!found) throw new Refusal('there is no Python here: install Python 3.9 or newer');
  return found;
}

/**
 * Provide things by the names that `provide.py` knows, and give back their paths.
 * @param {...string} names
 * @returns {string[]}
 */
export function provide(...names) {
  const options = { cwd: ROOT, encoding: /** @type {const} */ ('utf8') };
  const done = spawnSync(anyPython(), ['.ci/provide.py', ...names], {
    ...options, stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (done.status !== 0) throw new Refusal(`could not provide: ${names.join(', ')}`);
  return done.stdout.trim().split(/\r?\n/);
}

/** Something that cannot be had here; its message is all a person needs. */
export class Refusal extends Error {}

/**
 * Run the body of a script, and end with the exit code it gives.
 * @param {() => Promise<number>} body
 */
export async function script(body) {
  try {
    process.exitCode = await body();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
