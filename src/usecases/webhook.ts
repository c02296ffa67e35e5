/** Our webhook channel in Mackerel: made, watched, given a new secret, removed. Its address is for administrators only. */
import type { WebhookChannelView, WebhookView } from '../contract';
import { AppFailure } from '../domain/failure';
import type { Settings } from '../domain/model';
import { isOurs, OLD_AT_MOST, oldUntil, rotated, rotatedBy, secretIn, secretOfPress, stillValid } from '../domain/webhook';
import type { AlertSource, Ports, SourceChannel } from '../ports';
import { MackerelError } from '../ports';
import type { Caller } from './caller';
import { writeFailure } from './mackerel-failure';
import { configured, proveKeeper } from './prove';
import { pulseOf } from './pulse';
import { withChange } from './settings-changes';
import { webhookSecret, webhookUrl } from './webhook-secret';

export const CHANNEL_NAME = 'Incident Pages for Mackerel';
const EVENTS = ['alert'] as const;
const ROUNDS = 5;
const NO_CHANNEL: WebhookChannelView = { state: 'none', name: null, suspendedAt: null };
const UNKNOWN: WebhookChannelView = { ...NO_CHANNEL, state: 'unknown' };

/** Channels that deliver to `url`'s place, whatever secret they carry; the one the settings know first, then by id. */
function oursIn(channels: readonly SourceChannel[], { webhook }: Settings, url: string): readonly SourceChannel[] {
  const known = (channel: SourceChannel): number => Number(channel.id !== webhook.channelId);
  return channels.filter((channel) => channel.type === 'webhook' && isOurs(channel.url ?? '', url)).sort((a, b) => known(a) - known(b) || (a.id < b.id ? -1 : 1));
}
const carries = (channel: SourceChannel, url: string): boolean => secretIn(channel.url ?? '', url) === secretIn(url, url);

function channelView(channel: SourceChannel | undefined, { webhook }: Settings, url: string): WebhookChannelView {
  if (channel === undefined) return webhook.channelId === null ? NO_CHANNEL : { ...NO_CHANNEL, state: 'missing' };
  const { name, events, suspendedAt } = channel;
  const told = (state: WebhookChannelView['state']): WebhookChannelView => ({ state, name, suspendedAt });
  if (suspendedAt !== null) return told('suspended');
  if (!carries(channel, url)) return told('outdated');
  if (!events.includes('alert')) return told('no-alert-events');
  return told(events.includes('alertGroup') ? 'alert-group' : 'ok');
}

/** What Mackerel says of our channel now; `unknown` when it does not say. */
export async function channelNow(ports: Ports, settings: Settings, source: AlertSource | null): Promise<WebhookChannelView> {
  if (source === null) return UNKNOWN;
  const url = await webhookUrl(ports, settings);
  try {
    return channelView(oursIn(await source.channels(), settings, url)[0], settings, url);
  } catch (error) {
    if (!(error instanceof MackerelError)) throw error;
    return UNKNOWN;
  }
}

type Row = { readonly ver: number; readonly value: Settings };
async function stored(ports: Ports): Promise<Row> {
  const row = await ports.settings.load();
  if (row === null) throw new AppFailure('not-configured');
  return row;
}
/** Changes the settings as they are by then, as any change of them; `change` answers the same ones when there is nothing to change. */
async function keep(ports: Ports, caller: Caller, change: (settings: Settings) => Settings): Promise<Row> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const row = await stored(ports);
    const wanted = change(row.value);
    if (wanted === row.value) return row;
    const value = await withChange(ports, caller, row.value, wanted);
    if (await ports.settings.save(value, row.ver)) return { ver: row.ver + 1, value };
  }
  throw new AppFailure('busy', 'error.busy', {}, null, 1000);
}
const withChannel = (channelId: string | null) => (settings: Settings): Settings => (settings.webhook.channelId === channelId ? settings : { ...settings, webhook: { ...settings.webhook, channelId } });
const withWrite = (canWrite: boolean) => (settings: Settings): Settings => (settings.canWrite === canWrite ? settings : { ...settings, canWrite });

/** Writes as the key that may; what a refusal says of the key is kept. */
async function writing<T>(ports: Ports, caller: Caller, work: (source: AlertSource) => Promise<T>): Promise<T> {
  const source = await ports.mackerel();
  if (source === null) throw new AppFailure('not-configured');
  try {
    return await work(source);
  } catch (error) {
    if (error instanceof MackerelError && error.kind === 'forbidden') await keep(ports, caller, withWrite(false));
    throw writeFailure(error);
  }
}

async function view(ports: Ports, { ver, value }: Row, channel: WebhookChannelView): Promise<WebhookView> {
  const { webhook, canWrite } = value;
  return { url: await webhookUrl(ports, value), channel, rotatedAt: webhook.rotatedAt, oldUntil: oldUntil(webhook, ports.clock.now()), canWrite, version: ver };
}

const asWanted = (channel: SourceChannel, url: string): boolean => carries(channel, url) && channel.graphImage && channel.events.includes('alert') && !channel.events.includes('alertGroup');

/**
 * Makes the channel, or puts the one there is in order. Making one cannot be repeated safely, so every round looks first and
 * makes at most one in all: whoever died, or pressed twice, finds what is there; of several that bear our name all but one go.
 */
async function ensureChannel(ports: Ports, caller: Caller, source: AlertSource): Promise<{ readonly row: Row; readonly channel: WebhookChannelView }> {
  let made: SourceChannel | null = null;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { value: settings } = await stored(ports);
    const url = await webhookUrl(ports, settings);
    const [first = made, ...others] = oursIn(await source.channels(), settings, url);
    if (first === null) {
      if (round > 0) break;
      // Looked at once more: somebody else may have made one at the same time.
      made = await source.createChannel({ name: CHANNEL_NAME, url, events: EVENTS });
      continue;
    }
    for (const other of others) if (other.name === CHANNEL_NAME) await source.deleteChannel(other.id);
    const right = asWanted(first, url) ? first : await source.updateChannel(first.id, { name: first.name, url, events: EVENTS });
    if (right === null) continue;
    const row = await keep(ports, caller, (known) => withWrite(true)(withChannel(right.id)(known)));
    // Rotated meanwhile, or another press kept another one: look again.
    if (row.value.webhook.secret === settings.webhook.secret && (await source.channels()).some(({ id }) => id === right.id)) return { row, channel: channelView(right, row.value, url) };
    made = null;
  }
  throw new AppFailure('busy', 'error.busy', {}, null, 2000);
}

/** @throws AppFailure mackerel-refused when the key may only read: the address can be pasted by hand */
export async function setUpWebhook(ports: Ports, caller: Caller): Promise<WebhookView> {
  await proveKeeper(ports, caller);
  const { row, channel } = await writing(ports, caller, (source) => ensureChannel(ports, caller, source));
  return await view(ports, row, channel);
}

/** Whether Mackerel was heard with the present secret at or after `since`; null: only the time is wanted. */
export async function waitForWebhook(ports: Ports, caller: Caller, since: number | null): Promise<{ readonly heardAt: number | null; readonly now: number }> {
  await proveKeeper(ports, caller);
  const { conn, webhook } = await configured(ports);
  const now = ports.clock.now();
  if (since === null) return { heardAt: null, now };
  const heard = (await pulseOf(ports, conn)).webhook;
  return { heardAt: heard !== null && heard.at >= since && heard.secret === webhook.secret ? heard.at : null, now };
}

/** The new address in Mackerel too, where the channel is ours to change. What stands in the way is only told: the old secret works on for a day. */
async function tellMackerel(ports: Ports, caller: Caller, row: Row): Promise<{ readonly row: Row; readonly channel: WebhookChannelView }> {
  const source = await ports.mackerel();
  const now = await channelNow(ports, row.value, source);
  if (source === null || !['outdated', 'suspended'].includes(now.state)) return { row, channel: now };
  try {
    return await writing(ports, caller, () => ensureChannel(ports, caller, source));
  } catch (error) {
    if (!(error instanceof AppFailure)) throw error;
    return { row: await stored(ports), channel: now };
  }
}

/** Stores a new secret as the present one, unless this press did so before. */
async function newSecret(ports: Ports, caller: Caller, opId: string): Promise<Row> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const row = await stored(ports);
    const { webhook } = row.value;
    if (rotatedBy(webhook, opId)) return row;
    const now = ports.clock.now();
    if (stillValid(webhook, now).length >= OLD_AT_MOST) throw new AppFailure('bad-request', 'error.rotated-often');
    // Both are there before the settings name them.
    await webhookSecret(ports, webhook.secret);
    await webhookSecret(ports, secretOfPress(opId));
    const value = await withChange(ports, caller, row.value, { ...row.value, webhook: rotated(webhook, opId, now) });
    if (!(await ports.settings.save(value, row.ver))) continue;
    for (const { name, until } of webhook.old) if (until <= now) await ports.settings.setSecret(name, null);
    return { ver: row.ver + 1, value };
  }
  throw new AppFailure('busy', 'error.busy', {}, null, 1000);
}

export async function rotateWebhook(ports: Ports, caller: Caller, opId: string): Promise<WebhookView> {
  await proveKeeper(ports, caller);
  const { row, channel } = await tellMackerel(ports, caller, await newSecret(ports, caller, opId));
  return await view(ports, row, channel);
}

/** Every channel of ours goes. Safe to repeat. */
async function removeChannels(ports: Ports, settings: Settings, source: AlertSource): Promise<number> {
  const ours = oursIn(await source.channels(), settings, await webhookUrl(ports, settings));
  for (const channel of ours) await source.deleteChannel(channel.id);
  return ours.length;
}

export async function removeWebhook(ports: Ports, caller: Caller): Promise<WebhookView> {
  await proveKeeper(ports, caller);
  const { value } = await stored(ports);
  await writing(ports, caller, (source) => removeChannels(ports, value, source));
  return await view(ports, await keep(ports, caller, withChannel(null)), NO_CHANNEL);
}

/** The app goes: without its channel Mackerel would knock at a door that is not there. Answers what to say of it. */
export async function leaveMackerel(ports: Ports): Promise<'removed' | 'none' | 'not-connected' | 'read-only'> {
  const row = await ports.settings.load();
  const source = row === null ? null : await ports.mackerel();
  if (row === null || source === null) return 'not-connected';
  try {
    return (await removeChannels(ports, row.value, source)) > 0 ? 'removed' : 'none';
  } catch (error) {
    if (error instanceof MackerelError && error.kind === 'forbidden') return 'read-only';
    throw error;
  }
}
