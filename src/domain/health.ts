/** What an administrator should see to, from what is known of the intake. Pure; most urgent first. */
import type { ChannelState, HealthNeed, HealthView, KeyState, StuckView } from '../contract';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Scheduled looks come every five minutes: three missed ones are no chance. */
const POLL_LATE_MS = 16 * MINUTE;
/** A drain takes a hint within seconds. */
const HINT_OLD_MS = 5 * MINUTE;
/** Some alerts never notify (standby hosts, muted monitors): one or two changes without a webhook say nothing. */
const UNHEARD_MS = HOUR;
const UNHEARD_CHANGES = 3;

const KEY_NEEDS: Readonly<Partial<Record<KeyState, string>>> = { none: 'health.need.key-none', refused: 'health.need.key-refused', forbidden: 'health.need.key-forbidden', unreachable: 'health.need.unreachable' };
/** A channel that is not there or not known is no trouble by itself: people may paste the address elsewhere, and polls go on. */
const CHANNEL_NEEDS: Readonly<Partial<Record<ChannelState, string>>> = {
  suspended: 'health.need.suspended',
  missing: 'health.need.missing',
  'no-alert-events': 'health.need.no-alert-events',
  'alert-group': 'health.need.alert-group',
  outdated: 'health.need.outdated',
};

const count = (stuck: readonly StuckView[], kind: StuckView['kind'], state?: StuckView['state']): number => stuck.filter((one) => one.kind === kind && (state === undefined || one.state === state)).length;

type Need = (name: string | undefined, params?: HealthNeed['params']) => void;

/** Whether what happens in Mackerel arrives here. */
function followed({ key, webhook, poll, hints, lastError, now }: Omit<HealthView, 'needs'>, need: Need): void {
  if (poll.unheard !== null && poll.unheard.changes >= UNHEARD_CHANGES && now - poll.unheard.since >= UNHEARD_MS) {
    const hours = Math.floor((now - Math.max(poll.unheard.since, webhook.lastAt ?? 0)) / HOUR);
    need('health.need.unheard', { hours, changes: poll.unheard.changes });
  }
  if (key.state === 'ok' && poll.lastAt !== null && now - poll.lastAt > POLL_LATE_MS) need('health.need.polls-stopped');
  // The newest word of the intake is a failure, and not of a moment ago.
  else if (lastError !== null && lastError.at > (poll.lastAt ?? 0) && now - (poll.lastAt ?? 0) > HINT_OLD_MS) need('health.need.failing');
  if (hints.oldestAt !== null && now - hints.oldestAt > HINT_OLD_MS) need('health.need.hints-old', { n: hints.waiting });
}

export function needsOf(view: Omit<HealthView, 'needs'>): readonly HealthNeed[] {
  const { key, webhook, stuck, unreadable } = view;
  const needs: HealthNeed[] = [];
  const need: Need = (name, params = {}) => void (name !== undefined && needs.push({ key: name, params }));
  if (view.isPaused) need('health.need.license');
  need(KEY_NEEDS[key.state]);
  const [damaged, newer] = (['error.record-damaged', 'error.record-newer'] as const).map((why) => unreadable.filter(({ messageKey }) => messageKey === why));
  if (damaged?.[0] !== undefined) need('health.need.records-damaged', { n: damaged.length, where: damaged[0].params['where'] ?? '' });
  if (newer?.[0] !== undefined) need('health.need.records-newer', { n: newer.length });
  if (view.hidden !== null) need('health.need.hidden', { n: view.hidden.n, name: view.hidden.name, account: view.hidden.accountId });
  need(CHANNEL_NEEDS[webhook.channel.state], { name: webhook.channel.name ?? '' });
  if (view.downtimesUnread) need('health.need.downtimes');
  for (const { title, services } of view.parentsGone) need('health.need.parent', { title, services: services.join(', ') });
  if (!view.isPaused) followed(view, need);
  for (const [name, n] of [
    ['health.need.saga-dead', count(stuck, 'saga', 'dead')],
    ['health.need.saga-person', count(stuck, 'saga', 'needs-person')],
    ['health.need.notices', count(stuck, 'notice')],
    ['health.need.tickets', count(stuck, 'ticket')],
    ['health.need.evidence', count(stuck, 'evidence')],
  ] as const) if (n > 0) need(name, { n });
  return needs;
}
