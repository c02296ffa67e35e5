/** A site looked at through everything people can look at, as text that can be compared with another site's. */
import { randomUUID } from 'node:crypto';
import type { AppApi, BoardView, OverviewView } from '../../src/contract';
import { verbs } from '../../src/index';
import { toCsv } from '../../static/ui/src/home/csv';
import { fileRows } from '../../static/ui/src/home/overview';
import type { Words } from '../../static/ui/src/words';
import { deskOf, type Desk } from './desk';
import { everyVerb, USERS, type User, type World } from './every-verb';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';

/** What the incident that must not be known is called, everywhere it is written. */
export const HIDDEN_TITLE = 'Leaked password';
export const SURFACES = ['answers', 'probes', 'exports', 'pages', 'search', 'notices', 'live', 'csv'] as const;
export type Surface = (typeof SURFACES)[number];
export type Seen = Readonly<Record<Surface, ReadonlyMap<string, string>>>;

/** How the incident stands: not there at all, kept from all but its declarer, or open to everybody (the planted leak). */
export type Standing = { readonly is: 'absent' } | { readonly is: 'private' | 'leaked'; readonly declarer: 'alice' | 'bob' };

const ISO = /\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?/g;
const RULES: readonly (readonly [RegExp, string])[] = [
  // Signed by a secret of the site's own: read passes and tokens of the live channel.
  [/eyJ[\w-]+\.[\w-]+(\.[\w-]+)?/g, '<signed>'],
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>'],
  [/http:\/\/localhost:\d+/g, '<site>'],
  // The channel's address with its random secret and path.
  [/mackerel:[\w-]+@localhost:\d+\/x\/[\w-]+/g, '<webhook>'],
  [/\/x\/[\w-]{8,}/g, '/x/<path>'],
  [ISO, '<time>'],
  // Also where the line before it ended.
  [/(\\n|\b)\d{4}-\d\d-\d\d(?!\d)/g, '$1<day>'],
  [/(\\n|\b)\d{1,2}:\d\d(:\d\d)?\b/g, '$1<clock>'],
  // How long it has lasted by now, in a draft.
  [/\d+ 分経過|it has lasted \d+ min/g, '<span>'],
  // Milliseconds and seconds of today.
  [/\b1[789]\d{11}\b/g, '<ms>'],
  [/\b1[789]\d{8}\b/g, '<s>'],
  // Sums of texts that hold times.
  [/(?<![0-9A-Za-z])([0-9a-f]{64}|[0-9a-f]{24}|[0-9a-f]{12})(?![0-9A-Za-z])/g, '<sum>'],
  // Ids of Mackerel: eleven letters and digits, and with them every word of that length.
  [/(?<![A-Za-z0-9])[A-Za-z0-9]{11}(?![A-Za-z0-9]|":)/g, '<mackerel-id>'],
  // Counted by the site for pages and issues alike, whoever makes them.
  [/(?<!\d)131\d{3}(?!\d)/g, '<content>'],
  // Confluence's own place of a page among its siblings, those nobody sees included; nothing of ours.
  [/"position":\d+/g, '"position":<position>'],
  // The id of a page in its shortest form.
  [/"tinyui":"[^"]*"/g, '"tinyui":<content>'],
  [/"[a-z]{40}"/g, '"<viewing-key>"'],
  // Lines and labels of a picture of measured values.
  [/ d=\\"M[^"]*\\"/g, ' d="<line>"'],
  [/>-?\d[\d.e+-]*<\/text>/g, '><measured></text>'],
  // How often background work has written to an incident, each counts its own.
  [/"(v|version|ver)":\d+/g, '"$1":<version>'],
  // Of files that hold times and measured values.
  [/"bytes":\d+/g, '"bytes":<size>'],
  // Measured by the simulated hosts at random.
  [/"(value|min|max)":-?\d[\d.e+-]*/g, '"$1":<measured>'],
  [/-?\d+\.\d+(e-?\d+)?/g, '<measured>'],
  // A minute more or less fits into what is frozen, too.
  [/"n":\d+,"first"/g, '"n":<count>,"first"'],
  // Whether the last point is recent enough to stand for now.
  [/"now":(null|\{"value":<measured>,"at":<ms>\}),"trend":(null|"\w+")/g, '"now":<live>,"trend":<live>'],
  // A minute more or less fits into the window, as the site began.
  [/(\{"at":<ms>,"value":<measured>\},?)+/g, '<series>'],
];
/** Everything random, measured or of the clock gives way to the name of its kind; `conn` is the site's own connection to Mackerel. */
export const normal = (text: string, conn: string): string => RULES.reduce((rest, [pattern, name]) => rest.replace(pattern, name), text.replaceAll(conn, '<conn>'));

/** The incident with something of everything an incident can have. */
async function hide(site: TestSite, world: World, standing: Standing, issue: string): Promise<Desk | null> {
  if (standing.is === 'absent') return null;
  const { declarer } = standing;
  const visibility = standing.is === 'private' ? 'private' : 'public';
  const { incidentId } = await site.ok(declarer, 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: HIDDEN_TITLE, severity: 'sev1', visibility, candidateId: visibility === 'private' ? world.candidateId : null });
  const desk = deskOf(site, incidentId);
  await site.rest();
  await desk.press(declarer, 'incident.respond', {});
  await desk.press(declarer, 'note.add', { notes: [{ text: HIDDEN_TITLE, at: null, link: null }] });
  await desk.press(declarer, 'ticket.link', { issue, kind: 'prevent' });
  await desk.press(declarer, 'incident.severity', { severity: 'sev2' });
  // The plant of what a document of another incident may say.
  if (standing.is === 'leaked') await deskOf(site, world.incidentId).press(declarer, 'incident.line', { line: 'situation', text: HIDDEN_TITLE, base: 0 });
  await site.rest();
  return desk;
}

const anyOf = (payload: unknown): Record<string, unknown> => payload as Record<string, unknown>;

/** Drives a site the same way whatever stands, and writes down what each of the six sees. */
export async function lookEverywhere(standing: Standing): Promise<Seen> {
  const site = await startTestSite(WITHOUT_QUOTA);
  try {
    return await look(site, standing);
  } finally {
    await site.stop();
  }
}

/** Sweeps come when the test has them come: by its own schedule each site would have them at other moments. */
const unscheduled = (site: TestSite): Promise<void> => site.faults([{ target: 'schedule', drop: true }]);
async function sweep(site: TestSite): Promise<void> {
  await site.faults([]);
  await site.control('POST', 'run/sweep');
  await unscheduled(site);
  await site.rest();
}

async function look(site: TestSite, standing: Standing): Promise<Seen> {
  await unscheduled(site);
  const world = await everyVerb(site);
  await site.rest();
  const call = async (user: string, route: string, init: RequestInit = {}): Promise<string> => {
    const answer = await fetch(`${site.site.url}${route}`, { ...init, headers: { 'x-site-user': user, 'content-type': 'application/json' } });
    return `${answer.status} ${await answer.text()}`;
  };
  const issue = await call('alice', '/rest/api/3/issue', { method: 'POST', body: JSON.stringify({ fields: { project: { key: 'OPS' }, issuetype: { name: 'Task' }, summary: 'Rotate the keys' } }) });
  const { key } = JSON.parse(issue.slice(4)) as { key: string };
  await site.rest();
  const desk = await hide(site, world, standing, key);
  const hiddenId = desk?.incidentId ?? randomUUID();
  const hiddenPage = desk === null ? '131999' : ((await desk.board(standing.is === 'absent' ? 'alice' : standing.declarer)).incident.page?.id ?? '');

  const heard: string[] = [];
  const listen = async (user: User, incidentId: string): Promise<void> => {
    const opened = JSON.parse(await call(user, '/__site/invoke', { method: 'POST', body: JSON.stringify({ moduleKey: 'incidents', functionKey: 'board.load', payload: { incidentId } }) }).then((text) => text.slice(4))) as { result?: { ok: boolean; value: BoardView } };
    const channel = opened.result?.ok === true ? opened.result.value.channel : null;
    for (const token of [null, channel?.token ?? null]) {
      site.site.deps.realtime.subscribe({
        channel: `incident-${incidentId}`, isGlobal: true, token, scope: '', replaySeconds: 0,
        onEvent: () => heard.push(`${user} hears of ${incidentId === hiddenId ? 'the hidden one' : 'the public one'}${token === null ? ' without a token' : ''}`),
        onRefused: () => undefined,
      });
    }
  };
  for (const user of USERS) for (const id of [hiddenId, world.incidentId]) await listen(user, id);
  if (desk !== null && standing.is !== 'absent') await desk.press(standing.declarer, 'note.add', { notes: [{ text: 'Said while others listen', at: null, link: null }] });
  await deskOf(site, world.incidentId).press('alice', 'note.add', { notes: [{ text: 'To everybody', at: null, link: null }] });
  await site.rest();
  const live = new Map(USERS.map((user) => [user as string, JSON.stringify([...new Set(heard.filter((line) => line.startsWith(`${user} `)))].sort())]));

  // One more, public, from the candidate that a private one may have taken its alert from: it gets the same number.
  const more = await site.ok('admin', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'One more', severity: 'sev3', visibility: 'public', candidateId: world.candidateId });
  await site.rest();
  const conn = world.candidateId.split(':')[0] ?? '';

  const printed = new Map<string, string>();
  const found = new Map<string, string>();
  const listed = new Map<string, string>();
  const csv = new Map<string, string>();
  const put = (into: Map<string, string>, name: string, text: string): void => void into.set(name, normal(text, conn));
  for (const user of USERS) {
    for (const [place, contentId] of [['its own page', world.pageId], ['the page of one more', more.page?.id ?? ''], ['a page of people', '98402']] as const) {
      put(printed, `${user}, ${place}`, await call(user, '/__site/export', { method: 'POST', body: JSON.stringify({ moduleKey: 'incident-board', exportType: 'pdf', context: { contentId }, config: { incidentId: hiddenId } }) }));
    }
    for (const cql of ['label = "mackerel-incident"', 'mackerelIncidentSeverity in ("sev1", "sev2")', `title ~ "${HIDDEN_TITLE}"`, 'type = page']) put(found, `${user}: ${cql}`, await call(user, `/wiki/rest/api/search?limit=100&cql=${encodeURIComponent(cql)}`));
    const listing = await call(user, '/wiki/api/v2/pages?limit=100&body-format=atlas_doc_format');
    put(listed, `${user} lists`, listing);
    const { results = [] } = (listing.startsWith('200') ? JSON.parse(listing.slice(4)) : {}) as { results?: { id: string; title: string }[] };
    for (const [n, { id }] of results.entries()) put(listed, `${user}, page ${n}: byline and properties`, (await call(user, `/wiki/api/v2/pages/${id}/properties`)) + (await call(user, `/wiki/api/v2/pages/${id}/labels`)));
    put(listed, `${user} opens it`, await call(user, `/wiki/api/v2/pages/${hiddenPage}`));
    if (user === 'anonymous') continue;
    const overview = await site.ok(user, 'tickets.overview', {});
    put(csv, user, csvOf(overview));
  }

  // What is read while somebody looks has been read, on every site.
  for (let round = 0; round < 2; round += 1) {
    await site.later(60_000);
    await site.ok('admin', 'board.changes', { incidentId: world.incidentId, since: 0, pass: '' });
    await sweep(site);
  }
  const answers = new Map<string, string>();
  const probes = new Map<string, string>();
  for (const name of Object.keys(verbs) as (keyof AppApi)[]) {
    for (const user of USERS) {
      const given = await world.real[name].payload();
      // By the site's clock, which has been moved on.
      const payload = name === 'board.at' ? { ...given, at: site.site.deps.clock.now() } : given;
      const ask = (p: unknown): Promise<string> => call(user, '/__site/invoke', { method: 'POST', body: JSON.stringify({ moduleKey: 'incidents', functionKey: name, payload: p }) });
      put(answers, `${name} as ${user}`, await ask(payload));
      // Whether a copy is still under way when the next asks for one is a matter of time.
      if (name === 'evidence.freeze') await site.rest();
      // Its declarer may do what they like with it, and would.
      if (standing.is !== 'absent' && user === standing.declarer) continue;
      for (const [field, value] of [['incidentId', hiddenId], ['to', hiddenId], ['from', [hiddenId]], ['pageId', hiddenPage], ['id', hiddenId]] as const) {
        if (field in anyOf(payload) || (name === 'board.load' && field === 'pageId')) put(probes, `${name} as ${user}, ${field} of the hidden one`, await ask({ ...anyOf(payload), [field]: value, ...(field === 'pageId' ? { incidentId: undefined } : {}) }));
      }
    }
    // What waits for its time as well, as a copy does for a minute that has room: some sites would have it and others not.
    await site.rest();
  }
  const notices = new Map([['Slack', normal([...(await site.slack())].sort().join('\n'), conn)]]);
  return { answers, probes, exports: printed, pages: listed, search: found, notices, live, csv };
}

/** Texts are named by their keys: what a file says of whom is the same in every language. */
const KEYS = { t: (key: string) => key, timeZone: 'UTC' } as unknown as Words;
const csvOf = ({ tickets, now }: OverviewView): string => toCsv(fileRows(tickets.map((one) => ({ ...one, issue: undefined })), KEYS, now, (key) => key));
