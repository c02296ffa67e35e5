/** Plays people's presses and the app's own looks against the domain, through a store that lets one writer of a version win. */
import fc from 'fast-check';
import { attachAlert, detachAlert, seeDeploys } from '../../src/domain/linking';
import { alreadyDone, remember, type Press as DomainPress } from '../../src/domain/change';
import { seeHosts, setHostStatus } from '../../src/domain/hosts';
import { declared, respond, setSeverity, setStatus, sight } from '../../src/domain/incident';
import type { AlertSighting, DeclareIntent, Deploy, HostSeen, Incident, NoteState } from '../../src/domain/model';
import { addNotes, editNote, removeNote, setPin } from '../../src/domain/notes';
import { addGraph, removeGraph, setCause, setLine, setPlaces, setRole } from '../../src/domain/team';
import { ALERTS, LIFE, Oracle, type Facts, type Input, type Op, type Press } from './oracle';

export const DECLARED = 2_000_000;
export const RUNS = Number(process.env['FC_RUNS'] ?? 1);
const PEOPLE = ['alice', 'bob', 'admin'] as const;
const intent: DeclareIntent = {
  incidentId: 'i1', nonce: 'n', conn: 'c', title: 't', kind: 'incident', severity: 'sev2', visibility: 'public', lang: 'en', service: 'shop', space: { id: '1', key: 'OPS' }, detectedAt: DECLARED, declaredAt: DECLARED, declaredBy: null, candidateId: null, alerts: [],
};
export const fresh = (): Incident => declared(intent, '2026-001');

export function reading(alert: string, stage: number): AlertSighting {
  const openedAt = ALERTS[alert] ?? 0;
  const logs = LIFE.slice(0, stage + 1).map(({ log, status, after, value }) => ({ id: `${alert}-${log}`, status, trigger: 'monitoring', at: openedAt + after, value }));
  const { status, after, value, message } = LIFE[stage] ?? LIFE[0];
  const closedAt = status === 'OK' ? openedAt + after : null;
  return {
    id: alert, monitorId: 'm', monitorName: 'p95', monitorType: 'check', monitorMemo: null, host: { id: 'h1', name: 'web-01' }, service: 'shop', metricName: null, unit: null, operator: '>', warning: 500, critical: 800, message, openedAt, closedAt, reason: null, status, statusAt: openedAt + after, value, factsAt: 10_000_000 + stage, logs,
  };
}
const deploy = (id: string): Deploy => ({ id, title: `deploy ${id}`, from: 1_500_000, to: 1_540_000 });
const host = ({ host: id, status }: { host: string; status: string }): HostSeen => ({ id, name: `name of ${id}`, status: status as HostSeen['status'], roles: ['shop: web'] });
const graph = (metric: string) => ({ id: `g:${metric}`, host: null, service: 'shop', metric, unit: null });
/** A note's key in the oracle to its id in the record. */
export const noteKey = (key: string): string => {
  const [opId = '', n = ''] = key.split('#');
  return `op:${opId}:00${n}`;
};

function transition(incident: Incident, op: Op, press: DomainPress): Incident {
  switch (op.kind) {
    case 'respond': return respond(incident, press);
    case 'severity': return setSeverity(incident, op.to as 'sev1', press);
    case 'status': return setStatus(incident, op.to as 'closed', press);
    case 'role': return setRole(incident, op.id, op.person, press);
    case 'line': return setLine(incident, op.line, op.text, press);
    case 'places': return setPlaces(incident, op, press);
    case 'cause': return setCause(incident, op.cause !== 'none', typeof op.cause === 'string' ? null : deploy(op.cause.deploy), press);
    case 'add-graph': return addGraph(incident, graph(op.metric), press);
    case 'remove-graph': return removeGraph(incident, `g:${op.metric}`, press);
    case 'add-notes': return addNotes(incident, op.notes, press);
    case 'edit-note': return editNote(incident, noteKey(op.note), op, press);
    case 'remove-note': return removeNote(incident, noteKey(op.note), op.removed, press);
    case 'pin': return setPin(incident, { id: op.entry, was: op.entry }, op.on, press);
    case 'attach': return attachAlert(incident, reading(op.alert, op.stage), press);
    case 'detach': return detachAlert(incident, op.alert, press);
    case 'set-host': return setHostStatus(incident, op.host, op.status as 'working', press);
  }
}

/** A press as the use cases accept it: once, and remembered when it changed nothing. */
function accepted(incident: Incident, { opId, by, op }: Press, now: number): Incident {
  if (alreadyDone(incident, opId)) return incident;
  const after = transition(incident, op, { opId, by, now });
  return after === incident ? remember(incident, { opId, by, now }) : after;
}
function taken(incident: Incident, input: Input, now: number): Incident {
  switch (input.kind) {
    case 'sight': return sight(incident, input.seen.map(({ alert, stage }) => reading(alert, stage)), now);
    case 'look': return seeHosts(incident, input.hosts.map(host), input.readAt, now);
    case 'deploys': return seeDeploys(incident, input.ids.map(deploy), now);
  }
}
export type Change = { readonly press: Press } | { readonly input: Input };
export const change = (incident: Incident, what: Change, now: number): Incident => ('press' in what ? accepted(incident, what.press, now) : taken(incident, what.input, now));

/** What a reader could tell apart, taken from the record's raw rows. */
export function factsOf({ head, entries, pins, alerts, hosts }: Incident): Facts {
  const ids = (text: string): string => text.split('-').at(-1) ?? '';
  const all = Object.values(entries);
  const notes = all.filter((entry) => entry.source === 'person');
  const line = (value: typeof head.situation) => (value === null ? null : { text: value.text, by: value.by, at: value.at });
  return {
    head: {
      severity: head.severity, status: head.status, state: head.state, first: head.firstResponse, identified: head.identifiedAt, mitigated: head.mitigatedAt, resolved: head.resolvedAt, closed: head.closedAt,
      roles: Object.fromEntries(head.roles.filter(({ person }) => person !== null).map(({ id, person }) => [id, person])), situation: line(head.situation), impact: line(head.impact),
      places: head.places === null ? null : { call: head.places.call, chat: head.places.chat, by: head.places.by }, cause: head.cause === null ? null : { deploy: head.cause.deploy?.id ?? null, by: head.cause.by },
      graphs: head.graphs.map(({ metric }) => metric), updated: head.lastUpdateAt, open: head.openAlerts, linked: head.linkedAlerts, detected: head.detectedAt,
    },
    notes: Object.fromEntries(notes.map(({ id, at, text, revisions }) => {
      const { link, removed } = Object.assign({}, ...revisions.map(({ set }) => set)) as NoteState;
      return [`${id.slice(3, -4)}#${Number(id.slice(-3))}`, { text: text ?? '', at, link, removed }];
    })),
    pinned: Object.values(pins).filter(({ states }) => states.at(-1)?.on === true).map(({ id }) => id).sort(),
    alerts: Object.fromEntries(Object.values(alerts).map((alert) => [alert.id, {
      linked: alert.links.at(-1)?.on === true, status: alert.status, value: alert.value, message: alert.message, openedAt: alert.openedAt, closedAt: alert.closedAt, logs: alert.logs.map(({ id }) => ids(id)),
    }])),
    hosts: Object.fromEntries(Object.values(hosts).map(({ id, states }) => [id, states.at(-1)?.status ?? ''])),
    deploys: all.filter(({ source }) => source === 'deploy').map(({ id }) => id.slice('deploy:'.length)).sort(),
    said: all.filter(({ messageKey }) => messageKey !== null).length,
  };
}

const at = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
/** Numbers to a press; notes are those written so far. */
function opOf(kind: number, a: number, b: number, now: number, notes: readonly string[]): Op {
  const note = notes.length === 0 ? 'nobody#0' : at(notes, a);
  const when = b % 3 === 0 ? now - b * 1000 : null;
  switch (kind) {
    case 0: return { kind: 'respond' };
    case 1: return { kind: 'severity', to: at(['sev1', 'sev2', 'sev3'], a) };
    case 2: case 3: return { kind: 'status', to: at(['investigating', 'identified', 'mitigated', 'resolved', 'closed', 'cancelled'], a) };
    case 4: return { kind: 'role', id: at(['commander', 'scribe', 'x:DBA'], a), person: at([null, ...PEOPLE], b) };
    case 5: return { kind: 'line', line: at(['situation', 'impact'], a), text: at(['', 'pool is full', 'rolling back'], b) };
    case 6: return { kind: 'places', call: at([null, 'https://meet.example/a'], a), chat: at([null, 'https://chat.example/b'], b) };
    case 7: return { kind: 'cause', cause: at(['none', 'change', { deploy: 'd1' }, { deploy: 'd2' }], a) };
    case 8: return { kind: 'add-graph', metric: `m${a % 15}` };
    case 9: return { kind: 'remove-graph', metric: `m${a % 15}` };
    case 10: case 11: return { kind: 'add-notes', notes: Array.from({ length: 1 + (a % 3) }, (_, n) => ({ text: `note ${a}.${n}`, at: when, link: b % 2 === 0 ? 'https://example.com/' : null })) };
    case 12: case 13: return { kind: 'edit-note', note, text: at(['first', 'second', 'third'], b), at: when, link: null };
    case 14: return { kind: 'remove-note', note, removed: b % 2 === 0 };
    case 15: return { kind: 'pin', entry: at([noteKey(note), 'c:a1:log:a1-l0', 'i1:declared'], b), on: a % 2 === 0 };
    case 16: return { kind: 'attach', alert: at(Object.keys(ALERTS), a), stage: b % 4 };
    case 17: return { kind: 'detach', alert: at(Object.keys(ALERTS), a) };
    default: return { kind: 'set-host', host: `h${a % 3}`, status: at(['working', 'maintenance'], b) };
  }
}
const KINDS = 19;
function inputOf(kind: number, a: number, b: number, now: number): Input {
  if (kind % 3 === 0) return { kind: 'look', hosts: [{ host: `h${a % 3}`, status: at(['working', 'standby', 'poweroff'], b) }, { host: `h${(a + 1) % 3}`, status: 'working' }].slice(0, 1 + (a % 2)), readAt: now - (b % 4) * 900 };
  if (kind % 3 === 1) return { kind: 'deploys', ids: [at(['d1', 'd2'], a), 'd1'] };
  return { kind: 'sight', seen: [{ alert: at(Object.keys(ALERTS), a), stage: b % 4 }, { alert: at(Object.keys(ALERTS), b), stage: a % 4 }].slice(0, 1 + (a % 2)) };
}

export interface Step {
  readonly actor: number;
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  /** ms the writer's clock differs from the last one's; clocks of instances disagree. */
  readonly dt: number;
  readonly again: number;
}
/** Actors 0–2 press, 3 and 4 are two instances of the app. `again` 0–2: sends something again instead of a new press. */
export const steps = (most: number): fc.Arbitrary<Step[]> =>
  fc.array(fc.record({ actor: fc.nat(4), kind: fc.nat(KINDS - 1), a: fc.nat(40), b: fc.nat(40), dt: fc.integer({ min: -400, max: 2_000 }), again: fc.nat(9) }), { minLength: 8, maxLength: most, size: 'max' });

export interface Played {
  readonly incident: Incident;
  readonly oracle: Oracle;
  /** What was accepted, in that order. */
  readonly accepted: readonly { readonly what: Change; readonly now: number }[];
  readonly conflicts: number;
  readonly repeated: number;
}

/**
 * Each step lets one actor do one thing: load for a new change, or try to store what it made of what it loaded. A store that
 * was written in between says no, and the actor begins again. `look` is called after every step that stored something; it may
 * answer a time before which nothing more happens.
 */
export function play(plan: readonly Step[], look: (incident: Incident, oracle: Oracle) => number | null = () => null, begins = 0): Played {
  let stored = fresh();
  let now = DECLARED;
  let floor = begins;
  let conflicts = 0;
  let repeated = 0;
  const oracle = new Oracle(DECLARED);
  const log: { what: Change; now: number }[] = [];
  const sent: Press[] = [];
  const notes: string[] = [];
  const busy = new Map<number, { readonly what: Change; before: Incident }>();
  const store = (actor: number, what: Change, before: Incident): void => {
    const after = change(before, what, now);
    if (after !== before && before.head.ver !== stored.head.ver) {
      conflicts += 1;
      busy.set(actor, { what, before: stored });
      return;
    }
    busy.delete(actor);
    if (after === before) return; // nothing to store, whatever was written meanwhile
    stored = after;
    if ('press' in what) oracle.press(what.press, now);
    else oracle.input(what.input, now);
    log.push({ what, now });
    if ('press' in what && what.press.op.kind === 'add-notes') what.press.op.notes.forEach((_, n) => notes.push(`${what.press.opId}#${n}`));
    floor = Math.max(floor, look(stored, oracle) ?? 0);
  };
  /** Slow ones are overtaken before they store. */
  const start = (actor: number, what: Change, slow: boolean): void => {
    if (slow) busy.set(actor, { what, before: stored });
    else store(actor, what, stored);
  };
  for (const { actor, kind, a, b, dt, again } of plan) {
    now = Math.max(now + dt, floor);
    const doing = busy.get(actor);
    if (doing !== undefined) {
      store(actor, doing.what, doing.before);
      continue;
    }
    if (actor > 2) {
      start(actor, { input: inputOf(kind, a, b, now) }, again < 6);
      continue;
    }
    const by = at(PEOPLE, actor);
    const mine = sent.filter((press) => press.by === by);
    const old = again < 3 && mine.length > 0 ? at(mine, a) : null;
    if (old !== null) repeated += 1;
    const press: Press = old ?? { opId: `${by}:${sent.length}`, by, op: opOf(kind, a, b, now, notes) };
    if (old === null) sent.push(press);
    start(actor, { press }, again < 6);
  }
  // Whoever is still at it tries until it is stored.
  for (let round = 0; busy.size > 0 && round < 100; round += 1) for (const [actor, { what, before }] of [...busy]) {
    now = Math.max(now, floor);
    store(actor, what, before);
  }
  return { incident: stored, oracle, accepted: log, conflicts, repeated };
}
