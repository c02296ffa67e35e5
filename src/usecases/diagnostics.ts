/** What support needs to know: versions, counts, states. Nothing that names a person, a page, an alert or a secret goes in. */
import type { DiagnosticsView, HealthView } from '../contract';
import { CANDIDATE_SHELVES } from '../domain/candidate';
import { AppFailure } from '../domain/failure';
import type { Settings } from '../domain/model';
import { SCHEMA } from '../domain/upgrade';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { health } from './health';
import { proveAdmin } from './prove';

const COUNTED = 200;
type Line = readonly [name: string, value: string | number | boolean | null];

const time = (at: number | null): string => (at === null ? 'never' : new Date(at).toISOString());
/** A text's key without its family. */
const plainKey = (key: string): string => key.replace(/^(error|health\.need)\./, '');
/** As far as was counted. */
const count = (n: number): string => (n >= COUNTED ? `${COUNTED} or more` : String(n));
/** Names of a kind, each with how often it is there. */
function tally(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts.size === 0 ? 'none' : [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, n]) => `${name} ${n}`).join(', ');
}

function settingsLines(settings: Settings, ver: number): readonly Line[] {
  const { services, rules, fallback, grouping, writes, groups, scheme, templates } = settings;
  const own = Object.values(scheme.severities).filter(({ name, description }) => name !== null || description !== null);
  return [
    ['settings.schema', settings.schema],
    ['settings.version', ver],
    ['settings.services', services.length],
    ['settings.services.with-parent', services.filter(({ parent }) => parent !== null).length],
    ['settings.rules', tally(rules.map(({ then }) => then.action))],
    ['settings.fallback', fallback],
    ['settings.grouping', `${grouping.by}, monitor ${grouping.monitorMinutes} min, flap ${grouping.flapMinutes} min`],
    ['settings.templates', templates.length],
    ['settings.severities.updates', Object.entries(scheme.severities).map(([severity, { updateMinutes, ticketDays }]) => `${severity} ${updateMinutes ?? 'none'} min / ${ticketDays} d`).join(', ')],
    ['settings.severities.renamed', own.length],
    ['settings.roles', `${scheme.roles.standard.length} standard, ${scheme.roles.named.length} named`],
    ['settings.groups', `declare ${groups.declare === null ? 'everybody' : 'group'}, settings ${groups.settings === null ? 'administrators' : 'group'}, mackerel ${writes.enabled ? 'group' : 'nobody'}`],
    ['settings.slack', settings.slackConfigured],
    ['settings.jira-project', settings.tickets !== null],
    ['settings.key', settings.apiKeyLast4 === null ? 'none' : settings.canWrite === null ? 'unknown' : settings.canWrite ? 'may write' : 'read only'],
  ];
}

/** Needs that may be of somebody's private incident. */
const PERHAPS_PRIVATE = ['health.need.saga-dead', 'health.need.saga-person'];

function healthLines(view: HealthView): readonly Line[] {
  const { key, webhook, poll, hints, quota } = view;
  return [
    ['mackerel.key', key.state],
    ['webhook.channel', webhook.channel.state],
    ['webhook.last', time(webhook.lastAt)],
    ['webhook.secret-renewed', time(webhook.rotatedAt)],
    ['webhook.turned-away', webhook.turnedAway === null ? 0 : webhook.turnedAway.limited + webhook.turnedAway.foreign],
    ['poll.last', time(poll.lastAt)],
    ['poll.reconciled', time(poll.reconciledAt)],
    ['poll.unheard', poll.unheard?.changes ?? 0],
    ['poll.rate-limited', time(poll.rateLimitedAt)],
    ['downtimes', view.downtimesUnread ? 'unread' : 'read'],
    ['hints.waiting', `${hints.waiting}${hints.more ? ' or more' : ''}, oldest ${time(hints.oldestAt)}`],
    ['last-error', view.lastError === null ? 'none' : `${plainKey(view.lastError.messageKey)} at ${time(view.lastError.at)}`],
    ['quota', quota === null ? 'not told' : `${quota.remaining} of ${quota.limit ?? '?'} at ${time(quota.at)}`],
    // Somebody's private work is not told of, not even as a number.
    ['stuck', tally(view.stuck.filter(({ isPrivate }) => !isPrivate).map(({ kind, state, reasonKey }) => [kind, state, reasonKey === null ? null : plainKey(reasonKey)].filter((part) => part !== null).join(' ')))],
    ['records.unreadable', tally(view.unreadable.map(({ messageKey }) => plainKey(messageKey)))],
    ['needs', tally(view.needs.filter(({ key: need }) => !PERHAPS_PRIVATE.includes(need)).map(({ key: need }) => plainKey(need)))],
  ];
}

async function storedLines(ports: Ports, conn: string): Promise<readonly Line[]> {
  const [open, ended, ...candidates] = await Promise.all([
    ports.incidents.list(conn, 'open', COUNTED),
    ports.incidents.list(conn, 'ended', COUNTED),
    ...CANDIDATE_SHELVES.map((shelf) => ports.candidates.page(conn, shelf, null, COUNTED)),
  ]);
  const known = [open, ended].map((heads) => heads.filter(({ visibility }) => visibility === 'public'));
  return [
    ['incidents.open', count(known[0]?.length ?? 0)],
    ['incidents.ended', count(known[1]?.length ?? 0)],
    ['incidents.status', tally(known.flat().map(({ status }) => status))],
    ...CANDIDATE_SHELVES.map((shelf, n): Line => [`candidates.${shelf}`, count(candidates[n]?.length ?? 0)]),
  ];
}

const failed = (error: unknown): string => (error instanceof AppFailure ? plainKey(error.messageKey) : 'internal');
/** Each part by itself: what is broken must not hide the rest. */
async function part(name: string, lines: () => Promise<readonly Line[]>): Promise<readonly Line[]> {
  return await lines().catch((error: unknown): readonly Line[] => [[name, failed(error)]]);
}

/** Administrators of Confluence only. */
export async function diagnostics(ports: Ports, caller: Caller): Promise<DiagnosticsView> {
  await proveAdmin(ports);
  const { version, environment } = ports.app();
  const [settings, broken] = await ports.settings.load().then((row) => [row, null] as const, (error: unknown) => [null, failed(error)] as const);
  const parts = [
    [['time', time(ports.clock.now())], ['app', `${version} ${environment}`], ['record.schema', SCHEMA], ['settings', broken ?? (settings === null ? 'none' : 'read')]] as readonly Line[],
    ...(settings === null
      ? []
      : await Promise.all([
          part('settings', () => Promise.resolve(settingsLines(settings.value, settings.ver))),
          part('health', async () => healthLines(await health(ports, caller))),
          part('stored', () => storedLines(ports, settings.value.conn)),
        ])),
  ];
  return { text: parts.flat().map(([name, value]) => `${name}: ${String(value)}`).join('\n') };
}
