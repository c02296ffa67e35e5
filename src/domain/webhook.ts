/** The webhook's secrets: which are accepted at a time, and how one takes the place of another. Pure. */
import type { WebhookSecret, WebhookSettings } from './model';

export const FIRST_WEBHOOK: WebhookSettings = { channelId: null, secret: 'webhook', old: [], rotatedAt: null };

/** Deliveries with an earlier secret are taken this long after the rotation that replaced it. */
const OLD_VALID_MS = 24 * 3_600_000;
/** Earlier secrets at a time: a day with more rotations than that is a mistake. */
export const OLD_AT_MOST = 5;

/** Until when the secret before the present one is accepted, epoch ms; null: it is not. */
export function oldUntil({ old }: WebhookSettings, now: number): number | null {
  const until = old[0]?.until ?? 0;
  return until > now ? until : null;
}
/** `until` null: as long as there is no other. */
export function acceptedSecrets({ secret, old }: WebhookSettings): readonly { readonly name: WebhookSecret; readonly until: number | null }[] {
  return [{ name: secret, until: null }, ...old];
}

/** The secret a rotation makes: named after the press, so that a press sent again finds its own. */
export const secretOfPress = (opId: string): WebhookSecret => `webhook-${opId}`;
/** True when this press has rotated already, however its answer got lost. */
export const rotatedBy = (webhook: WebhookSettings, opId: string): boolean => acceptedSecrets(webhook).some(({ name }) => name === secretOfPress(opId));
/** Earlier secrets that are still accepted at `now`. */
export const stillValid = ({ old }: WebhookSettings, now: number): WebhookSettings['old'] => old.filter(({ until }) => until > now);
export function rotated(webhook: WebhookSettings, opId: string, now: number): WebhookSettings {
  return { ...webhook, secret: secretOfPress(opId), old: [{ name: webhook.secret, until: now + OLD_VALID_MS }, ...stillValid(webhook, now)], rotatedAt: now };
}

/** What a delivery or an address offers as its secret: Basic password, `?secret=`, or the end of the path after `base`. */
export function secretIn(url: string, base: string): string {
  if (!URL.canParse(url)) return '';
  const { password, searchParams, pathname } = new URL(url);
  if (password !== '') return decoded(password);
  return searchParams.get('secret') ?? pathname.slice(new URL(base).pathname.length).replace(/^\/+|\/+$/g, '');
}
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
/** An address of ours, whatever secret it carries. `base`: our address with any secret. */
export function isOurs(url: string, base: string): boolean {
  if (!URL.canParse(url)) return false;
  const [a, b] = [new URL(url), new URL(base)];
  return a.origin === b.origin && (a.pathname === b.pathname || a.pathname.startsWith(`${b.pathname}/`));
}
