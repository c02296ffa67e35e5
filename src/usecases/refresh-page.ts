/** The variables of an incident's page, filled in once more with what is known by now. */
import type { IncidentHeadView, PageRefreshView } from '../contract';
import { AppFailure } from '../domain/failure';
import { refreshed } from '../domain/linking';
import type { IncidentHead } from '../domain/model';
import type { PageFacts, Ports } from '../ports';
import type { Caller } from './caller';
import { accept, acceptedBefore, changedByOther, proveEditor, type Pressed } from './press';
import { madeFrom } from './page-templates';
import { proveMayEdit } from './prove';
import { factsOf } from './saga';
import { headView } from './views';

const USER = { as: 'user' } as const;
const unknown = (): AppFailure => new AppFailure('conflict', 'error.refresh-unknown');

async function pageOf(ports: Ports, { id, page, kind }: IncidentHead): Promise<{ readonly pageId: string; readonly facts: PageFacts }> {
  if (page === null || page.state !== 'current') throw new AppFailure('conflict', 'error.page-gone');
  const [saga, settings, incident] = await Promise.all([ports.sagas.get(id), ports.settings.load(), ports.incidents.load(id)]);
  if (saga === null || incident === null) throw unknown();
  const made = await madeFrom(ports, settings?.value ?? null, saga.value.intent.template ?? 'incident', kind);
  return { pageId: page.id, facts: factsOf(incident, made) };
}

/**
 * What would change, for those who may edit.
 * @throws AppFailure conflict where the page was not made from a template, or nobody can tell any more
 */
export async function lookAtRefresh(ports: Ports, caller: Caller, incidentId: string): Promise<PageRefreshView> {
  const { pageId, facts } = await pageOf(ports, await proveMayEdit(ports, caller, incidentId));
  const seen = await ports.pages.refreshable(pageId, facts, USER);
  if (seen === null) throw unknown();
  return { ...seen, lang: facts.lang };
}

/** `version`: of the page that was looked at. @throws AppFailure conflict where the page has changed since, or somebody has a draft */
export async function pressRefresh(ports: Ports, caller: Caller, p: Pressed & { readonly version: number }): Promise<IncidentHeadView> {
  const head = await proveEditor(ports, caller, p);
  if ((await acceptedBefore(ports, caller, p)) === null) {
    const { pageId, facts } = await pageOf(ports, head);
    const outcome = await ports.pages.refresh(pageId, facts, p.version, ports.texts.say(facts.lang, 'page.refreshed', { key: facts.key }), USER);
    if (outcome === 'unknown') throw unknown();
    if (outcome === 'drafted') throw new AppFailure('conflict', 'error.page-drafted');
    if (outcome === 'conflict') throw changedByOther('page');
  }
  return headView((await accept(ports, caller, p, refreshed)).head);
}
