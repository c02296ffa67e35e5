/** A running site with a small app of its own, for the tests of the web side. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, stop as stopBuilder } from 'esbuild';
import { createProducts } from '../../local-site/products';
import { createSite, type Site } from '../../local-site/site';
import type { ProductsOptions } from '../../local-site/types';
import { registerFrames, registerWeb } from '../../local-site/web';
import { withJira } from './jira-memory';

const FIXTURE = path.join(__dirname, 'fixture');

/** Builds the fixture with the real `@forge/bridge` and starts a site without Mackerel on free ports. `stop` removes its files. */
export async function startProbeSite(): Promise<Site> {
  const root = mkdtempSync(path.join(tmpdir(), 'probe-site-'));
  const appDir = path.join(root, 'app');
  cpSync(FIXTURE, appDir, { recursive: true });
  symlinkSync(path.join(__dirname, '../../node_modules'), path.join(appDir, 'node_modules'), 'dir');
  const dist = path.join(appDir, 'ui/dist');
  mkdirSync(dist, { recursive: true });
  for (const page of ['probe.html', 'child.html']) cpSync(path.join(FIXTURE, 'ui', page), path.join(dist, page));
  await build({
    entryPoints: [path.join(appDir, 'ui/probe.ts'), path.join(appDir, 'ui/child.ts')],
    outdir: dist,
    bundle: true,
    format: 'esm',
    splitting: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  const parts = { createProducts: (options: ProductsOptions) => withJira(createProducts(options), options.clock), startMackerel: async () => null, registerWeb, registerFrames };
  const site = await createSite({ stateDir: path.join(root, 'state'), port: 0, appPort: 0, mackerelPort: 0, appDir }, parts);
  return {
    ...site,
    stop: async () => {
      await site.stop();
      await stopBuilder();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** The ADF of a page that holds one macro of the fixture. */
export function pageWithMacro(site: Site, config: Readonly<Record<string, unknown>>): string {
  const { appId, environmentId, environmentType } = site.deps.installation;
  const localId = '0d7b1f0e-4b4f-4a0c-9a39-5d8f6b9e3c11';
  const key = `${site.deps.manifest.appUuid}/${environmentId}/static/probe`;
  return JSON.stringify({
    type: 'doc',
    version: 1,
    content: [
      { type: 'paragraph', content: [{ type: 'text', text: 'Facts outside the macro.' }] },
      {
        type: 'extension',
        attrs: {
          layout: 'full-width',
          extensionType: 'com.atlassian.ecosystem',
          extensionKey: key,
          text: 'Probe',
          localId,
          parameters: {
            layout: 'extension',
            forgeEnvironment: environmentType,
            render: 'native',
            localId,
            extensionTitle: 'Probe',
            extensionId: `ari:cloud:ecosystem::extension/${appId}/${environmentId}/static/probe`,
            guestParams: config,
          },
        },
      },
    ],
  });
}
