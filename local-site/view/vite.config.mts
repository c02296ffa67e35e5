import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: '/__view/',
  publicDir: false,
  // Whatever NODE_ENV the build was started under (jest says `test`), the page runs React's production build.
  oxc: { jsx: { runtime: 'automatic', development: false } },
  // Atlassian's packages look for a Node-like environment.
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.CI': 'undefined', 'process.env': '{}', global: 'globalThis' },
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 4000, reportCompressedSize: false },
});
