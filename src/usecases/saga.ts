/**
 * Declaring, as resumable steps. The row's `nextAt` is the lease: whoever moves it forward by compare-and-set holds the saga
 * until then. Every step can be repeated: each looks for its own earlier effect before it acts.
 */
import { linkedAlerts } from '../domain/alert-record';
import { abandoned, closedAsPast, declared, ENDED, sight, withPage } from '../domain/incident';
import { standsFor } from '../domain/imported';
import { rehomed, toldAtRoot } from '../domain/linking';
import { AppFailure } from '../domain/failure';
import type { Who } from '../contract';
import { isPageTemplate } from '../domain/templates';
import type { AlertSighting, DeclareIntent, Incident, IncidentHead, Rehome, Saga } from '../domain/model';
import type { Actor, PageFacts, Ports, WrittenPage } from '../ports';
import { alertClaim, candidateClaim, claimAlert, pageClaim, serviceClaim, type AlertClaim } from './claims';
import { expectEvidence } from './freeze';
import { makePage } from './make-page';
import { flushOutbox } from './notices';
import { madeFrom, type Made } from './page-templates';
import { noteRefusal } from './refusals';
import { updateIncident } from './update-incident';

const LEASE_MS = 15_000;
const DEAD_AFTER = 20;
const WAIT_FOR_PAGE_MS = 15_000;

/** Makes the saga's row if this is its first sight. */
export async function ensureSaga(ports: Ports, intent: DeclareIntent): Promise<void> {
  if ((await ports.sagas.get(intent.incidentId)) !== null) return;
  const fresh: Saga = { schema: 1, intent, step: 'head', state: 'running', attempts: 0, nextAt: 0, lastError: null };
  await ports.sagas.put(fresh, null);
}

async function ownAlerts(ports: Ports, intent: DeclareIntent): Promise<readonly AlertSighting[]> {
  if (intent.visibility === 'private') return intent.alerts;
  const own: AlertSighting[] = [];
  for (const alert of intent.alerts) {
    if ((await claimAlert(ports, intent.conn, intent.incidentId, alert.id)).mine) own.push(alert);
  }
  return own;
}

async function makeHead(ports: Ports, intent: DeclareIntent): Promise<void> {
  const alerts = await ownAlerts(ports, intent);
  const incident = declared({ ...intent, alerts }, intent.visibility === 'private' ? ports.random.letters(8) : '');
  const year = new Date(intent.declaredAt).getUTCFullYear();
  const numbering = { conn: intent.conn, year, key: (n: number): string => `${year}-${String(n).padStart(3, '0')}` };
  const stored = await ports.incidents.create(incident, intent.visibility === 'private' ? null : numbering);
  if (stored.head.ver === 1) return;
  await updateIncident(ports, intent.incidentId, (current) => sight(current, alerts, ports.clock.now()));
}

/** What a page of the incident is made with. */
export function factsOf(incident: Incident, made: Made): PageFacts {
  const { head } = incident;
  const commander = head.roles.find(({ id }) => id === 'commander')?.person ?? null;
  const alerts = Object.fromEntries(linkedAlerts(incident.alerts).map((alert) => [alert.id, alert]));
  const imported = head.imported === undefined ? {} : { imported: { key: head.imported.key, at: head.imported.at } };
  return { incidentId: head.id, nonce: head.nonce, key: head.key, title: head.title, lang: head.lang, visibility: head.visibility, detectedAt: head.detectedAt, declaredAt: head.declaredAt, severity: head.severity, service: head.service, commander, ...imported, ...made, alerts };
}

/** Confluence may refuse what people wrote on a page of theirs: then it is the built-in template. */
async function newPage(ports: Ports, { template = 'incident', kind, parent }: DeclareIntent, incident: Incident, authors: readonly string[], actor: Actor): Promise<WrittenPage> {
  const settings = isPageTemplate(template) ? ((await ports.settings.load())?.value ?? null) : null;
  const facts = factsOf(incident, await madeFrom(ports, settings, template, kind));
  const { source, ...plain } = facts;
  const place = { ...incident.head.space, parentId: parent?.id ?? null };
  try {
    return await makePage(ports, place, facts, authors, actor);
  } catch (error) {
    if (source === undefined || !(error instanceof AppFailure) || error.messageKey !== 'error.page-refused.bad-page') throw error;
    return await makePage(ports, place, { ...plain, lost: true }, authors, actor);
  }
}

async function pageStep(ports: Ports, { intent, rehome, lastError }: Saga, actor: Actor): Promise<void> {
  const incident = await ports.incidents.load(intent.incidentId);
  if (incident === null) throw new AppFailure('internal');
  const { head } = incident;
  if (ENDED.has(head.status) && head.page === null && intent.fromFile !== true) throw new AppFailure('page-refused', lastError ?? 'error.page-refused.bad-page', { space: head.space.key });
  const gone = rehome !== undefined && head.page?.id === rehome.from;
  const declarer = standsFor(head);
  const authors = [...(declarer === null ? [] : [declarer]), ...(rehome?.authors ?? [])];
  const { parent } = intent;
  const written = (): Promise<WrittenPage> => newPage(ports, intent, incident, authors, actor);
  const page = (gone ? null : head.page) ?? (rehome === undefined ? intent.page : null) ?? (await written());
  // One that was there before is where its people put it.
  const astray = parent !== undefined && 'parentId' in page && page.parentId !== parent.id ? parent : null;
  const home: AlertClaim = { incidentId: intent.incidentId };
  const claim = await ports.claims.make(pageClaim(intent.conn, page.id), 'page', home);
  if (!claim.made && claim.value.incidentId !== intent.incidentId) throw new AppFailure('page-refused', 'error.page-taken');
  const now = ports.clock.now();
  const at = { id: page.id, url: page.url };
  const told = (current: Incident): Incident => (astray === null ? current : toldAtRoot(current, at.id, astray.title, now));
  const housed = (current: Incident): Incident => (intent.past === undefined ? told(withPage(current, at)) : closedAsPast(told(withPage(current, at)), now));
  await updateIncident(ports, intent.incidentId, (current) => (rehome === undefined ? housed(current) : told(rehomed(current, at, rehome.press))));
}

async function markStep(ports: Ports, { intent, rehome }: Saga, actor: Actor): Promise<void> {
  const head = await ports.incidents.head(intent.incidentId);
  if (head === null || head.page === null) throw new AppFailure('internal');
  const declarer = standsFor(head);
  if (head.visibility === 'private' && declarer !== null) {
    // On a new page nobody is let in again who may have been taken off the one before.
    const { people = [], groups = [] } = rehome === undefined ? (intent.audience ?? {}) : {};
    const subjects: readonly Who[] = [...[declarer, ...people].map((accountId) => ({ accountId })), ...groups.map(({ id }) => ({ groupId: id }))];
    await ports.audience.keepTo(head.page.id, subjects, actor);
  }
  await ports.pages.mark(head, actor);
  if (intent.page?.id === head.page.id) await ports.pages.nameOnBoard(head.page.id, head, actor);
}

async function announceStep(ports: Ports, intent: DeclareIntent): Promise<void> {
  const incident = await ports.incidents.load(intent.incidentId);
  if (incident === null) throw new AppFailure('internal');
  await ports.live.ping(intent.incidentId, incident.head.ver);
  await expectEvidence(ports, incident.head);
  await flushOutbox(ports, incident);
}

/** Waits for another run to give the incident a page other than `from`; null when that does not come in time. */
export async function waitForPage(ports: Ports, incidentId: string, from: string | null): Promise<IncidentHead | null> {
  const until = ports.clock.now() + WAIT_FOR_PAGE_MS;
  for (;;) {
    const saga = await ports.sagas.get(incidentId);
    const head = await ports.incidents.head(incidentId);
    const there = head?.page != null && head.page.id !== from;
    if (there || saga?.value.state !== 'running' || ports.clock.now() > until) return head;
    await ports.clock.sleep(150 + Math.round(150 * ports.random.fraction()));
  }
}

/** Begins a new page for an incident whose page is gone, or joins one that is on its way. The row's version settles who was first. */
export async function beginRehome(ports: Ports, incidentId: string, wanted: Rehome): Promise<void> {
  const row = await ports.sagas.get(incidentId);
  if (row === null) throw new AppFailure('internal');
  const known = row.value.rehome;
  const underWay = row.value.state !== 'done' && known?.from === wanted.from;
  if (underWay && row.value.nextAt > ports.clock.now()) return;
  const rehome = underWay ? { ...known, authors: [...new Set([...known.authors, ...wanted.authors])] } : wanted;
  await ports.sagas.put({ ...row.value, rehome, step: 'page', state: 'running', attempts: 0, nextAt: 0, lastError: null }, row.ver);
}

const NEXT = { head: 'page', page: 'mark', mark: 'announce', announce: 'done', done: 'done' } as const;

async function runStep(ports: Ports, saga: Saga, actor: Actor): Promise<void> {
  switch (saga.step) {
    case 'head':
      return await makeHead(ports, saga.intent);
    case 'page':
      return await pageStep(ports, saga, actor);
    case 'mark':
      return await markStep(ports, saga, actor);
    case 'announce':
      return await announceStep(ports, saga.intent);
    case 'done':
      return undefined;
  }
}

/** A record from a file that never got its page; the file still has it. Its head goes last, so that whoever goes on finds the rest. */
async function forgetImported(ports: Ports, incidentId: string): Promise<void> {
  const head = await ports.incidents.head(incidentId);
  for (const { of, key } of ports.rows.keysOf(incidentId, head?.chunks ?? null)) if (of !== 'saga') await ports.rows.remove(of, [key]);
}

/**
 * Takes a declaration back that will not come to its end: nothing half-done stays, and its alerts are free again. `end` is
 * what its record, if there is one, comes to. Safe to repeat. Answers the alerts it had.
 */
export async function takeBack(ports: Ports, intent: DeclareIntent, end: (incident: Incident) => Incident): Promise<readonly string[]> {
  const { incidentId, conn, service, candidateId, heldFrom, visibility, alerts, fromFile } = intent;
  if (fromFile === true) {
    await forgetImported(ports, incidentId);
    return [];
  }
  const made = (await ports.incidents.head(incidentId)) !== null;
  const incident = made ? await updateIncident(ports, incidentId, end) : null;
  if (service !== null && visibility === 'public') await ports.claims.release(serviceClaim(conn, service), incidentId);
  if (candidateId !== null) await ports.claims.release(candidateClaim(conn, candidateId, heldFrom), incidentId);
  const linked = new Set([...alerts.map((alert) => alert.id), ...Object.keys(incident?.alerts ?? {})]);
  for (const id of linked) await ports.claims.release(alertClaim(conn, id), incidentId);
  return [...linked];
}

export type SagaOutcome = 'done' | 'elsewhere' | 'waiting';

/**
 * Runs the saga to its end if nobody else holds it. A declarer's own call passes `{as: 'user'}`; without one the app
 * resumes public pages as itself, while private ones wait for their declarer.
 * @throws AppFailure page-refused when Confluence refuses for good (everything is taken back first)
 */
export async function advance(ports: Ports, incidentId: string, actor: Actor): Promise<SagaOutcome> {
  const row = await ports.sagas.get(incidentId);
  if (row === null) return 'waiting';
  if (row.value.state === 'done') return 'done';
  if (row.value.state === 'dead' || row.value.state === 'discarded' || row.value.discarding === true) return 'waiting';
  const now = ports.clock.now();
  if (row.value.nextAt > now) return 'elsewhere';
  if (actor.as === 'app' && row.value.intent.visibility === 'private') {
    if (row.value.state === 'running') await ports.sagas.put({ ...row.value, state: 'needs-person' }, row.ver);
    return 'waiting';
  }
  let saga: Saga = { ...row.value, state: 'running', attempts: row.value.attempts + 1, nextAt: now + LEASE_MS };
  let ver = row.ver;
  const store = async (next: Saga): Promise<boolean> => {
    if (!(await ports.sagas.put(next, ver))) return false;
    ver += 1;
    saga = next;
    return true;
  };
  if (!(await store(saga))) return 'elsewhere';
  try {
    while (saga.step !== 'done') {
      await runStep(ports, saga, actor);
      const step = NEXT[saga.step];
      const ended = step === 'done';
      const nextAt = ended ? 0 : ports.clock.now() + LEASE_MS;
      if (!(await store({ ...saga, step, state: ended ? 'done' : 'running', nextAt, lastError: null }))) return 'elsewhere';
    }
    return 'done';
  } catch (error) {
    const refused = error instanceof AppFailure && error.code === 'page-refused';
    const dead = refused || saga.attempts >= DEAD_AFTER;
    // The incident lives on without a page; its administrators may try again.
    const state = dead ? (saga.rehome === undefined ? 'dead' : 'done') : 'running';
    const wait = Math.min(300_000, 2_000 * 2 ** Math.min(saga.attempts, 8));
    const lastError = error instanceof AppFailure ? error.messageKey : 'error.internal';
    // The record of a file waits: it can be brought to another space.
    if (refused && saga.rehome === undefined && saga.intent.fromFile !== true && (await store({ ...saga, lastError }))) {
      if (saga.intent.declaredBy === null) await noteRefusal(ports, saga.intent);
      await takeBack(ports, saga.intent, (current) => abandoned(current, ports.clock.now()));
    }
    // The last word: who resumes before it finds the incident taken back, and does this again.
    await store({ ...saga, state, nextAt: ports.clock.now() + wait, lastError });
    throw error;
  }
}
