/** What people do with an incident's tickets: make, link, take off, decide against, look again. */
import type { IncidentHeadView, TicketInput, TicketKind } from '../contract';
import { entryNames } from '../domain/alert-entries';
import { alreadyDone } from '../domain/change';
import { AppFailure, badRequest, notFound } from '../domain/failure';
import type { Incident, TicketJob } from '../domain/model';
import { decidedEnough, doubtTicket, DROP_REASON_MAX, dropTicket, isOn, SUMMARY_MAX, takenOff, ticketOf, ticketsFull, unlinkTicket } from '../domain/tickets';
import type { Actor, Held, Ports, TrackedIssue } from '../ports';
import type { Caller } from './caller';
import { accept, acceptedBefore, operation, press, proveEditor, type Pressed } from './press';
import { configured, proveIncident } from './prove';
import { typedLine } from './typed';
import { updateIncident } from './update-incident';
import { headView } from './views';
import { contextOf, issueHolder, LEASE_MS, linkOf, workOn } from './ticket-job';
import { changeJob } from './wake-tickets';

/** How long Jira's answer to a create is waited for before it counts as lost, ms: the platform ends a call sooner. */
const ANSWER_MS = 30_000;
const BOTH: readonly Actor[] = [{ as: 'app' }, { as: 'user' }];

interface TicketClaim extends Held {
  readonly ticketId: string;
}
const pressOf = (conn: string, opId: string): string => `ticket:${conn}:${opId}`;

/** Fields of their own in the contract may not come in by the side door. */
const OWN = new Set(['summary', 'description', 'project', 'issuetype', 'labels', 'assignee', 'duedate', 'priority', 'properties', 'reporter']);
const FIELDS_AT_MOST = 30;
const FIELDS_BYTES = 20_000;

/** 31 February reads as a day in March: no such date. */
const isDate = (date: string): boolean => {
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(date);
};

/** @throws AppFailure bad-request naming the field */
function checked(input: TicketInput): TicketInput {
  const summary = typedLine(input.summary, SUMMARY_MAX, 'summary');
  if (summary === '') throw badRequest('summary', 'error.summary-empty');
  const { dueDate, fields } = input;
  if (dueDate !== null && !isDate(dueDate)) throw badRequest('dueDate', 'error.due-date');
  const names = Object.keys(fields);
  const own = names.find((name) => OWN.has(name));
  if (own !== undefined || names.length > FIELDS_AT_MOST || JSON.stringify(fields).length > FIELDS_BYTES) throw badRequest(`fields.${own ?? ''}`, 'error.fields-bad');
  return { ...input, summary };
}

const current = async (ports: Ports, incidentId: string): Promise<Incident> => {
  const incident = await ports.incidents.load(incidentId);
  if (incident === null) throw notFound();
  return incident;
};

/** One ticket per press: the claim of the press names the ticket, and whoever comes again finds it. `earlier`: the one to take up again. */
async function claimed(ports: Ports, conn: string, p: Pressed, opId: string, earlier: string | null = null): Promise<string> {
  const mine: TicketClaim = { incidentId: p.incidentId, ticketId: earlier ?? ports.random.id() };
  const claim = await ports.claims.make(pressOf(conn, opId), 'ticket', mine);
  const { incidentId, ticketId } = claim.made ? mine : claim.value;
  if (incidentId !== p.incidentId) throw badRequest('opId');
  return ticketId;
}

/** Asks Jira to make it, as the caller. The job says "creating" before Jira hears of it. */
async function make(ports: Ports, incident: Incident, job: TicketJob): Promise<void> {
  const { input } = job;
  if (input === null) throw new Error('only what was typed can be made');
  const context = incident.head.visibility === 'private' ? null : contextOf(incident, job.entryId);
  // Somebody looks after it should this process die over it.
  await ports.ticketQueue.request(job.id, ANSWER_MS / 1000 + 1);
  const answer = await ports.issues.create(input, linkOf(incident.head, job), context).catch(async (error: unknown) => {
    await takeBack(ports, job);
    throw error;
  });
  const now = ports.clock.now();
  if (answer.outcome === 'created') {
    await changeJob(ports, job.id, (known) => ({ ...known, state: 'linking', issue: known.issue ?? answer.issue, nextAt: now }));
  } else if (answer.outcome === 'unknown') {
    await changeJob(ports, job.id, (known) => (known.state === 'creating' ? { ...known, nextAt: now } : null));
  } else {
    await takeBack(ports, job);
    if (answer.outcome === 'absent') throw new AppFailure('jira-absent');
    throw new AppFailure('jira-refused', 'error.jira-refused', { detail: answer.detail }, answer.field);
  }
}

/** Nothing was made: the same press may try again. */
async function takeBack(ports: Ports, job: TicketJob): Promise<void> {
  const wasUnsure = ticketOf(await current(ports, job.incidentId), job.id) !== null;
  if (wasUnsure) {
    await changeJob(ports, job.id, (known) => (known.state === 'creating' ? { ...known, state: 'unsure' } : null));
    await updateIncident(ports, job.incidentId, (incident) => doubtTicket(incident, job.id, 'unsure', ports.clock.now()));
    return;
  }
  // Nothing is kept of what was refused.
  const row = await ports.tickets.get(job.id);
  if (row?.value.state === 'creating') await ports.tickets.remove(job.id, row.ver);
  await ports.claims.release(pressOf(job.conn, job.opId), job.incidentId);
}

async function answered(ports: Ports, incidentId: string): Promise<IncidentHeadView> {
  return headView((await current(ports, incidentId)).head);
}
/** What failed after Jira made it is made good by the queue and the sweeper: to the person it is there. */
async function follow(ports: Ports, ticketId: string): Promise<void> {
  await workOn(ports, ticketId, BOTH).catch(() => undefined);
}

export async function pressCreateTicket(ports: Ports, caller: Caller, p: Pressed & { ticket: TicketInput; entryId?: string | undefined }): Promise<IncidentHeadView> {
  const input = checked(p.ticket);
  await proveEditor(ports, caller, p);
  const { conn } = await configured(ports);
  const incident = await current(ports, p.incidentId);
  const { opId } = operation(caller, p, 0);
  if (alreadyDone(incident, opId)) return headView(incident.head);
  if (ticketsFull(incident)) throw new AppFailure('bad-request', 'error.tickets-full');
  if (p.entryId !== undefined && entryNames(incident, p.entryId) === null) throw badRequest('entryId', 'error.note-gone');
  const id = await claimed(ports, conn, p, opId);
  const now = ports.clock.now();
  const job: TicketJob = {
    schema: 1, id, conn, incidentId: p.incidentId, state: 'creating', nextAt: now + ANSWER_MS, attempts: 0, lostAt: null, searches: 0,
    opId, by: caller.accountId, at: now, input, kind: input.kind, entryId: p.entryId ?? null, issue: null, shown: null,
  };
  if (await ports.tickets.put(job, null)) await make(ports, incident, job);
  await follow(ports, id);
  const row = await ports.tickets.get(id);
  // The first press of this operation is still waiting for Jira.
  if (row?.value.state === 'creating') throw new AppFailure('busy', 'error.busy', {}, null, 2000);
  return await answered(ports, p.incidentId);
}

/** Makes one that stayed in doubt once more; a person decided that. */
export async function pressCreateAgain(ports: Ports, caller: Caller, p: Pressed & { ticketId: string }): Promise<IncidentHeadView> {
  await proveEditor(ports, caller, p);
  if ((await acceptedBefore(ports, caller, p)) !== null) return await answered(ports, p.incidentId);
  const incident = await current(ports, p.incidentId);
  if (ticketOf(incident, p.ticketId) === null) throw new AppFailure('not-found', 'error.ticket-gone');
  const now = ports.clock.now();
  const job = await changeJob(ports, p.ticketId, (known) => (known.state === 'unsure' ? { ...known, state: 'creating', nextAt: now + ANSWER_MS } : null));
  // Remembered before Jira is asked: sent again, this press asks nothing.
  await accept(ports, caller, p, (known) => known);
  if (job !== null) await make(ports, incident, job);
  await follow(ports, p.ticketId);
  return await answered(ports, p.incidentId);
}

const ISSUE = /(?:^|\/browse\/|[?&]selectedIssue=)([A-Za-z][A-Za-z0-9_]{1,50}-\d{1,10}|\d{1,15})(?:$|[/?#&])/;

/** The issue somebody named by key, id or address, if the caller can see it. @throws AppFailure */
async function named(ports: Ports, text: string): Promise<TrackedIssue> {
  const idOrKey = ISSUE.exec(text.trim())?.[1];
  if (idOrKey === undefined) throw badRequest('issue', 'error.issue-unclear');
  const issue = await ports.issues.issue(idOrKey.toUpperCase(), { as: 'user' });
  if (issue !== null) return issue;
  if (!(await ports.issues.present())) throw new AppFailure('jira-absent');
  throw new AppFailure('not-found', 'error.issue-gone', {}, 'issue');
}

/** Key of the incident that has it, as far as the caller may know. */
async function keyOf(ports: Ports, caller: Caller, incidentId: string): Promise<string> {
  return await proveIncident(ports, caller, incidentId).then((proof) => proof.head.key, () => '');
}

/** Links an issue to an incident the caller has been proven to edit. */
export async function linkIssue(ports: Ports, caller: Caller, p: Pressed & { issue: string; kind: TicketKind | null; move?: boolean | undefined }): Promise<void> {
  const { conn } = await configured(ports);
  const { opId } = operation(caller, p, 0);
  const incident = await current(ports, p.incidentId);
  if (alreadyDone(incident, opId)) return;
  const issue = await named(ports, p.issue);
  const held = await issueHolder(ports, conn, issue.id);
  if (held !== null && held.incidentId === p.incidentId) {
    const known = ticketOf(incident, held.ticketId);
    if (known !== null && isOn(known)) {
      await accept(ports, caller, p, (same) => same);
      return;
    }
  } else if (held !== null) {
    if (p.move !== true) throw new AppFailure('conflict', 'error.ticket-taken', { key: await keyOf(ports, caller, held.incidentId) }, 'issue');
    const there = { incidentId: held.incidentId, opId: p.opId };
    await proveEditor(ports, caller, there);
    await takeOff(ports, caller, there, held.ticketId);
  }
  if (ticketsFull(incident)) throw new AppFailure('bad-request', 'error.tickets-full');
  const id = await claimed(ports, conn, p, opId, takenOff(incident, issue.id)?.id);
  const before = ticketOf(incident, id);
  const now = ports.clock.now();
  const job: TicketJob = {
    schema: 1, id, conn, incidentId: p.incidentId, state: 'linking', nextAt: now, attempts: 0, lostAt: null, searches: 0,
    opId, by: caller.accountId, at: now, input: null, kind: p.kind ?? before?.kind ?? null, entryId: before?.entryId ?? null, issue: { id: issue.id, key: issue.key }, shown: null,
  };
  if (!(await ports.tickets.put(job, null))) await takeUp(ports, job);
  await follow(ports, id);
  // Another press brought it meanwhile: this one is as good as done.
  if ((await ports.tickets.get(id))?.value.opId !== opId) await accept(ports, caller, p, (same) => same);
}

/** Turns a job that ended, or is about to, into this one. Whoever still takes it off in Jira is let finish first. */
async function takeUp(ports: Ports, job: TicketJob): Promise<void> {
  const taken = await changeJob(ports, job.id, (known) => {
    if (known.state !== 'off' && known.state !== 'unlinking') return null;
    const free = known.state === 'off' ? job.at : Math.min(known.nextAt, job.at + LEASE_MS);
    return { ...job, at: known.at, input: known.input, nextAt: Math.max(job.at, free) };
  });
  if (taken !== null && taken.nextAt > job.at) await ports.ticketQueue.request(job.id, (taken.nextAt - job.at) / 1000);
}

export async function pressLinkTicket(ports: Ports, caller: Caller, p: Pressed & { issue: string; kind: TicketKind | null; move?: boolean | undefined }): Promise<IncidentHeadView> {
  await proveEditor(ports, caller, p);
  await linkIssue(ports, caller, p);
  return await answered(ports, p.incidentId);
}

async function takeOff(ports: Ports, caller: Caller, p: Pressed, ticketId: string): Promise<Incident> {
  const incident = await accept(ports, caller, p, (known, by) => unlinkTicket(known, ticketId, by));
  await changeJob(ports, ticketId, (job) => (job.state !== 'off' ? { ...job, state: 'unlinking', nextAt: ports.clock.now() } : null));
  await follow(ports, ticketId);
  return incident;
}

export async function pressUnlinkTicket(ports: Ports, caller: Caller, p: Pressed & { ticketId: string }): Promise<IncidentHeadView> {
  await proveEditor(ports, caller, p);
  if (ticketOf(await current(ports, p.incidentId), p.ticketId) === null) throw new AppFailure('not-found', 'error.ticket-gone');
  return headView((await takeOff(ports, caller, p, p.ticketId)).head);
}

export async function pressDropTicket(ports: Ports, caller: Caller, p: Pressed & { ticketId: string; reason: string | null }): Promise<IncidentHeadView> {
  const reason = p.reason === null ? null : typedLine(p.reason, DROP_REASON_MAX, 'reason');
  if (reason === '') throw badRequest('reason', 'error.reason-empty');
  const incident = await press(ports, caller, p, (known, by) => {
    const ticket = ticketOf(known, p.ticketId);
    if (ticket === null || !isOn(ticket)) throw new AppFailure('not-found', 'error.ticket-gone');
    if (decidedEnough(ticket)) throw new AppFailure('bad-request', 'error.history-full', {}, 'reason');
    return dropTicket(known, p.ticketId, reason, by);
  });
  return headView(incident.head);
}

/** Looks again, as the app and as the caller: for one in doubt, and for a link that is missing in Jira. */
export async function pressCheckTicket(ports: Ports, caller: Caller, p: Pressed & { ticketId: string }): Promise<IncidentHeadView> {
  await proveEditor(ports, caller, p);
  if (ticketOf(await current(ports, p.incidentId), p.ticketId) === null) throw new AppFailure('not-found', 'error.ticket-gone');
  const now = ports.clock.now();
  await changeJob(ports, p.ticketId, (job) => {
    if (job.state === 'unsure' || job.state === 'searching') return { ...job, state: 'searching', nextAt: now };
    return job.state === 'linked' ? { ...job, state: 'linking', shown: null, nextAt: now } : null;
  });
  await follow(ports, p.ticketId);
  return headView((await accept(ports, caller, p, (known) => known)).head);
}
