import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Texts of pages, notices, exports and Atlassian's own surfaces: no screen built here says them. */
const ELSEWHERE = /^(page|notice|module|export|config|selection|page-action)\./;

export default defineConfig({
  plugins: [
    {
      name: 'texts-of-the-screens',
      enforce: 'pre',
      transform(code: string, id: string): string | null {
        if (!/\/locales\/[a-z]{2}-[A-Z]{2}\.json$/.test(id)) return null;
        const texts = Object.entries(JSON.parse(code) as Record<string, string>);
        return JSON.stringify(Object.fromEntries(texts.filter(([key]) => !ELSEWHERE.test(key))));
      },
    },
  ],
  root: here('.'),
  base: './', // Forge serves the files under a deep, unknown path
  publicDir: here('public'), // the icon of modules that need one
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { board: here('board.html'), home: here('home.html'), settings: here('settings.html'), dialog: here('dialog.html'), graph: here('graph.html') } },
  },
});
