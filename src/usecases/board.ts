import type { BoardDelta, BoardView } from '../contract';
import { notFound } from '../domain/failure';
import type { Incident } from '../domain/model';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { pageClaim, type AlertClaim } from './claims';
import { liveNow, refreshLive } from './live';
import { configured, proveIncident } from './prove';
import { rowsSince } from './views';

/** Read passes, made and checked by the handler that knows the installation's secret. */
export interface Passes {
  issue(caller: Caller, incidentId: string, pageId: string): Promise<{ pass: string; passExpiresAt: number }>;
  /** Valid when the pass is this caller's, for this incident and its page, and has not expired. */
  holds(pass: string, caller: Caller, incidentId: string, pageId: string): Promise<{ valid: true; expiresAt: number } | { valid: false }>;
}

async function load(ports: Ports, incidentId: string): Promise<Incident> {
  const incident = await ports.incidents.load(incidentId);
  if (incident === null) throw notFound();
  return incident;
}

/** Which incident lives on a page. Only the claim made when the page was written counts, never the page's properties. */
export async function incidentOfPage(ports: Ports, pageId: string): Promise<string> {
  const settings = await configured(ports);
  const claim = await ports.claims.get<AlertClaim>(pageClaim(settings.conn, pageId));
  if (claim === null) throw notFound();
  return claim.incidentId;
}

/** Everything a board shows, in one call; Mackerel is not waited for, the first `board.changes` brings its news. */
export async function loadBoard(ports: Ports, passes: Passes, caller: Caller, at: { pageId: string } | { incidentId: string }): Promise<BoardView> {
  const incidentId = 'pageId' in at ? await incidentOfPage(ports, at.pageId) : at.incidentId;
  const { head, canEdit } = await proveIncident(ports, caller, incidentId);
  const [settings, incident, live, channel, pass] = await Promise.all([
    configured(ports),
    load(ports, incidentId),
    liveNow(ports, incidentId),
    ports.live.token(incidentId),
    passes.issue(caller, incidentId, head.page?.id ?? ''),
  ]);
  const now = ports.clock.now();
  return { ...rowsSince(incident, 0, live, settings, now), can: { edit: canEdit, mackerel: false }, ...pass, channel, now };
}

/** What changed since version `since`, with fresh values from Mackerel when the last look is old enough. */
export async function boardChanges(ports: Ports, passes: Passes, caller: Caller, p: { incidentId: string; since: number; pass: string }): Promise<BoardDelta> {
  const head = await ports.incidents.head(p.incidentId);
  if (head === null) throw notFound();
  const pageId = head.page?.id ?? '';
  // A pass lives five minutes from its proof and is never extended by itself.
  const held = await passes.holds(p.pass, caller, p.incidentId, pageId);
  if (!held.valid) await proveIncident(ports, caller, p.incidentId);
  const pass = held.valid ? { pass: p.pass, passExpiresAt: held.expiresAt } : await passes.issue(caller, p.incidentId, pageId);
  const [settings, incident] = await Promise.all([configured(ports), load(ports, p.incidentId)]);
  const fresh = await refreshLive(ports, incident);
  const now = ports.clock.now();
  return { ...rowsSince(fresh.incident, p.since, fresh.live, settings, now), ...pass, now };
}
