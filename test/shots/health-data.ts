/** The state of the intake, in the contract's shape, at the fixed time of the pictures. */
import type { HealthView, StuckView } from '../../src/contract';

const NOW = Date.UTC(2026, 10, 23, 17, 35, 12);
const ago = (minutes: number): number => NOW - minutes * 60_000;

export function healthy(part: Partial<HealthView> = {}): HealthView {
  return {
    isPaused: false,
    orgName: 'demo',
    key: { state: 'ok', last4: '9f3k', checkedAt: NOW },
    webhook: { lastAt: ago(4), channel: { state: 'ok', name: 'Incident Pages for Mackerel', suspendedAt: null }, rotatedAt: null, oldUntil: null, turnedAway: null },
    poll: { lastAt: ago(2), reconciledAt: ago(2), unheard: null, rateLimitedAt: null },
    downtimesUnread: false,
    parentsGone: [],
    lastError: null,
    hints: { waiting: 0, more: false, oldestAt: null },
    quota: null,
    stuck: [],
    unreadable: [],
    hidden: null,
    needs: [],
    now: NOW,
    ...part,
  };
}

const stuck = (part: Partial<StuckView>): StuckView => ({ kind: 'saga', id: 's1', state: 'dead', incident: { id: 'i9', key: '2026-043', title: 'Checkout is slow' }, isPrivate: false, attempts: 20, reasonKey: 'error.busy', can: { retry: true, discard: true }, ...part });

/** Everything at once, as long as it gets. `title`: of the incident. */
export function ill(title: string): HealthView {
  const incident = { id: 'i9', key: '2026-043', title };
  return healthy({
    key: { state: 'ok', last4: '9f3k', checkedAt: NOW },
    webhook: {
      lastAt: ago(3 * 60), channel: { state: 'suspended', name: 'Incident Pages for Mackerel', suspendedAt: ago(170) }, rotatedAt: ago(600), oldUntil: ago(-840),
      turnedAway: { limited: 1_204, foreign: 3, since: ago(190) },
    },
    poll: { lastAt: ago(21), reconciledAt: ago(26), unheard: { changes: 14, since: ago(165) }, rateLimitedAt: ago(30) },
    lastError: { at: ago(1), messageKey: 'error.mackerel-unreachable' },
    hints: { waiting: 100, more: true, oldestAt: ago(22) },
    quota: { remaining: 41_250, limit: 65_000, at: ago(1) },
    stuck: [
      stuck({ incident }),
      stuck({ id: 's2', state: 'needs-person', incident: null, isPrivate: true, attempts: 1, reasonKey: null, can: { retry: false, discard: true } }),
      stuck({ id: 'n1', kind: 'notice', state: 'dropped', incident, attempts: 8, reasonKey: null }),
      stuck({ id: 'e1', kind: 'evidence', state: 'dead', incident, attempts: 12, reasonKey: 'error.evidence-page' }),
      stuck({ id: 't1', kind: 'ticket', state: 'unsure', incident, attempts: 0, reasonKey: null }),
    ],
    needs: [
      { key: 'health.need.evidence', params: { n: 1 } },
      { key: 'health.need.suspended', params: { name: 'Incident Pages for Mackerel' } },
      { key: 'health.need.unheard', params: { hours: 2, changes: 14 } },
      { key: 'health.need.downtimes', params: {} },
      { key: 'health.need.polls-stopped', params: {} },
      { key: 'health.need.hints-old', params: { n: 100 } },
      { key: 'health.need.saga-dead', params: { n: 1 } },
      { key: 'health.need.saga-person', params: { n: 1 } },
      { key: 'health.need.notices', params: { n: 1 } },
      { key: 'health.need.tickets', params: { n: 1 } },
    ],
  });
}
