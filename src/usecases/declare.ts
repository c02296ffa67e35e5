/** The ways into the declaring saga. Each begins with one claim that holds the whole intent. */
import { alertOf, isLinked } from '../domain/alert-record';
import type { Press } from '../domain/change';
import { ENDED, sight } from '../domain/incident';
import { attachAlert } from '../domain/linking';
import { badRequest, notFound, AppFailure } from '../domain/failure';
import type { AlertSighting } from '../domain/alert';
import type { Candidate, DeclareIntent, Incident, Settings } from '../domain/model';
import { declareHome, homeOf, parentIn, type DeclareVerdict } from '../domain/rules';
import { templateFor } from '../domain/templates';
import { plainLine } from '../domain/text';
import type { DeclareResult, IncidentKind, Lang, ParentPage, Severity, TemplateId, Visibility } from '../contract';
import type { Ports } from '../ports';
import { subjectsOf } from './audience';
import type { Caller } from './caller';
import { settleCandidate } from './candidates';
import { candidateClaim, claimAlert, pageClaim, pressClaim, type AlertClaim, type IntentClaim } from './claims';
import { operation } from './press';
import { isHomeless } from './refusals';
import { proveDeclarer } from './rights';
import { advance, ensureSaga, waitForPage } from './saga';
import { claimService, openIncidentOf } from './service-claim';
import { survivingHead, survivorOf } from './survivor';
import { issueClaim } from './ticket-job';
import { linkIssue } from './press-tickets';
import { typedLine } from './typed';
import { updateIncident } from './update-incident';

/** Alerts whose facts travel with the intent; more are attached right after. */
export const INTENT_ALERTS = 20;
const TITLE_MAX = 200;

/** A rule says "declare": the app writes the page. Ends on the service's open incident if there is one. */
export async function declareByRule(ports: Ports, settings: Settings, alerts: readonly AlertSighting[], verdict: DeclareVerdict): Promise<string> {
  const first = alerts[0];
  if (first === undefined || first.service === null) throw new AppFailure('internal');
  const home = declareHome(settings, first.service, verdict);
  if (home === null) throw new AppFailure('page-refused', 'error.page-refused.no-space', { space: first.service });
  const space = await ports.pages.spaceByKey(home.spaceKey, { as: 'app' });
  if (space === null) throw new AppFailure('page-refused', 'error.page-refused.no-space', { space: home.spaceKey });
  const intent: DeclareIntent = {
    incidentId: ports.random.id(),
    nonce: ports.random.id(),
    conn: settings.conn,
    title: titleFrom(first),
    kind: verdict.kind,
    severity: verdict.severity,
    visibility: 'public',
    lang: home.lang,
    service: first.service,
    space: { id: space.id, key: space.key },
    ...below(parentIn(settings, first.service, space.key)),
    detectedAt: Math.min(...alerts.map((alert) => alert.openedAt)),
    declaredAt: ports.clock.now(),
    declaredBy: null,
    candidateId: null,
    template: templateFor(verdict.template, settings.templates, { kind: verdict.kind, severity: verdict.severity, service: first.service }),
    alerts: alerts.slice(0, INTENT_ALERTS),
  };
  const { claim } = await claimService(ports, settings.conn, first.service, { incidentId: intent.incidentId, intent });
  await ensureSaga(ports, claim.intent);
  await advance(ports, claim.incidentId, { as: 'app' });
  return claim.incidentId;
}

const below = (parent: ParentPage | null): Pick<DeclareIntent, 'parent'> => (parent === null ? {} : { parent });

export function titleFrom(alert: AlertSighting): string {
  return plainLine(alert.host === null ? alert.monitorName : `${alert.monitorName} (${alert.host.name})`, 120);
}

export interface DeclareInput {
  readonly opId: string;
  readonly spaceKey: string;
  readonly title: string;
  readonly severity: Severity;
  readonly visibility: Visibility;
  readonly candidateId: string | null;
  readonly pageId?: string | undefined;
  /** A Jira issue that becomes the first ticket. */
  readonly issueId?: string | undefined;
  readonly kind?: Exclude<IncidentKind, 'drill'> | undefined;
  readonly template?: TemplateId | undefined;
  /** It is over already (epoch ms). */
  readonly past?: { readonly begunAt: number; readonly endedAt: number } | undefined;
  /** Who else sees a private one: accounts, and ids of groups. */
  readonly audience?: { readonly people: readonly string[]; readonly groupIds: readonly string[] } | undefined;
}

/** What a declaration in this space is about: the candidate's service, or the only one of the space; and the language of its page. */
export function placeOf({ services }: Settings, spaceKey: string, candidate: Candidate | null): { readonly service: string | null; readonly lang: Lang } {
  const mapped = services.filter((service) => service.spaceKey === spaceKey);
  const service = candidate !== null ? candidate.alert.service : mapped.length === 1 ? (mapped[0]?.name ?? null) : null;
  return { service, lang: mapped[0]?.lang ?? 'en' };
}

/** @throws AppFailure not-found where the caller may not learn of it */
export async function candidateOf(ports: Ports, settings: Settings, input: Pick<DeclareInput, 'candidateId' | 'spaceKey'>): Promise<Candidate | null> {
  if (input.candidateId === null) return null;
  const row = await ports.candidates.get(input.candidateId);
  if (row === null || row.value.conn !== settings.conn) throw notFound();
  // Only who may declare in the service's own space may learn of the candidate.
  const home = homeOf(settings, row.value.alert.service);
  const [space] = await ports.access.spaces([home?.spaceKey ?? input.spaceKey]);
  const homeless = home === null || (space === undefined && isHomeless(row.value));
  if ((space === undefined && !homeless) || (homeless && !(await ports.access.isAdmin()))) throw notFound();
  return row.value;
}

/** What is over began before it ended, and an alert that waits for a person is not over. */
function provePast({ begunAt, endedAt }: NonNullable<DeclareInput['past']>, now: number, candidate: Candidate | null): void {
  if (candidate !== null) throw badRequest('past');
  if (begunAt >= endedAt || endedAt > now) throw badRequest('past', 'error.past-times');
}

/** Where a public declaration meets others for the same thing: its service, its candidate, or this very press. */
async function firstClaim(ports: Ports, caller: Caller, intent: DeclareIntent, opId: string): Promise<{ made: boolean; claim: IntentClaim }> {
  const mine: IntentClaim = { incidentId: intent.incidentId, intent };
  const press = await ports.claims.make(pressClaim(intent.conn, caller.accountId, opId), 'press', mine);
  const wanted = press.made ? mine : press.value;
  const { candidateId, heldFrom, visibility, service, conn } = wanted.intent;
  if (visibility === 'private') return { made: true, claim: wanted };
  if (candidateId === null) {
    // From nothing: a person decided that this is a thing of its own. Later alerts of the service join it if it is the only one.
    if (service !== null && wanted.intent.past === undefined) await claimService(ports, conn, service, wanted);
    return { made: true, claim: wanted };
  }
  // Taken off the service's open incident: it must not end up there again.
  const apart = service === null || (heldFrom !== undefined && (await openIncidentOf(ports, conn, service))?.incidentId === (await survivorOf(ports, heldFrom)));
  if (!apart) return await claimService(ports, conn, service, wanted);
  const answer = await ports.claims.make(candidateClaim(conn, candidateId, heldFrom), 'declare', wanted);
  const claim = answer.made ? wanted : answer.value;
  return { made: claim.incidentId === wanted.incidentId, claim };
}

async function linkCandidate(ports: Ports, { conn, alert }: Candidate, incidentId: string, visibility: Visibility, press: Press): Promise<void> {
  if (visibility === 'private') return; // stays an ordinary candidate for everybody else
  const link = (incident: Incident): Incident => {
    const known = alertOf(incident, alert.id);
    // Taken off this very incident before: only a person's word links it there again, and this is one.
    return known !== null && !isLinked(known) ? attachAlert(incident, alert, press) : sight(incident, [alert], press.now);
  };
  if ((await claimAlert(ports, conn, incidentId, alert.id)).mine) await updateIncident(ports, incidentId, link);
  await settleCandidate(ports, conn, alert.id);
}

/** An existing page the caller wants as the home: one they can edit, in that space, that is no incident's yet. */
async function adoptable(ports: Ports, caller: Caller, conn: string, input: DeclareInput, spaceId: string): Promise<{ id: string; url: string } | null> {
  if (input.pageId === undefined) return null;
  const page = await ports.access.page(input.pageId);
  if (page === null) throw notFound();
  if (!page.canUpdate) throw new AppFailure('forbidden', 'error.page-no-edit', {}, 'pageId');
  if (page.spaceId !== spaceId) throw badRequest('spaceKey', 'error.space-unknown');
  if (input.visibility === 'private') throw badRequest('visibility');
  const [lives, press] = await Promise.all([ports.claims.get<AlertClaim>(pageClaim(conn, page.pageId)), ports.claims.get<IntentClaim>(pressClaim(conn, caller.accountId, input.opId))]);
  // Looked at before anything is claimed; a press sent again finds its own incident there.
  if (lives !== null && lives.incidentId !== press?.incidentId) throw new AppFailure('conflict', 'error.page-taken', {}, 'pageId');
  return { id: page.pageId, url: page.url };
}

/** An issue the caller can see that is no incident's yet. Looked at before anything is claimed; a press sent again finds its own there. */
async function declarable(ports: Ports, caller: Caller, conn: string, issueId: string, opId: string): Promise<void> {
  const issue = await ports.issues.issue(issueId, { as: 'user' });
  if (issue === null) throw notFound();
  const [taken, press] = await Promise.all([ports.claims.get<AlertClaim>(issueClaim(conn, issue.id)), ports.claims.get<IntentClaim>(pressClaim(conn, caller.accountId, opId))]);
  if (taken !== null && taken.incidentId !== press?.incidentId) throw new AppFailure('conflict', 'error.ticket-taken', { key: '' }, 'issueId');
}

/**
 * A person declares, from a candidate or from nothing. Many presses for the same thing end on one page; the page is written
 * as the declarer inside this call.
 */
export async function declareByPerson(ports: Ports, settings: Settings, caller: Caller, input: DeclareInput): Promise<DeclareResult> {
  const title = typedLine(input.title, TITLE_MAX, 'title');
  if (title === '') throw badRequest('title', 'error.title-empty');
  await proveDeclarer(ports, settings, caller);
  const candidate = await candidateOf(ports, settings, input);
  const [space] = await ports.access.spaces([input.spaceKey]);
  if (space === undefined) throw badRequest('spaceKey', 'error.space-unknown');
  const page = await adoptable(ports, caller, settings.conn, input, space.id);
  if (input.issueId !== undefined) await declarable(ports, caller, settings.conn, input.issueId, input.opId);
  if (page === null && !space.canCreate) throw new AppFailure('forbidden', 'error.space-no-create', { space: space.key }, 'spaceKey');
  const { service, lang } = placeOf(settings, input.spaceKey, candidate);
  const { kind = 'incident', past } = input;
  const now = ports.clock.now();
  if (past !== undefined) provePast(past, now, candidate);
  if (input.audience !== undefined && input.visibility !== 'private') throw badRequest('audience');
  const audience = input.audience === undefined ? undefined : await subjectsOf(ports, input.audience.people, input.audience.groupIds);
  const intent: DeclareIntent = {
    incidentId: ports.random.id(),
    nonce: ports.random.id(),
    conn: settings.conn,
    title,
    kind,
    severity: input.severity,
    visibility: input.visibility,
    lang,
    service,
    space: { id: space.id, key: space.key },
    ...below(parentIn(settings, service, space.key)),
    detectedAt: past?.begunAt ?? candidate?.alert.openedAt ?? now,
    declaredAt: now,
    declaredBy: caller.accountId,
    ...(audience === undefined ? {} : { audience }),
    candidateId: input.candidateId,
    ...(candidate?.heldFrom === undefined ? {} : { heldFrom: candidate.heldFrom }),
    ...(page === null ? {} : { page }),
    ...(past === undefined ? {} : { past: { endedAt: past.endedAt } }),
    template: templateFor(input.template, settings.templates, { kind, severity: input.severity, service }),
    alerts: candidate === null ? [] : [candidate.alert],
  };
  const { made, claim } = await firstClaim(ports, caller, intent, input.opId);
  await ensureSaga(ports, claim.intent);
  const outcome = await advance(ports, claim.incidentId, { as: 'user' });
  const head = outcome === 'done' ? await ports.incidents.head(claim.incidentId) : await waitForPage(ports, claim.incidentId, null);
  if (head === null) throw new AppFailure('busy', 'error.busy', {}, null, 2000);
  const home = head.mergedInto === undefined ? head : ((await survivingHead(ports, head.id)) ?? head);
  if (ENDED.has(head.status) && head.page === null) throw new AppFailure('page-refused', 'error.page-refused.bad-page', { space: space.key });
  if (candidate !== null) await linkCandidate(ports, candidate, claim.incidentId, claim.intent.visibility, operation(caller, { incidentId: claim.incidentId, opId: input.opId }, now));
  if (input.issueId !== undefined) await linkIssue(ports, caller, { incidentId: home.id, opId: `${input.opId}-issue`, issue: input.issueId, kind: null });
  return { incidentId: home.id, key: home.key, page: home.page, already: !made || home.id !== claim.intent.incidentId };
}
