/** Confluence pages as templates: a version an administrator looked at is what new pages are made from, until another one is chosen. */
import type { IncidentKind, Lang, PageTemplateLook, PageTemplatesView, PageTemplateView, TemplateId } from '../contract';
import { takeIn } from '../domain/alert-record';
import { AppFailure, badRequest, notFound } from '../domain/failure';
import type { PageTemplate, Settings } from '../domain/model';
import { sampleAlert } from '../domain/sample';
import { builtInFor, isPageTemplate, usesOf } from '../domain/templates';
import { plainLine } from '../domain/text';
import type { PageFacts, Ports, SourcePage } from '../ports';
import type { Caller } from './caller';
import { configured, proveAdmin } from './prove';
import { withChange } from './settings-changes';

const APP = { as: 'app' } as const;
const USER = { as: 'user' } as const;
const ROUNDS = 5;
/** Stored in the settings, which every call reads. */
const AT_MOST = 30;
const NAME = 80;
/** Of a document as text; a page made of it carries the facts besides. */
const SOURCE_BYTES = 200_000;

/** What a page is made from, as its writer takes it: a page's own words, or a built-in template, `lost` where a page was wanted and could not be read. */
export type Made = Pick<PageFacts, 'template' | 'source' | 'lost'>;

/** Never throws for a page that is gone, hidden from the app or not to be had now: a declaration goes on without it. */
export async function madeFrom(ports: Ports, settings: Settings | null, template: TemplateId, kind: IncidentKind): Promise<Made> {
  const builtIn = builtInFor(kind);
  if (!isPageTemplate(template)) return { template };
  const known = settings?.pageTemplates.find(({ id }) => id === template);
  const page = known === undefined ? null : await ports.pages.source(known.pageId, known.version, APP).catch(() => null);
  return page === null ? { template: builtIn, lost: true } : { template: builtIn, source: page.adf };
}

/** The page as the caller and the app both see it; `version` null: the present one. */
async function seen(ports: Ports, pageId: string, version: number | null): Promise<SourcePage & { readonly url: string }> {
  const access = await ports.access.page(pageId);
  if (access === null) throw notFound();
  const mine = await ports.pages.source(pageId, version, USER);
  if (mine === null) throw notFound();
  if ((await ports.pages.source(pageId, mine.version, APP)) === null) throw new AppFailure('forbidden', 'error.template-page.app', {}, 'page');
  if (new TextEncoder().encode(mine.adf).length > SOURCE_BYTES) throw badRequest('page', 'error.template-page.large');
  return { ...mine, url: access.url };
}

function sampleFacts(ports: Ports, lang: Lang, source: string): PageFacts {
  const say = (key: string): string => ports.texts.say(lang, key);
  const now = ports.clock.now();
  const alert = takeIn(sampleAlert(now, { monitor: say('page.sample.monitor'), memo: say('page.sample.memo') }), now, 1, null);
  return { incidentId: '', nonce: '', key: say('page.sample.key'), title: say('page.sample.title'), lang, visibility: 'public', detectedAt: now, declaredAt: now, severity: 'sev2', service: 'shop', commander: null, template: 'incident', source, alerts: { [alert.id]: alert } };
}

/**
 * What pages made from it would hold, on sample data. Administrators only. Nothing is stored.
 * @throws AppFailure not-found; forbidden where the app cannot read it; bad-request where nothing can be made of it
 */
export async function lookAtPage(ports: Ports, { pageId, lang }: { readonly pageId: string; readonly lang: Lang }): Promise<PageTemplateLook> {
  await proveAdmin(ports);
  const page = await seen(ports, pageId, null);
  const filled = await ports.pages.tryOut(sampleFacts(ports, lang, page.adf));
  if (filled === null) throw badRequest('page', 'error.template-page.unusable');
  return { pageId, title: plainLine(page.title, NAME), url: page.url, version: page.version, lang, ...filled };
}

async function rowOf(ports: Ports, settings: Settings, { id, name, pageId, version, by, at }: PageTemplate): Promise<PageTemplateView> {
  const [now, access] = await Promise.all([ports.pages.source(pageId, null, APP).catch(() => null), ports.access.page(pageId)]);
  return { id, name, pageId, url: access?.url ?? null, version, newest: now?.version ?? null, used: usesOf(settings, id), by: { accountId: by }, at };
}
async function view(ports: Ports): Promise<PageTemplatesView> {
  const row = await ports.settings.load();
  if (row === null) throw new AppFailure('not-configured');
  return { pages: await Promise.all(row.value.pageTemplates.map((one) => rowOf(ports, row.value, one))), version: row.ver };
}
export async function pageTemplates(ports: Ports): Promise<PageTemplatesView> {
  await proveAdmin(ports);
  return await view(ports);
}

async function keep(ports: Ports, caller: Caller, change: (settings: Settings) => readonly PageTemplate[]): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const row = await ports.settings.load();
    if (row === null) throw new AppFailure('not-configured');
    const pages = change(row.value);
    if (pages === row.value.pageTemplates) return;
    if (await ports.settings.save(await withChange(ports, caller, row.value, { ...row.value, pageTemplates: pages }), row.ver)) return;
  }
  throw new AppFailure('busy', 'error.busy', {}, null, 1000);
}

/** Makes the page a template, or one that is a template already be used in this version. Administrators only. Safe to repeat. */
export async function adoptPage(ports: Ports, caller: Caller, { pageId, version }: { readonly pageId: string; readonly version: number }): Promise<PageTemplatesView> {
  await proveAdmin(ports);
  await configured(ports);
  const page = await seen(ports, pageId, version);
  if ((await ports.pages.tryOut(sampleFacts(ports, 'en', page.adf))) === null) throw badRequest('page', 'error.template-page.unusable');
  const name = plainLine(page.title, NAME);
  const fresh = { id: `page-${pageId}` as const, pageId, version, name, by: caller.accountId, at: ports.clock.now() };
  await keep(ports, caller, ({ pageTemplates: known }) => {
    const mine = known.find((one) => one.pageId === pageId);
    if (mine?.version === version && mine.name === name) return known;
    if (mine !== undefined) return known.map((one) => (one === mine ? fresh : one));
    if (known.length >= AT_MOST) throw badRequest('page', 'error.template-page.many');
    return [...known, fresh];
  });
  return await view(ports);
}

/** @throws AppFailure conflict while rules or the table of templates name it */
export async function dropPage(ports: Ports, caller: Caller, id: string): Promise<PageTemplatesView> {
  await proveAdmin(ports);
  await keep(ports, caller, (settings) => {
    const uses = usesOf(settings, id);
    if (uses > 0) throw new AppFailure('conflict', 'error.template-page.used', { n: uses });
    return settings.pageTemplates.some((one) => one.id === id) ? settings.pageTemplates.filter((one) => one.id !== id) : settings.pageTemplates;
  });
  return await view(ports);
}
