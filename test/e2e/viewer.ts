/** What a person who may only read cannot do, by any verb. */
import type { AppApi, BoardView, Verb } from '../../src/contract';
import { invoke, valueOf } from './control';

type Reading = 'board.load' | 'board.changes' | 'board.entries' | 'board.at' | 'board.graph' | 'board.evidence' | 'board.similar' | 'evidence.svg' | 'board.host' | 'board.attachable' | 'board.metrics' | 'audience.load' | 'page.outdated' | 'note.history' | 'home.load' | 'settings.get' | 'settings.changes' | 'ticket.form' | 'tickets.overview' | 'issue.incident' | 'review.load' | 'review.preview' | 'review.draft' | 'reviews.overview' | 'reviews.repeated' | 'report.load' | 'report.record' | 'update.draft' | 'audit.load' | 'metric.graph' | 'metric.choices' | 'rules.test' | 'rules.choices' | 'health.get' | 'webhook.wait' | 'incidents.editable' | 'template.preview' | 'data.export' | 'import.look' | 'data.diagnostics' | 'erase.state' | 'templates.installed' | 'templates.pages' | 'template.look';
type Changing = Exclude<Verb, Reading>;
/** A verb added to the contract is missing here until somebody says how it is pressed. */
type Presses = { readonly [V in Changing]: Parameters<AppApi[V]>[0] };

const load = async (incidentId: string): Promise<BoardView> => valueOf(await invoke('alice', 'board.load', { incidentId }));

/** Each with the ids of `board`, as the screen of somebody who may would press it. */
function pressesOn({ incident, alerts, hosts, entries, deploys }: BoardView): Presses {
  const note = entries.find((entry) => entry.source === 'person');
  const [alert, host, deploy] = [alerts[0], hosts[0], deploys[0]];
  if (note === undefined || alert === undefined || host === undefined || deploy === undefined) throw new Error('The board lacks a note, an alert, a host or a deploy mark to press on.');
  const opId = (): string => crypto.randomUUID();
  const here = (): { incidentId: string; opId: string } => ({ incidentId: incident.id, opId: opId() });
  return {
    'incident.respond': here(),
    'evidence.freeze': here(),
    'evidence.picture': { incidentId: incident.id, n: 1, part: 0, png: 'iVBORw0KGgo=' },
    'incident.severity': { ...here(), severity: 'sev4' },
    'incident.status': { ...here(), status: 'cancelled' },
    'incident.role': { ...here(), role: { id: 'scribe' }, person: 'me', seen: null },
    'incident.line': { ...here(), line: 'situation', text: 'Everything is fine', base: 0 },
    'incident.places': { ...here(), call: 'https://call.example.com/1', chat: null, base: 0 },
    'incident.cause': { ...here(), cause: { deployId: deploy.id } },
    'incident.declare': { opId: opId(), spaceKey: 'OPS', title: 'Nothing happened', severity: 'sev1', visibility: 'public', candidateId: null },
    'incident.visibility': { ...here(), visibility: 'private' },
    'audience.add': { ...here(), who: { accountId: 'acc-viewer' } },
    'audience.remove': { ...here(), who: { accountId: 'acc-bob' } },
    'page.refresh': { ...here(), version: 1 },
    'incident.rehome': here(),
    'incident.merge': { ...here(), from: ['any'] },
    'note.add': { ...here(), notes: [{ text: 'I was here', at: null, link: null }] },
    'note.edit': { ...here(), entryId: note.id, note: { text: 'I was here', at: note.at, link: null }, base: note.v },
    'note.remove': { ...here(), entryId: note.id, removed: true },
    'entry.pin': { ...here(), entryId: note.id, pinned: true },
    'alert.attach': { ...here(), alertId: alert.id },
    'alert.detach': { ...here(), alertId: alert.id },
    'alert.move': { ...here(), alertId: alert.id, to: 'any' },
    'alert.close': { ...here(), alertId: alert.id, reason: 'Not mine' },
    'alert.memo': { ...here(), alertId: alert.id },
    'host.status': { ...here(), hostId: host.id, status: 'poweroff' },
    'graph.add': { ...here(), target: { hostId: host.id }, metric: 'loadavg5' },
    'graph.remove': { ...here(), graphId: 'any' },
    'ticket.create': { ...here(), ticket: { summary: 'By a reader', kind: 'prevent', assignee: null, dueDate: null, priority: null, projectId: '10000', issueTypeId: '10001', fields: {} } },
    'ticket.link': { ...here(), issue: 'OPS-1', kind: null },
    'ticket.unlink': { ...here(), ticketId: 'any' },
    'ticket.drop': { ...here(), ticketId: 'any', reason: 'Not mine' },
    'ticket.check': { ...here(), ticketId: 'any' },
    'ticket.again': { ...here(), ticketId: 'any' },
    'review.save': { ...here(), base: { plan: 0, factors: 0, whys: 0, lessons: 0 }, change: { ticks: { held: true } } },
    'review.advance': { ...here(), seen: 'draft', to: 'done' },
    'review.fill': { ...here(), sections: ['summary'], place: null, entries: null },
    'report.publish': { ...here(), form: 'first', lang: 'en', zone: 'UTC', choices: { people: false, hosts: false, links: false, notes: false, alerts: false, tickets: false }, edits: {}, seen: '0'.repeat(64) },
    'update.publish': { ...here(), lang: 'en', update: { conditions: 'All is well', actions: '', needs: '' }, seen: 0 },
    'candidate.dismiss': { opId: opId(), candidateId: 'any' },
    'settings.save': { version: 0, services: [], rules: [] },
    'erase.begin': { opId: opId(), of: 'everything', typed: 'Mackerel' },
    'erase.continue': {},
    'template.install': { template: 'incident', lang: 'ja', spaceKey: 'OPS' },
    'template.remove': { template: 'incident', lang: 'ja', spaceKey: 'OPS' },
    'template.adopt': { pageId: incident.page?.id ?? '', version: 1 },
    'template.drop': { id: 'page-1' },
    'incident.import': { file: 'H4sIAAAAAAAA', spaceKey: 'OPS' },
    'sample.make': { spaceKey: 'OPS' },
    'sample.remove': {},
    'health.poll': {},
    'health.retry': { opId: opId(), kind: 'saga', id: incident.id },
    'health.discard': { opId: opId(), kind: 'saga', id: incident.id },
    'webhook.setup': {},
    'webhook.rotate': { opId: opId() },
    'webhook.remove': {},
  };
}

/** Presses every changing verb as the viewer: each verb with the code of its refusal, or `accepted`. */
export async function pressAllAsViewer(incidentId: string): Promise<readonly (readonly [Verb, string])[]> {
  const presses = Object.entries(pressesOn(await load(incidentId))) as [Changing, object][];
  const answers: (readonly [Verb, string])[] = [];
  for (const [verb, payload] of presses) {
    const answer = await invoke('viewer', verb, payload as never);
    answers.push([verb, answer.ok ? 'accepted' : answer.error.code]);
  }
  return answers;
}

/** What is stored of an incident, without what is only read for the moment. */
export async function stored(incidentId: string): Promise<unknown> {
  const { incident, entries, hosts, deploys, alerts } = await load(incidentId);
  return { incident, entries, hosts, deploys, alerts: alerts.map(({ now: _now, trend: _trend, ...alert }) => alert) };
}
