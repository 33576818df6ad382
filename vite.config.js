/** The project's own site: plain pages of `public/` and `examples/`, at any base path. */
import { existsSync } from 'node:fs';
import { defineConfig } from 'vite';
import gossamer from './wasm/vite-plugin/index.js';

const python = '.venv/bin/python'; // what the tests run on; without it pages are as they were written

export default defineConfig({
  base: './',
  plugins: [gossamer({ folders: { '': 'public', examples: 'examples' }, python: existsSync(python) ? python : undefined })],
});
