/** What is remembered of hearing and looking: the last webhook, the last poll, what polls found that no webhook had said. Pure. */
import type { AlertStatus } from '../contract';
import type { WebhookSecret } from './model';

export interface Pulse {
  readonly schema: 1;
  readonly webhook: { readonly at: number; readonly secret: WebhookSecret } | null;
  readonly pollAt: number | null;
  readonly reconcileAt: number | null;
  readonly error: { readonly at: number; readonly code: string; readonly messageKey: string } | null;
  /** `none`: nothing was asked of Mackerel yet. */
  readonly key: 'ok' | 'refused' | 'none';
  /** Changes of alerts found since the last webhook, and when the first of them was. */
  readonly unheard: { readonly changes: number; readonly since: number } | null;
  readonly limitedAt: number | null;
  readonly turnedAway: { readonly limited: number; readonly foreign: number; readonly since: number } | null;
  /** Open alerts of the last poll, as `id:status`; at most `KEPT`. */
  readonly open: readonly string[];
}
export const NO_PULSE: Pulse = { schema: 1, webhook: null, pollAt: null, reconcileAt: null, error: null, key: 'none', unheard: null, limitedAt: null, turnedAway: null, open: [] };

/** A delivery as the pulse needs it. */
export interface Heard {
  readonly alertId: string;
  readonly receivedAt: number;
  readonly changedAt?: number;
  readonly told?: { readonly status: AlertStatus } | null;
  readonly secret?: WebhookSecret;
  readonly turnedAway?: { readonly limited: number; readonly foreign: number };
}
export interface Look {
  readonly at: number;
  /** Mackerel was asked for something. */
  readonly read: boolean;
  /** All open alerts; null: they were not listed. */
  readonly open: readonly { readonly id: string; readonly status: AlertStatus }[] | null;
  readonly heard: readonly Heard[];
}

/** Newest open alerts that are compared from poll to poll; the cell stays within one unit of storage. */
const KEPT = 300;

/** A delivery was heard. An older one than the last known changes nothing. */
export function heardWebhook(pulse: Pulse, at: number, secret: WebhookSecret): Pulse {
  return pulse.webhook !== null && pulse.webhook.at >= at ? pulse : { ...pulse, webhook: { at, secret }, unheard: null };
}

function changesBetween(before: readonly string[], after: readonly string[]): readonly string[] {
  const [old, now] = [new Set(before), new Set(after)];
  const came = after.filter((one) => !old.has(one));
  // Of more alerts than are kept, one that is not listed may just be an older one.
  const went = after.length >= KEPT ? [] : before.filter((one) => !now.has(one));
  return [...new Set([...came, ...went].map((one) => one.slice(0, one.lastIndexOf(':'))))];
}

/** What webhooks told since the last list, taken for known: the next list must not find it new. */
function asTold(open: readonly string[], heard: readonly Heard[]): readonly string[] {
  return [...heard]
    .sort((a, b) => (a.changedAt ?? 0) - (b.changedAt ?? 0))
    .reduce((known, { alertId, told }) => (told == null ? known : [...(told.status === 'OK' ? [] : [`${alertId}:${told.status}`]), ...known.filter((one) => !one.startsWith(`${alertId}:`))]), open)
    .slice(0, KEPT);
}

/** Mackerel was looked at. */
export function looked(pulse: Pulse, look: Look): Pulse {
  const open = look.open === null ? asTold(pulse.open, look.heard) : look.open.slice(0, KEPT).map(({ id, status }) => `${id}:${status}`);
  const told = new Set(look.heard.map(({ alertId }) => alertId));
  // The first look finds everything new.
  const unheard = pulse.pollAt === null || look.open === null ? [] : changesBetween(pulse.open, open).filter((id) => !told.has(id));
  const newest = look.heard.reduce<Heard | null>((last, one) => (last === null || one.receivedAt > last.receivedAt ? one : last), null);
  const counted = unheard.length === 0 ? pulse.unheard : { changes: (pulse.unheard?.changes ?? 0) + unheard.length, since: pulse.unheard?.since ?? look.at };
  const next: Pulse = { ...pulse, ...(look.read ? { pollAt: look.at, key: 'ok' as const } : {}), open, unheard: counted, turnedAway: moreTurnedAway(pulse, look) };
  return newest === null ? next : heardWebhook(next, newest.receivedAt, newest.secret ?? 'webhook');
}

/** Counted over a day at most. A delivery that is still listed by a later look was counted by the first. */
const COUNTED_MS = 24 * 3_600_000;
function moreTurnedAway(pulse: Pulse, look: Look): Pulse['turnedAway'] {
  const told = look.heard.flatMap((one) => (one.receivedAt > (pulse.webhook?.at ?? 0) && one.turnedAway !== undefined ? [one.turnedAway] : []));
  const recent = pulse.turnedAway !== null && look.at - pulse.turnedAway.since < COUNTED_MS ? pulse.turnedAway : null;
  if (told.length === 0) return recent;
  const [limited, foreign] = (['limited', 'foreign'] as const).map((kind) => told.reduce((n, more) => n + more[kind], 0)) as [number, number];
  const known = recent ?? { limited: 0, foreign: 0, since: look.at };
  return { limited: known.limited + limited, foreign: known.foreign + foreign, since: known.since };
}

/** A look failed. `key`: Mackerel refused the key; `limited`: it asked to slow down. */
export function failedLook(pulse: Pulse, error: NonNullable<Pulse['error']>, how: { readonly key: boolean; readonly limited: boolean }): Pulse {
  return { ...pulse, error, key: how.key ? 'refused' : pulse.key, limitedAt: how.limited ? error.at : pulse.limitedAt };
}
