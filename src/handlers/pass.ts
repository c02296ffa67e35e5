import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { Clock, SettingsStore } from '../ports';
import type { Passes } from '../usecases/board';
import type { Caller } from '../usecases/caller';

const LIFE_MS = 5 * 60_000;
const claimsSchema = z.object({ i: z.string(), a: z.string(), n: z.string(), p: z.string(), k: z.literal('read'), e: z.number() });

/** Secrets by installation: a warm instance serves many. */
const secrets = new Map<string, string>();

async function secretOf(settings: SettingsStore, installation: string): Promise<string> {
  const known = secrets.get(installation);
  if (known !== undefined) return known;
  if ((await settings.secret('pass')) === null) await settings.setSecret('pass', randomBytes(32).toString('hex'));
  const stored = await settings.secret('pass');
  if (stored === null) throw new Error('pass secret not stored');
  secrets.set(installation, stored);
  return stored;
}

function sign(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64url');
}

function sameText(a: string, b: string): boolean {
  const x = Buffer.from(a);
  const y = Buffer.from(b);
  return x.length === y.length && timingSafeEqual(x, y);
}

/** HMAC over installation, account, incident, place, `read` and expiry (epoch ms). Good for reading only. */
export function createPasses(settings: SettingsStore, clock: Clock): Passes {
  return {
    same: sameText,
    async issue(caller: Caller, incidentId, place, until) {
      const e = Math.min(clock.now() + LIFE_MS, until ?? Infinity);
      const body = Buffer.from(JSON.stringify({ i: caller.installation, a: caller.accountId, n: incidentId, p: place, k: 'read', e })).toString('base64url');
      return { pass: `${body}.${sign(body, await secretOf(settings, caller.installation))}`, passExpiresAt: e };
    },
    async holds(pass, caller, incidentId, place) {
      const [body = '', mac = ''] = pass.split('.');
      if (!sameText(mac, sign(body, await secretOf(settings, caller.installation)))) return { valid: false };
      const claims = claimsSchema.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
      if (!claims.success) return { valid: false };
      const { i, a, n, p, e } = claims.data;
      const same = i === caller.installation && a === caller.accountId && n === incidentId && p === place;
      return same && e > clock.now() && e <= clock.now() + LIFE_MS ? { valid: true, expiresAt: e } : { valid: false };
    },
  };
}
