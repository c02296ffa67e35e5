/** What stories ask of the running site besides clicking: its control API and the Mackerel stand-in's console. */
import type { AppApi, HomeView, IncidentHeadView, Result } from '../../src/contract';
import type { SiteUserName } from '../browser';

export interface LoggedCall {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly validated: boolean | null;
  readonly problem: string | null;
}

/** Address of the site that the global setup started. */
export const siteUrl = (): string => process.env['SITE_URL'] ?? '';

/** One JSON request; throws with the answer's text unless it is 2xx. */
async function json<T>(url: string, method = 'GET', body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  const answer = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url} → ${answer.status} ${text}`);
  return (text ? JSON.parse(text) : null) as T;
}

/** Calls a verb as `user`'s browser could. */
export async function invoke<V extends keyof AppApi>(user: SiteUserName, verb: V, payload: Parameters<AppApi[V]>[0], moduleKey = 'incidents'): Promise<ReturnType<AppApi[V]>> {
  const answer = await json<{ result?: ReturnType<AppApi[V]>; error?: unknown }>(`${siteUrl()}/__site/invoke`, 'POST', { moduleKey, functionKey: verb, payload }, { 'x-site-user': user });
  if (answer.result === undefined) throw new Error(`${verb}: ${JSON.stringify(answer.error)}`);
  return answer.result;
}

/** The value of a verb's answer; throws on its error. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

export const home = async (user: SiteUserName): Promise<HomeView> => valueOf(await invoke(user, 'home.load', {}));

/** Asks again until `find` gives something. Throws `what` after `timeoutMs`. */
export async function eventually<T>(what: string, find: () => Promise<T | null | undefined | false>, timeoutMs = 60_000): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const found = await find();
    if (found) return found;
    if (Date.now() > end) throw new Error(`Not within ${timeoutMs} ms: ${what}`);
    await new Promise((done) => setTimeout(done, 250));
  }
}

/** The newest incident that is open, has a page and at least one firing alert. */
export const openIncident = (): Promise<IncidentHeadView & { page: { id: string; url: string } }> =>
  eventually('an incident with a page', async () => {
    const { incidents } = await home('alice');
    const found = incidents.find((incident) => incident.page !== null && incident.openAlerts > 0);
    return found?.page ? { ...found, page: found.page } : null;
  });

export const idle = (): Promise<unknown> => json(`${siteUrl()}/__site/idle?timeoutMs=60000`);
export const faults = (list: readonly object[]): Promise<unknown> => json(`${siteUrl()}/__site/faults`, list.length > 0 ? 'PUT' : 'DELETE', list.length > 0 ? list : undefined);
/** How often the faults set for `target` have struck. */
export async function struck(target: string): Promise<number> {
  const rules = await json<{ target: string; struck: number }[]>(`${siteUrl()}/__site/faults`);
  return rules.filter((rule) => rule.target === target).reduce((sum, rule) => sum + rule.struck, 0);
}
/** What was sent to Slack, oldest first. */
export const toldInSlack = async (): Promise<readonly string[]> => (await json<{ body: { text: string } }[]>(`${siteUrl()}/__site/slack`)).map(({ body }) => body.text);
export const log = (): Promise<LoggedCall[]> => json(`${siteUrl()}/__site/log`);
export const unmodelled = (): Promise<unknown[]> => json(`${siteUrl()}/__site/unmodelled`);
/** This computer is busy while its tests run: its own monitor would declare incidents that no story is about. */
export async function muteThisComputer(mackerelUrl: string): Promise<void> {
  const { monitors } = await json<{ monitors: { id: string; name: string }[] }>(`${mackerelUrl}/__console/state`);
  const own = monitors.filter((monitor) => monitor.name === 'CPU of this computer');
  await Promise.all(own.map(({ id }) => json(`${mackerelUrl}/__console/monitors/${id}/mute`, 'POST', { isMute: true })));
}

/** Raises an alert by hand; the monitor's next evaluation may close it again. Resolves to its id. */
export async function raise(monitor: string, host: string, status: 'WARNING' | 'CRITICAL', value: number): Promise<string> {
  const mackerel = process.env['MACKEREL_URL'] ?? '';
  const { monitors, hosts } = await json<{ monitors: { id: string; name: string }[]; hosts: { id: string; name: string }[] }>(`${mackerel}/__console/state`);
  const [monitorId, hostId] = [monitors.find(({ name }) => name === monitor)?.id, hosts.find(({ name }) => name === host)?.id];
  if (monitorId === undefined || hostId === undefined) throw new Error(`no monitor ${monitor} or host ${host}`);
  return (await json<{ id: string }>(`${mackerel}/__console/alerts`, 'POST', { monitorId, hostId, status, value })).id;
}
/** Mackerel loses all it had; nothing is left for stories after this one. */
export const forget = (): Promise<unknown> => json(`${process.env['MACKEREL_URL']}/__console/forget`, 'POST', {});
/** Puts a file on a page, as Confluence's own screens do; of the same name, in the place of the one that is there. */
export async function attach(user: SiteUserName, pageId: string, name: string, data: string): Promise<void> {
  const form = new FormData();
  form.append('file', new File([data], name, { type: 'application/json' }));
  form.append('minorEdit', 'true');
  const answer = await fetch(`${siteUrl()}/wiki/rest/api/content/${pageId}/child/attachment`, { method: 'PUT', body: form, headers: { 'x-site-user': user, 'x-atlassian-token': 'nocheck' } });
  if (!answer.ok) throw new Error(`attach: ${answer.status}`);
}
export const recover = (): Promise<unknown> => json(`${process.env['MACKEREL_URL']}/__console/recover`, 'POST', {});
