/**
 * The only file of the screens that talks to Forge: resolver verbs, navigation, live channel, people.
 * Everything else takes what it needs from here.
 */
import { makeInvoke, Modal, realtime, requestConfluence, requestJira, router, view } from '@forge/bridge';
import type { AppApi, AppError, SchemeView, Verb } from '../../../src/contract';
import { parseContext, parseVersion, type ViewerContext } from './context';
import type { DialogName } from './dialogs/names';

export type Payload<V extends Verb> = Parameters<AppApi[V]>[0];
export type Value<V extends Verb> = Extract<ReturnType<AppApi[V]>, { ok: true }>['value'];

/** A refusal the app meant; `error` carries the text for people. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly error: AppError) {
    super(error.code);
  }
}
/** No answer at all: the function failed, or took longer than the caller would wait. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const invoke = makeInvoke<AppApi>() as (verb: Verb, payload: unknown) => Promise<unknown>;
const BUSY_ATTEMPTS = 5;
/** A longer wait is not sat out in silence: the screen says how long it is. */
const LONG_WAIT_MS = 5_000;

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** The verb's value. Throws `Refused` or `NoAnswer`; asks again by itself while storage is busy. */
export async function call<V extends Verb>(verb: V, payload: Payload<V>): Promise<Value<V>> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await invoke(verb, payload).catch(() => null);
    if (!isResult<Value<V>>(result)) throw new NoAnswer(verb);
    if (result.ok) return result.value;
    if (result.error.code !== 'busy' || attempt === BUSY_ATTEMPTS || (result.error.retryAfterMs ?? 0) > LONG_WAIT_MS) throw new Refused(result.error);
    await wait((result.error.retryAfterMs ?? 500 * attempt) * (0.5 + Math.random()));
  }
}

/**
 * As `call`, for presses that change something: the payload carries an operation id, so when the answer gets lost
 * the same press is sent again and finds its own effect.
 */
export async function press<V extends Verb>(verb: V, payload: Payload<V> & { readonly opId: string }): Promise<Value<V>> {
  try {
    return await call(verb, payload);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    await wait(400 + Math.random() * 400);
    return call(verb, payload);
  }
}

function isResult<T>(value: unknown): value is { ok: true; value: T } | { ok: false; error: AppError } {
  if (typeof value !== 'object' || value === null || !('ok' in value)) return false;
  return value.ok === true ? 'value' in value : 'error' in value;
}

/** Address of the site, once the host has said it. */
let site = '';

/** What the host says of viewer and place, parsed. */
export async function viewerContext(): Promise<ViewerContext> {
  const context = parseContext(await view.getContext());
  site = context.siteUrl ?? '';
  return context;
}

/** Follows the product's theme; without it the screens still have colours of their own. */
export function followTheme(): void {
  void view.theme.enable().catch(() => undefined);
}

export function openLink(url: string): void {
  void router.open(url).catch(() => undefined);
}
export function goTo(url: string): void {
  void router.navigate(url).catch(() => undefined);
}
/** Opens the Incidents page, or one incident's board on it. */
export function goToIncidents(incidentId: string | null): void {
  const path = incidentId === null ? {} : { path: `board/${encodeURIComponent(incidentId)}` };
  void router.navigate({ target: 'module', moduleKey: 'incidents', ...path }).catch(() => undefined);
}
/** Opens what administrators see of the intake. */
export function goToHealth(): void {
  void router.navigate({ target: 'module', moduleKey: 'incidents', path: 'health' }).catch(() => undefined);
}
/** Absolute address of one incident's board on the Incidents page. Rejects when the host does not say. */
export async function boardUrl(incidentId: string): Promise<string> {
  const url = await router.getUrl({ target: 'module', moduleKey: 'incidents', path: `board/${encodeURIComponent(incidentId)}` });
  if (url === null) throw new NoAnswer('getUrl');
  return url.href;
}
export function goToSettings(): void {
  void router.navigate({ target: 'module', moduleKey: 'settings' }).catch(() => undefined);
}

/** How the board that opens them calls severities. */
let names: SchemeView | null = null;
export function nameDialogs(scheme: SchemeView): void {
  names = scheme;
}

/**
 * Opens one of the app's dialogs over the whole window. Resolves to its answer; null: closed without one. `given` is JSON.
 * Rejects when the host cannot open it.
 */
export function openDialog(name: DialogName, title: string, given: Readonly<Record<string, unknown>> = {}, size: 'small' | 'medium' | 'large' | 'xlarge' = 'medium'): Promise<Readonly<Record<string, unknown>> | null> {
  return new Promise((resolve, reject) => {
    const onClose = (answer: unknown): void => resolve(typeof answer === 'object' && answer !== null && !Array.isArray(answer) && Object.keys(answer).length > 0 ? (answer as Record<string, unknown>) : null);
    void new Modal({ resource: 'ui/dialog', title, size, context: { name, given, scheme: names }, onClose }).open().catch(reject);
  });
}
/** Ends the dialog this frame shows. */
export function closeDialog(answer: Readonly<Record<string, unknown>> | null): void {
  void view.close(answer ?? {}).catch(() => undefined);
}

/** Just enough of the `history` package's object, which the host hands over the bridge. */
export interface Route {
  path(): string;
  go(path: string): void;
  listen(onChange: () => void): void;
}
export async function openRoute(): Promise<Route> {
  const history = (await view.createHistory()) as unknown as {
    location: { pathname: string; search?: string; hash?: string };
    push(path: string): void;
    listen(listener: (location: { pathname: string; search?: string; hash?: string }) => void): unknown;
  };
  const pathOf = (location: typeof history.location): string => location.pathname + (location.search ?? '') + (location.hash ?? '');
  let current = pathOf(history.location);
  return {
    path: () => current,
    go: (path) => history.push(path),
    listen: (onChange) => {
      history.listen((location) => {
        current = pathOf(location);
        onChange();
      });
    },
  };
}

export interface Subscription {
  close(): void;
}
/** Hears of new versions of one incident. Rejects when the channel cannot be had. */
export async function onVersion(channel: string, token: string, heard: (version: number) => void, lost: () => void): Promise<Subscription> {
  const subscription = await realtime.subscribeGlobal(
    channel,
    (message, error) => {
      if (error !== undefined && error !== null) return lost();
      const version = parseVersion(message);
      if (version !== null) heard(version);
    },
    { token },
  );
  return { close: () => void Promise.resolve(subscription.unsubscribe()).catch(() => undefined) };
}

function resultsOf(body: unknown): readonly object[] {
  return typeof body === 'object' && body !== null && 'results' in body && Array.isArray(body.results) ? body.results : [];
}

/** Display names by account id, read as the viewer; people who cannot be seen are left out. Throws when nobody could be read. */
export async function peopleNames(accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const answer = await requestConfluence('/wiki/api/v2/users-bulk', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ accountIds }),
  });
  if (!answer.ok) throw new NoAnswer('users-bulk');
  return new Map(
    resultsOf(await answer.json()).flatMap((row: { accountId?: unknown; displayName?: unknown; publicName?: unknown }) => {
      const name = [row.displayName, row.publicName].find((text) => typeof text === 'string' && text !== '');
      return typeof row.accountId === 'string' && typeof name === 'string' ? [[row.accountId, name] as const] : [];
    }),
  );
}

export interface FoundPerson {
  readonly accountId: string;
  readonly name: string;
}
/** CQL for people whose names' words begin with what was typed; null when nothing of it can be searched for. */
export function peopleCql(typed: string): string | null {
  // Signs of the search language would change the question; what is left is quoted.
  const words = typed.normalize('NFKC').replace(/["\\+\-&|!(){}[\]^~*?:/]/g, ' ').trim().replace(/\s+/g, ' ').slice(0, 80);
  return words === '' ? null : `user.fullname ~ "${words}"`;
}
/** People by name, read as the viewer; at most eight, apps left out. Throws when the product does not answer. */
export async function findPeople(typed: string): Promise<readonly FoundPerson[]> {
  const cql = peopleCql(typed);
  if (cql === null) return [];
  const answer = await requestConfluence(`/wiki/rest/api/search/user?cql=${encodeURIComponent(cql)}&limit=12`, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new NoAnswer('search/user');
  return resultsOf(await answer.json())
    .flatMap(({ user }: { user?: { accountId?: unknown; accountType?: unknown; displayName?: unknown; publicName?: unknown } }) => {
      const name = [user?.displayName, user?.publicName].find((text) => typeof text === 'string' && text !== '');
      return typeof user?.accountId === 'string' && typeof name === 'string' && user.accountType !== 'app' ? [{ accountId: user.accountId, name }] : [];
    })
    .slice(0, 8);
}

export interface FoundGroup {
  readonly groupId: string;
  readonly name: string;
}
/** Groups whose name holds what was typed, read as the viewer; at most four. Throws when the product does not answer. */
export async function findGroups(typed: string): Promise<readonly FoundGroup[]> {
  const answer = await requestConfluence(`/wiki/rest/api/group/picker?query=${encodeURIComponent(typed)}&limit=20`, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new NoAnswer('group/picker');
  return resultsOf(await answer.json())
    .flatMap(({ id, name }: { id?: unknown; name?: unknown }) => (typeof id === 'string' && typeof name === 'string' ? [{ groupId: id, name }] : []))
    .slice(0, 4);
}

const PAGES_LOOKED_THROUGH = 250;
const PAGES_OFFERED = 8;
const ACCEPT = { headers: { Accept: 'application/json' } };
const pageOf = (row: { id?: unknown; title?: unknown }) => (typeof row.id === 'string' && typeof row.title === 'string' ? [{ id: row.id, name: row.title }] : []);

/** The page an address of Confluence names; null: none. */
export const pageOfLink = (link: string): string | null => (/^https?:\/\//.test(link) ? (/[/]pages[/](?:edit[/]|edit-v2[/])?(\d+)|[?&]pageId=(\d+)/.exec(link)?.slice(1).find((id) => id !== undefined) ?? null) : null);

/**
 * Pages of a space by words of their title, of those changed last, or the one of an address; read as the viewer, at most eight.
 * Throws when the product does not answer.
 */
export async function findPages(spaceKey: string, typed: string): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const linked = pageOfLink(typed.trim());
  if (linked !== null) {
    const page = await requestConfluence(`/wiki/api/v2/pages/${linked}`, ACCEPT);
    return page.ok ? pageOf((await page.json()) as object) : [];
  }
  const spaces = await requestConfluence(`/wiki/api/v2/spaces?keys=${encodeURIComponent(spaceKey)}`, ACCEPT);
  if (!spaces.ok) throw new NoAnswer('spaces');
  const [space] = resultsOf(await spaces.json()) as readonly { id?: unknown }[];
  if (typeof space?.id !== 'string') return [];
  const pages = await requestConfluence(`/wiki/api/v2/pages?space-id=${encodeURIComponent(space.id)}&status=current&sort=-modified-date&limit=${PAGES_LOOKED_THROUGH}`, ACCEPT);
  if (!pages.ok) throw new NoAnswer('pages');
  const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
  const words = plain(typed).split(/\s+/);
  return resultsOf(await pages.json()).flatMap(pageOf).filter(({ name }) => words.every((word) => plain(name).includes(word))).slice(0, PAGES_OFFERED);
}

/** Title of a page, read as the viewer; null when it cannot be had. */
export async function pageTitle(pageId: string): Promise<string | null> {
  const answer = await requestConfluence(`/wiki/api/v2/pages/${encodeURIComponent(pageId)}`, { headers: { Accept: 'application/json' } }).catch(() => null);
  const body: unknown = answer?.ok === true ? await answer.json().catch(() => null) : null;
  return typeof body === 'object' && body !== null && 'title' in body && typeof body.title === 'string' && body.title !== '' ? body.title : null;
}

/** The viewing key that lies beside a page; null: none, or the viewer may not see the page. */
export async function viewingKey(pageId: string): Promise<string | null> {
  const answer = await requestConfluence(`/wiki/api/v2/pages/${encodeURIComponent(pageId)}/properties?key=mackerel_view`, { headers: { Accept: 'application/json' } });
  if (!answer.ok) return null;
  const [found] = resultsOf(await answer.json()) as readonly { value?: { key?: unknown } }[];
  return typeof found?.value?.key === 'string' ? found.value.key : null;
}

/** A page's content as the viewer sees it, as ADF. Throws when it cannot be had. */
export async function pageContent(pageId: string): Promise<unknown> {
  const answer = await requestConfluence(`/wiki/api/v2/pages/${encodeURIComponent(pageId)}?body-format=atlas_doc_format`, { headers: { Accept: 'application/json' } }).catch(() => null);
  const body = answer?.ok === true ? ((await answer.json().catch(() => null)) as { body?: { atlas_doc_format?: { value?: unknown } } } | null) : null;
  const value = body?.body?.atlas_doc_format?.value;
  if (typeof value !== 'string') throw new NoAnswer('pages');
  return JSON.parse(value) as unknown;
}

/** Where Jira shows an issue. */
export const issueUrl = (key: string): string => `${site}/browse/${encodeURIComponent(key)}`;
/** Where Jira makes an issue by its own form. */
export const jiraCreateUrl = (projectId: string, issueTypeId: string): string => `${site}/secure/CreateIssueDetails!init.jspa?pid=${encodeURIComponent(projectId)}&issuetype=${encodeURIComponent(issueTypeId)}`;

/** Jira did not do what was asked: there is none for this app, it asks to wait, the viewer may not, it said no, or nothing came. */
export class JiraFault extends Error {
  override readonly name = 'JiraFault';
  constructor(
    readonly kind: 'absent' | 'busy' | 'forbidden' | 'refused' | 'not-found' | 'silent',
    readonly retryAfterMs: number | null = null,
  ) {
    super(kind);
  }
}
/** Asks Jira as the viewer. A `missing` path may not exist; any other one is there wherever Jira is. Throws `JiraFault`. */
export async function askJira(path: string, body: unknown = null, missing = false): Promise<unknown> {
  const headers = { Accept: 'application/json' };
  const init = body === null ? { headers } : { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await requestJira(path, init).catch((error: unknown) => {
    throw new JiraFault(/not installed|no (jira|such product)|product (is )?not/i.test(String(error)) ? 'absent' : 'silent');
  });
  if (answer.ok) return answer.json().catch(() => Promise.reject(new JiraFault('silent')));
  const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
  if (answer.status === 429) throw new JiraFault('busy', Number.isFinite(seconds) ? seconds * 1_000 : null);
  if (answer.status === 404 || answer.status === 410) throw new JiraFault(missing ? 'not-found' : 'absent');
  if (answer.status === 401 || answer.status === 403) throw new JiraFault('forbidden');
  throw new JiraFault(answer.status >= 500 ? 'silent' : 'refused');
}
