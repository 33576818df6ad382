/** `npm start`: builds the site and serves it. `--build` only builds, `--dev` serves the sources. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { ROOT, Refusal, anyPython, provideModules, run, script } from './machine.mjs';

const wants = new Set(process.argv.slice(2));

/** @param {{ close(): Promise<void> }} server */
function untilInterrupted(server) {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.once(signal, () => server.close().then(() => resolve(0), () => resolve(0)));
    }
  });
}

/** Fetch the wheels that examples serve beside their pages, each by its locked hash. */
async function provideWheels() {
  for (const name of readdirSync(`${ROOT}examples`)) {
    const folder = `examples/${name}`;
    if (!existsSync(`${ROOT}${folder}/wheels.lock`)) continue;
    const words = ['.ci/wheels.py', `${folder}/wheels.lock`, folder];
    if (await run(anyPython(), words)) throw new Refusal(`the wheels of ${folder} are not to be had`);
  }
}

/** Bundle the npm packages that examples name, each into one module beside the page. */
async function provideBundles() {
  const { build } = await import('esbuild');
  for (const name of readdirSync(`${ROOT}examples`)) {
    const folder = `${ROOT}examples/${name}`;
    if (!existsSync(`${folder}/modules.json`)) continue;
    const wanted = JSON.parse(readFileSync(`${folder}/modules.json`, 'utf8'));
    for (const [file, entry] of Object.entries(wanted)) {
      const options = { bundle: true, minify: true, format: /** @type {const} */ ('esm') };
      await build({ ...options, entryPoints: [entry], outfile: `${folder}/${file}`, absWorkingDir: ROOT });
    }
  }
}

await script(async () => {
  await provideModules();
  await provideWheels();
  await provideBundles();
  const vite = await import('vite');
  const port = Number(process.env.PORT) || 8000; // the next free one when it is taken
  if (wants.has('--dev')) {
    const server = await vite.createServer({ root: ROOT, server: { port } });
    await server.listen();
    console.log('\nGossamer, from its sources:');
    server.printUrls();
    return untilInterrupted(server);
  }
  await vite.build({ root: ROOT });
  if (wants.has('--build')) return 0;
  const server = await vite.preview({ root: ROOT, preview: { port } });
  console.log('\nGossamer is served here (Ctrl-C ends it):');
  server.printUrls();
  const code = await untilInterrupted(server);
  process.exit(code); // a browser may keep a connection open
});
