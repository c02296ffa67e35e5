/** The app's own origin: its static resources under a deep random path, with the bridge first in every page and the production CSP. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import { load } from 'cheerio';
import { build } from 'esbuild';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { SiteDeps } from '../site-deps';
import { frameCsp } from './frame-csp';
import { frameThemeCss } from './frame-theme';
import { uiKitBundle, uiKitPage } from './uikit';

/** New per start, so that an app cannot rely on where its files lie. */
const START = randomBytes(12).toString('hex');

/** `/<random>/<hash>`: where the resources of this app lie on the frames' origin. */
export function frameBase(deps: Pick<SiteDeps, 'installation'>): string {
  const { appId, environmentId, appVersion } = deps.installation;
  return `/${START}/${createHash('sha256').update(`${appId} ${environmentId} ${appVersion}`).digest('hex').slice(0, 20)}`;
}

/** Path on the frames' origin of a module's `resource`, e.g. `ui/board`; null when the manifest does not know it. */
export function resourcePath(deps: Pick<SiteDeps, 'installation' | 'manifest'>, resource: string): string | null {
  const [key, entry] = resource.split('/');
  const found = deps.manifest.resources.find((candidate) => candidate.key === key);
  if (!found) return null;
  const page = entry === undefined ? 'index.html' : found.entry[entry];
  const file = entry !== undefined && found.uiKit.has(entry) ? `${entry}.html` : page;
  return file === undefined ? null : `${frameBase(deps)}/${found.key}/${file}`;
}

/** CSP violations of the app's pages since the start; a real site would report them to Atlassian. */
export const cspReports: unknown[] = [];

export async function registerFrames(frames: FastifyInstance, deps: SiteDeps): Promise<void> {
  const base = frameBase(deps);
  const hostBase = `${base}/__host`;
  let made: Promise<string> | null = null;
  const bridge = (): Promise<string> => (made ??= bundleBridge());
  const theme = frameThemeCss();

  frames.setNotFoundHandler((request, reply) =>
    reply.code(404).type('text/plain').send(`Nothing at ${request.url}. An app's files lie under a path it does not know: its links must be relative.\n`),
  );
  frames.get(`${hostBase}/bridge.js`, async (_request, reply) => send(reply, 'text/javascript', await bridge()));
  frames.get(`${hostBase}/theme.css`, (_request, reply) => send(reply, 'text/css', theme));
  frames.addContentTypeParser(['application/csp-report', 'application/reports+json'], { parseAs: 'string' }, (_request, body, done) => done(null, body));
  frames.post('/__csp-report', (request, reply) => {
    const report: unknown = JSON.parse(String(request.body));
    if (cspReports.push(report) > 200) cspReports.shift();
    console.warn(`CSP violation in the app: ${JSON.stringify(report).slice(0, 500)}`);
    return reply.code(204).send();
  });

  for (const resource of deps.manifest.resources) {
    const root = path.resolve(deps.appDir, resource.path);
    const prefix = `${base}/${resource.key}`;
    const page = (source: string, reply: FastifyReply): FastifyReply => {
      const csp = frameCsp(source, deps.manifest.raw['permissions'], deps.manifest.raw['remotes'], deps.urls);
      return send(reply.header('content-security-policy', csp), 'text/html', injectBridge(source, hostBase, deps.urls.site, resource.uiKit.size > 0 ? 'uikit' : 'html'));
    };
    frames.get<{ Params: { file: string } }>(`${prefix}/__LOCALES__/:file`, (request, reply) => locale(deps, request.params.file, reply));
    for (const [name, source] of resource.uiKit) {
      const bundle = uiKitBundle(deps.appDir, path.resolve(deps.appDir, source));
      frames.get(`${prefix}/${name}.html`, (_request, reply) => page(uiKitPage(name), reply));
      frames.get(`${prefix}/${name}.js`, async (_request, reply) => send(reply, 'text/javascript', await bundle()));
    }
    if (resource.uiKit.size > 0) continue;
    frames.get<{ Params: { file: string } }>(`${prefix}/:file(^[\\w-]+\\.html$)`, (request, reply) => {
      const file = path.join(root, request.params.file);
      if (!existsSync(file)) return void reply.callNotFound();
      return page(readFileSync(file, 'utf8'), reply);
    });
    await frames.register(fastifyStatic, { root, prefix: `${prefix}/`, decorateReply: false, index: false, cacheControl: true, maxAge: 0 });
  }
}

function send(reply: FastifyReply, type: string, body: string): FastifyReply {
  return reply.type(`${type}; charset=utf-8`).header('cache-control', 'no-cache').header('x-content-type-options', 'nosniff').send(body);
}

/** Nothing but the bridge is added, before anything of the app's own. */
function injectBridge(html: string, hostBase: string, site: string, surface: 'uikit' | 'html'): string {
  const script = `<script src="${hostBase}/bridge.js" data-site="${site}" data-theme="${hostBase}/theme.css" data-surface="${surface}"></script>`;
  const $ = load(html);
  $('head').prepend(script);
  return $.html();
}

/** What the app's bundler copies next to the pages for `@forge/bridge`'s i18n. */
function locale(deps: SiteDeps, file: string, reply: FastifyReply): FastifyReply {
  const { resources, fallback } = deps.manifest.translations;
  if (file === 'i18n-info.json') {
    return send(reply, 'application/json', JSON.stringify({ config: { locales: resources.map((r) => r.key), fallback: { default: fallback } } }));
  }
  const found = resources.find((resource) => `${resource.key}.json` === file);
  if (found) return send(reply, 'application/json', readFileSync(path.join(deps.appDir, found.path), 'utf8'));
  reply.callNotFound();
  return reply;
}

async function bundleBridge(): Promise<string> {
  const built = await build({
    entryPoints: [path.join(__dirname, 'frame/bridge.ts')],
    bundle: true,
    format: 'iife',
    target: 'es2020',
    minify: true,
    write: false,
  });
  return built.outputFiles[0]?.text ?? '';
}
