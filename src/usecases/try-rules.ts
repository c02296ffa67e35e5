/** What rules that may not be saved yet would do with alerts, and why. Reads only. */
import type { DescribedAlert, RuleTrial, RulesTrialInput, RulesTrialView, TrialOutcome } from '../contract';
import { worstStatus, type AlertSighting } from '../domain/alert';
import { downtimeOf, type Downtime } from '../domain/downtime';
import { AppFailure } from '../domain/failure';
import { alertUrl } from '../domain/links';
import type { Settings } from '../domain/model';
import { isLong } from '../domain/recurrence';
import { deciding, homeOf, judge, passedOver } from '../domain/rules';
import type { AlertSource, Ports, SourceAlert } from '../ports';
import type { Caller } from './caller';
import { readDowntimes } from './downtimes';
import { withMackerel } from './link-alerts';
import { configured, proveKeeper } from './prove';
import { AlertReader } from './read-alerts';
import { visibleServices } from './rights';

/** Each needs its log and maybe its check monitor, and the platform allows 100 outside requests per invocation and minute. */
const TRIED = 30;

interface Found {
  readonly alert: AlertSighting;
  /** As Mackerel names it, with its host; null: described only. */
  readonly raised: SourceAlert | null;
}
interface Looked {
  readonly found: readonly Found[];
  /** Everything Mackerel listed, to count by. */
  readonly listed: readonly SourceAlert[];
  readonly downtimes: readonly Downtime[];
  readonly left: RulesTrialView['left'];
  readonly orgName: string | null;
}

function described(given: DescribedAlert, now: number): AlertSighting {
  const { monitor, type, service, role, host, status, name, openedAt } = given;
  return {
    id: '', monitorId: monitor, monitorName: name, monitorType: type ?? 'unknown', monitorMemo: null, host: host === null ? null : { id: '', name: host }, service, roles: role === null ? [] : [role],
    metricName: null, unit: null, operator: null, warning: null, critical: null, message: null, openedAt, closedAt: null, reason: null, status, statusAt: openedAt, value: null, factsAt: now, logs: [],
  };
}

const firingFirst = (a: SourceAlert, b: SourceAlert): number => Number(a.closedAt !== null) - Number(b.closedAt !== null) || b.openedAt - a.openedAt;

/** Everything is read with the services as the form has them: they say which of a host's services an alert is of. */
async function raised(ports: Ports, services: RulesTrialInput['services'], alertId: string | null): Promise<Looked> {
  const stored = await configured(ports);
  const settings: Settings = { ...stored, services };
  // Who may see what goes by what is saved, not by what the form says.
  const visible = await visibleServices(ports, stored);
  return await withMackerel(ports, async (source: AlertSource) => {
    const [open, recent, one] = await Promise.all([alertId === null ? source.openAlerts() : [], source.alertsPage(null), alertId === null ? null : source.alert(alertId)]);
    if (alertId !== null && one === null) throw new AppFailure('not-found', 'error.alert-gone');
    const listed = [...new Map([...recent.alerts, ...open, ...(one === null ? [] : [one])].map((alert) => [alert.id, alert])).values()];
    const tried = one === null ? [...listed].sort(firingFirst).slice(0, TRIED) : [one];
    const reader = new AlertReader(source, settings, ports.clock.now());
    if (one === null) reader.knowAllHosts(await source.hosts(null));
    const all = await Promise.all(tried.map(async (alert): Promise<Found> => ({ alert: await reader.sighting(alert), raised: alert })));
    const found = all.filter(({ alert }) => visible.sees(alert.service));
    if (one !== null && found.length === 0) throw new AppFailure('not-found', 'error.alert-gone');
    const { downtimes } = await readDowntimes(ports, settings.conn, source);
    return { found, listed, downtimes, left: { more: one === null ? listed.length - tried.length : 0, hidden: all.length - found.length }, orgName: settings.orgName };
  });
}

async function look(ports: Ports, { of, services }: RulesTrialInput): Promise<Looked> {
  if (of !== null && 'alert' in of) return { found: [{ alert: described(of.alert, ports.clock.now()), raised: null }], listed: [], downtimes: [], left: { more: 0, hidden: 0 }, orgName: null };
  return await raised(ports, services, of === null ? null : of.alertId);
}

/** Alerts of the same monitor and host that opened within `minutes` up to this one, itself counted. */
function seenWithin(minutes: number, { raised: mine }: Found, listed: readonly SourceAlert[]): number {
  if (mine === null || mine.monitorId === null) return 1;
  const since = mine.openedAt - minutes * 60_000;
  return listed.filter(({ monitorId, hostId, openedAt }) => monitorId === mine.monitorId && hostId === mine.hostId && openedAt > since && openedAt <= mine.openedAt).length;
}

function outcomeOf(p: RulesTrialInput, found: Found, listed: readonly SourceAlert[], spaces: ReadonlySet<string>, now: number): TrialOutcome {
  const verdict = judge(p, found.alert);
  if (verdict.action === 'candidate') {
    const { times, minutes } = verdict;
    const seen = seenWithin(minutes, found, listed);
    return { action: 'candidate', times, minutes, seen, asks: seen >= times || isLong(found.alert, now) };
  }
  if (verdict.action !== 'declare') return { action: verdict.action };
  const spaceKey = verdict.spaceKey ?? homeOf(p, found.alert.service)?.spaceKey ?? null;
  const problem = found.alert.service === null ? 'no-service' : spaceKey === null ? 'unmapped' : spaces.has(spaceKey) ? null : 'space-unknown';
  return { ...verdict, spaceKey, problem };
}

function quietIn(downtimes: readonly Downtime[], alert: AlertSighting, now: number): RuleTrial['downtime'] {
  const why = downtimeOf(downtimes, alert, now);
  return why === null ? null : { name: String(why.params['name']), until: Number(why.params['until']) };
}

/** The spaces that declaring rules and services name, of those there are. */
async function spacesNamed(ports: Ports, { rules, services }: RulesTrialInput): Promise<ReadonlySet<string>> {
  const own = rules.flatMap(({ then }) => (then.action === 'declare' && then.spaceKey !== null ? [then.spaceKey] : []));
  const keys = [...new Set([...own, ...services.map((service) => service.spaceKey)])];
  return new Set(keys.length === 0 ? [] : (await ports.access.spaces(keys)).map(({ key }) => key));
}

/** For those who look after the settings only: alert names of the whole organization stand in the answer, bar those of spaces the caller cannot view. */
export async function tryRules(ports: Ports, caller: Caller, p: RulesTrialInput): Promise<RulesTrialView> {
  await proveKeeper(ports, caller);
  const [{ found, listed, downtimes, left, orgName }, spaces] = await Promise.all([look(ports, p), spacesNamed(ports, p)]);
  const trials = found.map((one): RuleTrial => {
    const { alert } = one;
    const index = deciding(p.rules, alert);
    const { id, monitorId, monitorName, monitorType, service, roles = [], host, openedAt, closedAt } = alert;
    return {
      alert: { id: one.raised === null ? null : id, url: one.raised === null ? null : alertUrl(orgName, id), monitor: monitorId, name: monitorName, type: monitorType, service, roles, host: host?.name ?? null, status: worstStatus(alert), open: closedAt === null, openedAt },
      decidedBy: index === -1 ? null : index,
      unmet: passedOver(p.rules, alert),
      outcome: outcomeOf(p, one, listed, spaces, ports.clock.now()),
      downtime: quietIn(downtimes, alert, ports.clock.now()),
    };
  });
  return { trials, left };
}
