/** The project's own site: plain pages of `public/` and `examples/`, at any base path. */
import { defineConfig } from 'vite';
import gossamer from './wasm/vite-plugin/index.js';

export default defineConfig({
  base: './',
  plugins: [gossamer({ folders: { '': 'public', examples: 'examples' } })],
});
