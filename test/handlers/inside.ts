/** What a person cannot see of the running site: stored rows, the stand-in's channels. */
import path from 'node:path';
import Database from 'libsql';
import type { TestSite } from './harness';

/** Rows of Forge storage as text, by `space key`; secrets too. */
export function storedRows(site: TestSite): Readonly<Record<string, string>> {
  const db = new Database(path.join(site.stateDir, 'site.db'), { timeout: 5000, readonly: true });
  try {
    const rows = db.prepare('SELECT space, key, value FROM kvs ORDER BY space, key').all([]) as { space: string; key: string; value: string }[];
    return Object.fromEntries(rows.map(({ space, key, value }) => [`${space} ${key}`, value]));
  } finally {
    db.close();
  }
}
/** The document under a key that ends so; null: none. */
export function storedDoc<T>(site: TestSite, keyEnd: string): T | null {
  const found = Object.entries(storedRows(site)).find(([key]) => key.endsWith(keyEnd));
  return found === undefined ? null : (JSON.parse(found[1]) as { doc: T }).doc;
}

/** Changes the document under a key that ends so, past the app and its versions. */
export function rewriteDoc(site: TestSite, keyEnd: string, change: (doc: Record<string, unknown>) => void): void {
  const db = new Database(path.join(site.stateDir, 'site.db'), { timeout: 5000 });
  try {
    const rows = db.prepare('SELECT space, key, value FROM kvs').all([]) as { space: string; key: string; value: string }[];
    const found = rows.filter(({ key }) => key.endsWith(keyEnd));
    const [row] = found;
    if (row === undefined || found.length > 1) throw new Error(`${found.length} rows end with ${keyEnd}`);
    const value = JSON.parse(row.value) as { doc: Record<string, unknown> };
    change(value.doc);
    db.prepare('UPDATE kvs SET value = ? WHERE space = ? AND key = ?').run([JSON.stringify(value), row.space, row.key]);
  } finally {
    db.close();
  }
}

/** Stores the record of an incident once more under each of these ids, with its place in the lists. */
export function copyIncident(site: TestSite, incidentId: string, ids: readonly string[]): void {
  const db = new Database(path.join(site.stateDir, 'site.db'), { timeout: 5000 });
  try {
    const of = `key = 'incident:${incidentId}' OR key LIKE 'chunk:${incidentId}:%'`;
    for (const id of ids) {
      db.prepare(`INSERT INTO kvs SELECT space, replace(key, ?, ?), replace(value, ?, ?), created, updated, expires FROM kvs WHERE ${of}`).run([incidentId, id, incidentId, id]);
      db.prepare(`INSERT INTO kvs_indexed SELECT idx, replace(key, ?, ?), part, range FROM kvs_indexed WHERE ${of}`).run([incidentId, id]);
    }
  } finally {
    db.close();
  }
}

/** The space has another key from now on; no address of the site does that. */
export function rekeySpace(site: TestSite, from: string, to: string): void {
  const db = new Database(path.join(site.stateDir, 'site.db'), { timeout: 5000 });
  try {
    db.prepare('UPDATE spaces SET key = ? WHERE key = ?').run([to, from]);
  } finally {
    db.close();
  }
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly enabledGraphImage: boolean;
  readonly suspendedAt: number | null;
}
/** Mackerel's API, with the key that may write unless another is given. */
export async function mackerelApi<T>(site: TestSite, method: string, route: string, body?: object): Promise<T> {
  const headers = { 'x-api-key': site.site.mackerel?.apiKey ?? '', 'content-type': 'application/json' };
  const answer = await fetch(`${site.site.urls.mackerel}/api/v0/${route}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${method} ${route}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}
export const channelsOf = async (site: TestSite): Promise<readonly Channel[]> => (await mackerelApi<{ channels: Channel[] }>(site, 'GET', 'channels')).channels;
export async function removeChannels(site: TestSite): Promise<void> {
  for (const { id } of await channelsOf(site)) await mackerelApi(site, 'DELETE', `channels/${id}`);
}
/** Saves another API key, nothing else. */
export async function useKey(site: TestSite, apiKey: string): Promise<void> {
  const { services, rules, version } = await site.ok('admin', 'settings.get', {});
  await site.ok('admin', 'settings.save', { services, rules, version, apiKey });
}

/** A secret of an address made for Mackerel. */
export const secretOf = (url: string): string => decodeURIComponent(new URL(url).password);
/** Posts as Mackerel does: credentials in the header. */
export async function deliver(url: string, body: unknown): Promise<{ readonly status: number; readonly headers: Headers; readonly text: string }> {
  const at = new URL(url);
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (at.password !== '') headers['authorization'] = `Basic ${Buffer.from(`${at.username}:${decodeURIComponent(at.password)}`).toString('base64')}`;
  at.username = '';
  at.password = '';
  const answer = await fetch(at, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
export const SAMPLE = { event: 'sample', message: 'Sample Notification from Mackerel', imageUrl: null } as const;
