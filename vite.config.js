/** The project's own site: plain pages of `public/` and `examples/`, and the docs, at any base path. */
import { existsSync } from 'node:fs';
import { defineConfig } from 'vite';
import docs_site from './docs/site/plugin.js';
import gossamer from './wasm/vite-plugin/index.js';

const python = '.venv/bin/python'; // what the tests run on; without it pages are as they were written
const folders = { '': 'public', examples: 'examples' };

export default defineConfig({
  base: './',
  plugins: [
    gossamer({ folders, python: existsSync(python) ? python : undefined }),
    docs_site({ docs: 'docs', folders }),
  ],
});
