/**
 * A webhook's body, read without trust: what does not fit is left out, what is not known is welcome. By hand and not by
 * schema, because this is done before Mackerel gets its answer.
 */
import type { AlertStatus } from '../contract';
import type { Hint, Told } from '../domain/model';
import { alertImageName } from '../domain/links';
import { own } from '../domain/own';
import { plainLine, plainText } from '../domain/text';

type Loose = Readonly<Record<string, unknown>>;
const inside = (value: unknown): Loose => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {});
const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);
const line = (value: unknown, max: number): string | null => {
  if (typeof value !== 'string') return null;
  const clean = plainLine(value.slice(0, 4 * max), max);
  return clean === '' ? null : clean;
};

/** Opaque, but a path segment of Mackerel's API: no slashes, and never only dots. */
const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;
const idOf = (value: unknown): string | null => (typeof value === 'string' && ID.test(value) ? value : null);
/** 2000 to 2100 in epoch seconds: what lies outside is no time. */
const seconds = (value: unknown): number | null => {
  const at = number(value);
  return at !== null && at >= 946_684_800 && at <= 4_102_444_800 ? Math.floor(at) : null;
};

const STATUS: Readonly<Record<string, AlertStatus>> = { ok: 'OK', warning: 'WARNING', critical: 'CRITICAL', unknown: 'UNKNOWN' };
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{1,62}$/;
const nameOf = (value: unknown): string | null => (typeof value === 'string' && NAME.test(value) ? value : null);
const ROLES = 50;

/** `Service: role` and `Service:role` are the same. */
function rolesOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, ROLES).flatMap((one) => {
    const role = inside(one);
    const [service, name] = [nameOf(role['serviceName']), nameOf(role['roleName'])];
    return service === null || name === null ? [] : [`${service}:${name}`];
  });
}

function hostOf(value: unknown): Told['host'] {
  const host = inside(value);
  const id = idOf(host['id']);
  return id === null ? null : { id, name: line(host['name'], 200) ?? id, roles: rolesOf(host['roles']) };
}

function toldOf(body: Loose, alert: Loose, isOpen: boolean): Told | null {
  const named = typeof alert['status'] === 'string' ? own(STATUS, alert['status'].toLowerCase()) : undefined;
  const status = isOpen ? named : 'OK';
  const monitorName = line(alert['monitorName'], 200);
  if (status === undefined || monitorName === null) return null;
  const operator = alert['monitorOperator'];
  const memo = typeof body['memo'] === 'string' ? plainText(body['memo'].slice(0, 4000)).slice(0, 1000) : '';
  const openedAt = seconds(alert['openedAt']);
  const image = alertImageName(body['imageUrl']);
  return {
    status,
    trigger: line(alert['trigger'], 60) ?? 'monitor',
    type: line(body['type'], 40) ?? 'unknown',
    monitorName,
    memo: memo === '' ? null : memo,
    host: hostOf(body['host']),
    service: nameOf(inside(body['service'])['name']),
    metric: line(alert['metricLabel'], 200),
    operator: operator === '>' || operator === '<' ? operator : null,
    warning: number(alert['warningThreshold']),
    critical: number(alert['criticalThreshold']),
    value: number(alert['metricValue']),
    message: line(body['message'], 500),
    openedAt: openedAt === null ? null : openedAt * 1000,
    ...(image === null ? {} : { image }),
  };
}

/** What an `alert` event asks to be looked at; null: it names no alert. */
export function hintOf(value: unknown, conn: string, receivedAt: number): Hint | null {
  const body = inside(value);
  const alert = inside(body['alert']);
  const alertId = idOf(alert['id']);
  if (alertId === null) return null;
  const open = alert['isOpen'] !== false;
  const changed = seconds(alert['statusChangedAt']) ?? seconds(alert['closedAt']) ?? seconds(alert['openedAt']) ?? 0;
  return { schema: 1, conn, alertId, receivedAt, changedAt: changed * 1000, open, told: toldOf(body, alert, open) };
}

/** The organization that sent it; null: not said. */
export function organizationOf(value: unknown): string | null {
  const { orgName } = inside(value);
  return typeof orgName === 'string' ? orgName : null;
}
