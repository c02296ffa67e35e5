/** Every verb with a payload that is right, on a site where there is something of everything; and who may call it. */
import { randomUUID } from 'node:crypto';
import type { AppApi, IncidentHeadView } from '../../src/contract';
import { pngOf } from './evidence-room';
import type { TestSite } from './harness';
import { jiraOf, type Jira } from './jira';
import { packed, savedRecord } from './record-room';

export const USERS = ['admin', 'alice', 'bob', 'viewer', 'mallory', 'anonymous'] as const;
export type User = (typeof USERS)[number];
/** What each user gets: `ok`, an error code, or the platform's own refusal of visitors without an account. */
export type Row = Readonly<Record<User, string>>;

const everybodyWhoSees: Row = { admin: 'ok', alice: 'ok', bob: 'ok', viewer: 'ok', mallory: 'not-found', anonymous: 'UNLICENSED' };
const editors: Row = { ...everybodyWhoSees, viewer: 'forbidden' };
const inConflict: Row = { ...editors, admin: 'conflict', alice: 'conflict', bob: 'conflict' };
/** Writing to Mackerel is for the group the settings name; only admin is in it. */
const writers: Row = { ...everybodyWhoSees, alice: 'forbidden', bob: 'forbidden', viewer: 'forbidden' };
const admins: Row = { admin: 'ok', alice: 'forbidden', bob: 'forbidden', viewer: 'forbidden', mallory: 'forbidden', anonymous: 'UNLICENSED' };

export type VerbTable = { readonly [V in keyof AppApi]: { readonly row: Row; readonly payload: () => Promise<Parameters<AppApi[V]>[0]> | Parameters<AppApi[V]>[0] } };
export interface World {
  readonly real: VerbTable;
  readonly incidentId: string;
  readonly otherIncident: string;
  readonly pageId: string;
  readonly candidateId: string;
  readonly hostId: string;
}

/** Makes the site's incidents, candidate, tickets; payloads are made when they are asked for, from what is there by then. */
export async function everyVerb(site: TestSite): Promise<World> {
  const jira: Jira = jiraOf(site);
  /** The board's newest ticket, made by alice of a new issue. */
  async function newTicket(incidentId: string): Promise<string> {
    const { key } = await jira.create('alice', `Improve ${randomUUID()}`);
    await site.ok('alice', 'ticket.link', { incidentId, issue: key, kind: null, opId: randomUUID() });
    return (await site.ok('alice', 'board.load', { incidentId })).tickets.find((ticket) => ticket.key === key)?.id ?? '';
  }

  const alertId = (await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500)).id;
  const home = await site.until(async () => {
    const view = await site.ok('alice', 'home.load', {});
    return view.incidents.length === 1 ? view : null;
  });
  const incidentId = home.incidents[0]?.id ?? '';
  const pageId = home.incidents[0]?.page?.id ?? '';
  await site.raise('blog response time', 'blog-01', 'WARNING', 900);
  const waiting = await site.until(async () => {
    const view = await site.ok('alice', 'home.load', {});
    return view.candidates.length === 1 ? view : null;
  });
  const candidateId = waiting.candidates[0]?.id ?? '';
  const other = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Other', severity: 'sev3', visibility: 'public', candidateId: null });
  const otherIncident = other.incidentId;
  const hosts = await site.until(async () => {
    const { alerts } = await site.ok('alice', 'board.load', { incidentId });
    const { pass } = await site.ok('alice', 'board.load', { incidentId });
    const changed = await site.ok('alice', 'board.changes', { incidentId, since: 0, pass });
    return alerts.length > 0 && changed.hosts.length > 0 ? changed.hosts : null;
  });
  const hostId = hosts[0]?.id ?? '';
  const otherAlert = (await site.raise('checkout p95', 'web-02', 'CRITICAL', 1500)).id;
  await site.until(async () => ((await site.ok('alice', 'board.load', { incidentId })).alerts.some((alert) => alert.id === otherAlert) ? true : null));
  await site.ok('alice', 'note.add', { incidentId, notes: [{ text: 'first note', at: null, link: null }], opId: randomUUID() });
  const { entries } = await site.ok('alice', 'board.load', { incidentId });
  const noteId = entries.find((entry) => entry.text === 'first note')?.id ?? '';
  const { json } = await jira.call('alice', 'GET', 'issue/createmeta/OPS/issuetypes');
  const { id } = (await jira.call('alice', 'GET', 'project/OPS')).json as { id: string };
  const project = { id, type: (json as { issueTypes: { id: string; name: string }[] }).issueTypes.find(({ name }) => name === 'Task')?.id ?? '' };
  const kept = await newTicket(incidentId);
  const takenOff = await newTicket(incidentId);
  const settings = await site.ok('admin', 'settings.get', {});
  await site.ok('admin', 'settings.save', { services: settings.services, rules: settings.rules, writes: { enabled: true, group: 'site-admins' }, version: settings.version });

  /** One that is resolved, made when it is first asked for. */
  let resolved: Promise<string> | null = null;
  const reviewed = (): Promise<string> =>
    (resolved ??= (async () => {
      const { incidentId: id } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Looked back on', severity: 'sev2', visibility: 'public', candidateId: null });
      await site.ok('alice', 'incident.status', { incidentId: id, status: 'resolved', opId: randomUUID() });
      return id;
    })());
  /** The record of one that is resolved, as if it were another's. */
  const aFile = async (): Promise<string> => packed((await savedRecord(site, 'alice', await reviewed())).replaceAll(await reviewed(), randomUUID()));
  const inReview = async () => await site.ok('alice', 'review.load', { incidentId: await reviewed() });

  const look = async (): Promise<IncidentHeadView> => (await site.ok('alice', 'board.load', { incidentId })).incident;
  const commander = async (): Promise<string | null> => (await look()).roles.find((role) => role.id === 'commander')?.person?.accountId ?? null;
  const report = () => ({ incidentId, form: 'first' as const, lang: 'ja' as const, zone: 'Asia/Tokyo', choices: { people: false, hosts: false, links: false, notes: false, alerts: false, tickets: false }, edits: {} });
  const newestUpdate = async (): Promise<number> => (await site.ok('alice', 'update.draft', { incidentId, lang: null, zone: 'UTC', choices: { hosts: false, links: false, notes: false, alerts: false } })).published[0]?.n ?? 0;
  const noteVersion = async (): Promise<number> => (await site.ok('alice', 'board.load', { incidentId })).entries.find((entry) => entry.id === noteId)?.v ?? 0;

  const real: VerbTable = {
    'board.load': { row: everybodyWhoSees, payload: () => ({ incidentId }) },
    'board.changes': { row: everybodyWhoSees, payload: () => ({ incidentId, since: 0, pass: '' }) },
    'board.entries': { row: everybodyWhoSees, payload: () => ({ incidentId, pass: '' }) },
    'board.at': { row: everybodyWhoSees, payload: () => ({ incidentId, pass: '', at: Date.now() }) },
    'board.graph': { row: everybodyWhoSees, payload: () => ({ incidentId, target: { alertId }, pass: '' }) },
    'board.host': { row: everybodyWhoSees, payload: () => ({ incidentId, hostId, pass: '' }) },
    'board.evidence': { row: everybodyWhoSees, payload: () => ({ incidentId, pass: '' }) },
    'evidence.freeze': { row: editors, payload: () => ({ incidentId, opId: randomUUID() }) },
    'board.similar': { row: everybodyWhoSees, payload: () => ({ incidentId, pass: '' }) },
    'evidence.svg': { row: everybodyWhoSees, payload: () => ({ incidentId, pass: '', n: 1, part: 0 }) },
    'evidence.picture': {
      row: editors,
      payload: async () => {
        const [next] = (await site.ok('alice', 'board.evidence', { incidentId, pass: '' })).toDraw;
        const { n, part, width, height } = next ?? { n: 999, part: 0, width: 1, height: 1 };
        return { incidentId, n, part, png: pngOf(width, height) };
      },
    },
    'board.attachable': { row: everybodyWhoSees, payload: () => ({ incidentId, pass: '' }) },
    'board.metrics': { row: everybodyWhoSees, payload: () => ({ incidentId, of: { hostId }, pass: '' }) },
    'note.history': { row: everybodyWhoSees, payload: () => ({ incidentId, entryId: noteId, pass: '' }) },
    'incident.respond': { row: editors, payload: () => ({ incidentId, opId: randomUUID() }) },
    'incident.severity': { row: editors, payload: () => ({ incidentId, severity: 'sev1', opId: randomUUID() }) },
    'incident.status': { row: editors, payload: () => ({ incidentId, status: 'identified', opId: randomUUID() }) },
    'incident.role': {
      row: editors,
      payload: async () => ({ incidentId, role: { id: 'commander' }, person: 'me', seen: await commander(), opId: randomUUID() }),
    },
    'incident.line': { row: editors, payload: async () => ({ incidentId, line: 'situation', text: randomUUID(), base: (await look()).situation?.v ?? 0, opId: randomUUID() }) },
    'incident.places': { row: editors, payload: async () => ({ incidentId, call: `https://meet.example/${randomUUID()}`, chat: null, base: (await look()).places?.v ?? 0, opId: randomUUID() }) },
    'incident.cause': { row: editors, payload: () => ({ incidentId, cause: 'change', opId: randomUUID() }) },
    'incident.visibility': { row: editors, payload: () => ({ incidentId, visibility: 'public', opId: randomUUID() }) },
    // The incident is public: there is nobody to let in.
    'audience.load': { row: inConflict, payload: () => ({ incidentId }) },
    'audience.add': { row: inConflict, payload: () => ({ incidentId, who: { accountId: 'acc-bob' }, opId: randomUUID() }) },
    'audience.remove': { row: inConflict, payload: () => ({ incidentId, who: { accountId: 'acc-bob' }, opId: randomUUID() }) },
    'ticket.form': { row: everybodyWhoSees, payload: () => ({ incidentId, pass: '' }) },
    'ticket.create': {
      row: editors,
      payload: () => ({ incidentId, ticket: { summary: 'Improve', kind: 'prevent', assignee: null, dueDate: null, priority: null, projectId: project.id, issueTypeId: project.type, fields: {} }, opId: randomUUID() }),
    },
    'ticket.link': { row: editors, payload: async () => ({ incidentId, issue: (await jira.create('admin', 'There before')).key, kind: null, opId: randomUUID() }) },
    'ticket.unlink': { row: editors, payload: () => ({ incidentId, ticketId: takenOff, opId: randomUUID() }) },
    'ticket.drop': { row: editors, payload: () => ({ incidentId, ticketId: kept, reason: randomUUID(), opId: randomUUID() }) },
    'ticket.check': { row: editors, payload: () => ({ incidentId, ticketId: kept, opId: randomUUID() }) },
    'ticket.again': { row: editors, payload: () => ({ incidentId, ticketId: kept, opId: randomUUID() }) },
    'tickets.overview': { row: { ...everybodyWhoSees, mallory: 'ok' }, payload: () => ({}) },
    // mallory sees the issue in Jira, and there only that a page is linked.
    'issue.incident': { row: { ...everybodyWhoSees, mallory: 'ok' }, payload: async () => ({ issueId: (await site.ok('alice', 'board.load', { incidentId })).tickets.find(({ id }) => id === kept)?.key ?? '' }) },
    'review.load': { row: everybodyWhoSees, payload: async () => ({ incidentId: await reviewed() }) },
    'review.save': { row: editors, payload: async () => ({ incidentId: await reviewed(), base: (await inReview()).base, change: { lessons: { well: randomUUID(), hard: '', lucky: '' } }, opId: randomUUID() }) },
    'review.advance': { row: editors, payload: async () => ({ incidentId: await reviewed(), seen: (await inReview()).state, to: 'in-review', opId: randomUUID() }) },
    'review.preview': { row: editors, payload: async () => ({ incidentId: await reviewed(), entries: null }) },
    'review.draft': { row: editors, payload: async () => ({ incidentId: await reviewed(), section: 'summary', entries: null }) },
    'review.fill': { row: editors, payload: async () => ({ incidentId: await reviewed(), sections: ['summary', 'times'], place: null, entries: null, opId: randomUUID() }) },
    'reviews.overview': { row: { ...everybodyWhoSees, mallory: 'ok' }, payload: () => ({}) },
    'reviews.repeated': { row: { ...everybodyWhoSees, mallory: 'ok' }, payload: () => ({ days: 90 }) },
    'incident.merge': { row: editors, payload: async () => ({ incidentId, from: [(await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'The same', severity: 'sev3', visibility: 'public', candidateId: null })).incidentId], opId: randomUUID() }) },
    'alert.move': {
      row: editors,
      payload: async () => {
        const on = async (of: string): Promise<boolean> => (await site.ok('alice', 'board.load', { incidentId: of })).alerts.some(({ id }) => id === otherAlert);
        if (!(await on(incidentId)) && !(await on(otherIncident))) await site.ok('alice', 'alert.attach', { incidentId, alertId: otherAlert, opId: randomUUID() });
        const here = await on(incidentId);
        return { incidentId: here ? incidentId : otherIncident, alertId: otherAlert, to: here ? otherIncident : incidentId, opId: randomUUID() };
      },
    },
    'incidents.editable': { row: { ...everybodyWhoSees, mallory: 'ok' }, payload: () => ({}) },
    'page.outdated': { row: editors, payload: () => ({ incidentId }) },
    'page.refresh': { row: editors, payload: async () => ({ incidentId, opId: randomUUID(), version: (await site.ok('alice', 'page.outdated', { incidentId })).version }) },
    'incident.rehome': { row: { ...admins, admin: 'conflict' }, payload: () => ({ incidentId, opId: randomUUID() }) },
    'note.add': { row: editors, payload: () => ({ incidentId, notes: [{ text: 'pool raised', at: null, link: null }], opId: randomUUID() }) },
    'note.edit': { row: editors, payload: async () => ({ incidentId, entryId: noteId, note: { text: randomUUID(), at: null, link: null }, base: await noteVersion(), opId: randomUUID() }) },
    'note.remove': { row: editors, payload: () => ({ incidentId, entryId: noteId, removed: false, opId: randomUUID() }) },
    'entry.pin': { row: editors, payload: () => ({ incidentId, entryId: noteId, pinned: true, opId: randomUUID() }) },
    'alert.attach': { row: editors, payload: () => ({ incidentId, alertId, opId: randomUUID() }) },
    'alert.detach': { row: editors, payload: () => ({ incidentId, alertId: otherAlert, opId: randomUUID() }) },
    'alert.close': { row: writers, payload: () => ({ incidentId, alertId, reason: 'known', opId: randomUUID() }) },
    'alert.memo': { row: writers, payload: () => ({ incidentId, alertId, opId: randomUUID() }) },
    'host.status': { row: writers, payload: () => ({ incidentId, hostId, status: 'maintenance', opId: randomUUID() }) },
    'graph.add': { row: editors, payload: () => ({ incidentId, target: { hostId }, metric: 'loadavg5', opId: randomUUID() }) },
    'graph.remove': { row: editors, payload: () => ({ incidentId, graphId: 'g:nothing', opId: randomUUID() }) },
    'incident.declare': {
      row: { admin: 'ok', alice: 'ok', bob: 'ok', viewer: 'forbidden', mallory: 'bad-request', anonymous: 'UNLICENSED' },
      payload: () => ({ opId: randomUUID(), spaceKey: 'SRE', title: 'By hand', severity: 'pending', visibility: 'public', candidateId: null }),
    },
    'template.preview': { row: { ...everybodyWhoSees, mallory: 'bad-request' }, payload: () => ({ template: null, spaceKey: 'SRE', title: '', kind: 'incident', severity: 'pending', candidateId: null }) },
    'report.load': { row: everybodyWhoSees, payload: () => ({ ...report(), draft: true }) },
    'report.publish': { row: editors, payload: async () => ({ ...report(), opId: randomUUID(), seen: (await site.ok('alice', 'report.load', { ...report(), draft: true })).seen }) },
    'report.record': { row: everybodyWhoSees, payload: () => ({ incidentId, after: null }) },
    'audit.load': { row: editors, payload: () => ({ incidentId, kinds: null, before: null, lang: 'ja', zone: 'Asia/Tokyo' }) },
    'update.draft': { row: editors, payload: () => ({ incidentId, lang: null, zone: 'Asia/Tokyo', choices: { hosts: false, links: false, notes: false, alerts: false } }) },
    'update.publish': { row: editors, payload: async () => ({ incidentId, opId: randomUUID(), lang: 'ja', update: { conditions: randomUUID(), actions: '', needs: '' }, seen: await newestUpdate() }) },
    'candidate.dismiss': {
      row: { admin: 'ok', alice: 'ok', bob: 'ok', viewer: 'forbidden', mallory: 'not-found', anonymous: 'UNLICENSED' },
      payload: () => ({ candidateId, opId: randomUUID() }),
    },
    'metric.graph': { row: everybodyWhoSees, payload: () => ({ of: { hostId }, metric: 'loadavg5', minutes: 60 }) },
    'metric.choices': { row: everybodyWhoSees, payload: () => ({ of: { hostId } }) },
    'home.load': { row: { ...everybodyWhoSees, mallory: 'ok' }, payload: () => ({}) },
    'settings.get': { row: admins, payload: () => ({}) },
    'settings.save': {
      row: admins,
      payload: async () => {
        const { services, rules, version } = await site.ok('admin', 'settings.get', {});
        return { services, rules, version };
      },
    },
    'settings.changes': { row: admins, payload: () => ({ before: null }) },
    'templates.installed': { row: admins, payload: () => ({}) },
    'template.install': { row: admins, payload: () => ({ template: 'short', lang: 'en', spaceKey: 'SRE' }) },
    'template.remove': { row: admins, payload: () => ({ template: 'short', lang: 'en', spaceKey: 'SRE' }) },
    'templates.pages': { row: admins, payload: () => ({}) },
    'template.look': { row: admins, payload: () => ({ pageId, lang: 'en' }) },
    'template.adopt': { row: admins, payload: () => ({ pageId, version: 1 }) },
    'template.drop': { row: admins, payload: () => ({ id: 'page-1' }) },
    'sample.make': { row: admins, payload: () => ({ spaceKey: 'SRE' }) },
    'sample.remove': { row: admins, payload: () => ({}) },
    'rules.test': { row: admins, payload: async () => ({ rules: [], fallback: 'candidate', services: (await site.ok('admin', 'settings.get', {})).services, of: null }) },
    'rules.choices': { row: admins, payload: () => ({}) },
    'health.get': { row: admins, payload: () => ({}) },
    'health.poll': { row: admins, payload: () => ({}) },
    // Its declaration came to its end: there is nothing to do about it.
    'health.retry': { row: admins, payload: () => ({ opId: randomUUID(), kind: 'saga', id: incidentId }) },
    'health.discard': { row: admins, payload: () => ({ opId: randomUUID(), kind: 'saga', id: incidentId }) },
    'webhook.setup': { row: admins, payload: () => ({}) },
    'webhook.wait': { row: admins, payload: () => ({ since: null }) },
    'webhook.rotate': { row: admins, payload: () => ({ opId: randomUUID() }) },
    'webhook.remove': { row: admins, payload: () => ({}) },
    'data.export': { row: admins, payload: () => ({ cursor: { part: 'incidents', state: 'open', after: null, within: null } }) },
    'erase.begin': { row: { ...admins, admin: 'bad-request' }, payload: () => ({ opId: randomUUID(), of: 'everything', typed: 'something else' }) },
    'erase.continue': { row: admins, payload: () => ({}) },
    'erase.state': { row: admins, payload: () => ({}) },
    'import.look': { row: admins, payload: async () => ({ file: await aFile() }) },
    'incident.import': { row: admins, payload: async () => ({ file: await aFile(), spaceKey: 'SRE' }) },
    'data.diagnostics': { row: admins, payload: () => ({}) },
  };
  return { real, incidentId, otherIncident, pageId, candidateId, hostId };
}
