import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const page = (name: string): string => resolve(__dirname, `${name}.html`);

export default defineConfig({
  root: __dirname,
  base: './', // Forge serves the files under a deep, unknown path
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    rolldownOptions: { input: { board: page('board'), home: page('home'), settings: page('settings') } },
  },
});
