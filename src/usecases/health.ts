/** The state of the intake, for administrators. What Mackerel is asked for it is remembered for a minute. */
import type { HealthView, KeyState } from '../contract';
import { AppFailure } from '../domain/failure';
import { needsOf } from '../domain/health';
import type { Settings } from '../domain/model';
import { oldUntil } from '../domain/webhook';
import { MackerelError, type AlertSource, type Ports } from '../ports';
import type { Caller } from './caller';
import { readDowntimes } from './downtimes';
import { discardStuck, retryStuck, type Mend } from './mend';
import { configured, proveAdmin } from './prove';
import { oweWholeLook } from './receive-webhook';
import { pulseOf } from './pulse';
import { remembered } from './remembered';
import { stuckWork } from './stuck';
import { channelNow } from './webhook';

const CHECKED_MS = 60_000;
const HINTS_COUNTED = 100;
/** The newest open ones, and as many ended ones. */
const RECORDS_LOOKED_AT = 100;

async function keyState(source: AlertSource | null): Promise<KeyState> {
  if (source === null) return 'none';
  try {
    await source.org();
    return 'ok';
  } catch (error) {
    if (!(error instanceof MackerelError)) throw error;
    return error.kind === 'key' ? 'refused' : error.kind === 'forbidden' ? 'forbidden' : 'unreachable';
  }
}
const PARENTS_LOOKED_AT = 20;
/** Services whose pages cannot go below the page chosen for them: it is gone, in another space, or hidden from the app. */
async function lostParents(ports: Ports, { services }: Settings): Promise<HealthView['parentsGone']> {
  const chosen = new Map(services.flatMap(({ spaceKey, parent }) => (parent === null ? [] : [[`${spaceKey} ${parent.id}`, { spaceKey, parent }] as const])));
  const looked = await Promise.all(
    [...chosen.values()].slice(0, PARENTS_LOOKED_AT).map(async ({ spaceKey, parent }) => {
      const [page, space] = await Promise.all([ports.pages.look(parent.id, { as: 'app' }), ports.pages.spaceByKey(spaceKey, { as: 'app' })]);
      return page?.state === 'current' && page.spaceId === space?.id ? [] : [{ title: parent.title, services: services.filter((one) => one.spaceKey === spaceKey && one.parent?.id === parent.id).map(({ name }) => name) }];
    }),
  );
  return looked.flat();
}

/** `ver`: of the settings; what they change is asked anew. */
function asked(ports: Ports, caller: Caller, settings: Settings, ver: number) {
  const now = ports.clock.now();
  return remembered(`health:${caller.installation}:${ver}`, now, CHECKED_MS, async () => {
    const source = await ports.mackerel();
    const [state, channel, downtimes, parentsGone] = await Promise.all([keyState(source), channelNow(ports, settings, source), source === null ? null : readDowntimes(ports, settings.conn, source), lostParents(ports, settings)]);
    return { state, channel, parentsGone, downtimesUnread: state === 'ok' && downtimes !== null && downtimes.failure !== null, checkedAt: now };
  });
}

/** Which account has to be added to pages the app cannot see. */
async function appAccount(ports: Ports): Promise<{ readonly accountId: string; readonly name: string }> {
  const accountId = await ports.audience.self();
  return { accountId, name: (await ports.people.name(accountId)) ?? accountId };
}

async function view(ports: Ports, caller: Caller): Promise<HealthView> {
  const row = await ports.settings.load();
  if (row === null) throw new AppFailure('not-configured');
  const settings = row.value;
  const [pulse, mackerel, hints, stuck, { unreadable, hidden }] = await Promise.all([
    pulseOf(ports, settings.conn),
    asked(ports, caller, settings, row.ver),
    ports.hints.list(settings.conn, HINTS_COUNTED),
    stuckWork(ports, settings, caller.accountId),
    ports.incidents.troubled(settings.conn, RECORDS_LOOKED_AT),
  ]);
  const now = ports.clock.now();
  const facts = {
    isPaused: caller.isPaused,
    orgName: settings.orgName,
    key: { state: mackerel.state, last4: settings.apiKeyLast4, checkedAt: mackerel.checkedAt },
    webhook: { lastAt: pulse.webhook?.at ?? null, channel: mackerel.channel, rotatedAt: settings.webhook.rotatedAt, oldUntil: oldUntil(settings.webhook, now), turnedAway: pulse.turnedAway },
    poll: { lastAt: pulse.pollAt, reconciledAt: pulse.reconcileAt, unheard: pulse.unheard, rateLimitedAt: pulse.limitedAt },
    downtimesUnread: mackerel.downtimesUnread,
    parentsGone: mackerel.parentsGone,
    lastError: pulse.error === null ? null : { at: pulse.error.at, messageKey: pulse.error.messageKey },
    hints: { waiting: hints.length, more: hints.length === HINTS_COUNTED, oldestAt: hints[0]?.receivedAt ?? null },
    unreadable: unreadable.map(({ messageKey, params }) => ({ messageKey, params })),
    hidden: hidden === 0 ? null : { n: hidden, ...(await appAccount(ports)) },
    quota: ports.quota.last(),
    stuck,
    now,
  };
  return { ...facts, needs: needsOf(facts) };
}

export async function health(ports: Ports, caller: Caller): Promise<HealthView> {
  await proveAdmin(ports);
  return await view(ports, caller);
}
export async function retryAndShow(ports: Ports, caller: Caller, p: Mend): Promise<HealthView> {
  await retryStuck(ports, caller, p);
  return await view(ports, caller);
}
export async function discardAndShow(ports: Ports, caller: Caller, p: Mend): Promise<HealthView> {
  await discardStuck(ports, caller, p);
  return await view(ports, caller);
}

/** Between two looks that people ask for, ms. */
const POLL_MS = 10_000;
/** Asks for a look at Mackerel. @throws AppFailure busy: somebody asked a moment ago */
export async function pollNow(ports: Ports): Promise<{ readonly requested: boolean }> {
  await proveAdmin(ports);
  const { conn } = await configured(ports);
  const key = `asked:${conn}`;
  const now = ports.clock.now();
  const last = await ports.cells.get<{ readonly at: number }>(key);
  const rest = last === null ? 0 : last.value.at + POLL_MS - now;
  const soon = (ms: number): AppFailure => new AppFailure('busy', 'error.polled', {}, null, ms);
  if (rest > 0 && rest <= POLL_MS) throw soon(rest);
  if (!(await ports.cells.put(key, 'asked', { at: now }, last?.ver ?? null))) throw soon(POLL_MS);
  await oweWholeLook(ports, conn);
  return { requested: await ports.queue.request(conn, 0) };
}
