import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Texts of pages, notices, exports and Atlassian's own surfaces: no screen built here says them. */
const ELSEWHERE = /^(page|report|notice|module|export|config|selection|page-action|template-action)\./;
/** Asked for apart, so that no board waits for them: texts of settings, health and files that come in, of reviews, of earlier incidents, and of the dialogs of reports, evidence, updates and changes. */
const APART: Readonly<Record<string, RegExp>> = { administration: /^(settings|health|error\.import)[.-]/, review: /^review\./, reports: /^reports\./, evidence: /^evidence\./, updates: /^updates\./, audit: /^audit\./, similar: /^similar\./ };
const partOf = (key: string): string | undefined => Object.keys(APART).find((part) => APART[part]?.test(key));

export default defineConfig({
  plugins: [
    {
      name: 'texts-of-the-screens',
      enforce: 'pre',
      transform(code: string, id: string): { readonly code: string; readonly moduleType: 'js' } | null {
        const file = /\/locales\/[a-z]{2}-[A-Z]{2}\.json(?:\?(administration|review|reports|evidence|updates|audit|similar))?$/.exec(id);
        if (file === null) return null;
        const texts = Object.entries(JSON.parse(code) as Record<string, string>);
        const cut = Object.fromEntries(texts.filter(([key]) => !ELSEWHERE.test(key) && partOf(key) === file[1]));
        return { code: `export default ${JSON.stringify(cut)};`, moduleType: 'js' };
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
