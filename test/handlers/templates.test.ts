/** Which template a page is made from: a rule's, the settings' choice, a person's; and the preview before it. */
import { randomUUID } from 'node:crypto';
import type { RuleWhen, TemplateChoice, TemplateId } from '../../src/contract';
import { startTestSite, type TestSite } from './harness';

const ANY: RuleWhen = { monitor: null, type: null, service: null, role: null, host: null, statuses: [], name: null, time: null };
/** A heading that only this template's pages have. */
const SIGN = { incident: 'Respond', short: 'Incident at a glance', security: 'Security response', drill: 'Drill', whys: 'Five whys', communications: 'Incident communications' } as const;
type Known = keyof typeof SIGN;

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite();
}, 120_000);
afterAll(async () => await site.stop());

async function choose(templates: readonly TemplateChoice[]): Promise<void> {
  const { rules, version } = await site.ok('admin', 'settings.get', {});
  const services = [{ name: 'shop', spaceKey: 'OPS', lang: 'en' }, { name: 'blog', spaceKey: 'SRE', lang: 'en' }] as const;
  await site.ok('admin', 'settings.save', { services, rules, templates, version });
}
/** The template whose heading the page has. */
async function madeFrom(pageId: string): Promise<readonly string[]> {
  const { content } = (await site.page('alice', pageId)).adf as { content: { type: string; content?: { text?: string }[] }[] };
  const headings = content.filter(({ type }) => type === 'heading').map((node) => node.content?.[0]?.text ?? '');
  return (Object.keys(SIGN) as Known[]).filter((template) => headings.includes(SIGN[template]));
}
async function declare(part: { readonly template?: TemplateId; readonly kind?: 'incident' | 'near-miss'; readonly severity?: 'pending' | 'sev1' } = {}) {
  return await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Blog is slow', severity: 'pending', visibility: 'public', candidateId: null, ...part });
}

test('without any choice it is the incident template', async () => {
  await choose([]);
  const { page } = await declare();
  expect(await madeFrom(page?.id ?? '')).toEqual(['incident']);
});

test('the first line of the settings that fits decides, by kind, severity and service', async () => {
  await choose([
    { kind: 'near-miss', severity: null, service: null, template: 'whys' },
    { kind: null, severity: 'sev1', service: 'shop', template: 'drill' },
    { kind: null, severity: 'sev1', service: 'blog', template: 'security' },
  ]);
  const [miss, first, other] = [await declare({ kind: 'near-miss' }), await declare({ severity: 'sev1' }), await declare()];
  expect(await madeFrom(miss.page?.id ?? '')).toEqual(['whys']);
  expect(await madeFrom(first.page?.id ?? '')).toEqual(['security']);
  expect(await madeFrom(other.page?.id ?? '')).toEqual(['incident']);
  expect((await site.ok('alice', 'board.load', { incidentId: miss.incidentId })).incident.kind).toBe('near-miss');
});

test("a person's choice stands above the settings', and what the preview showed is on the page", async () => {
  const asked = { spaceKey: 'SRE', title: 'Blog is slow', kind: 'incident', severity: 'sev1', candidateId: null } as const;
  expect((await site.ok('alice', 'template.preview', { ...asked, template: null })).template).toBe('security');
  const preview = await site.ok('alice', 'template.preview', { ...asked, template: 'communications' });
  expect(preview).toMatchObject({ template: 'communications', lang: 'en' });
  expect(preview.lines[0]).toEqual({ is: 'board', text: 'Incident board' });
  expect(preview.lines).toContainEqual({ is: 'title', text: 'Incident communications' });
  const before = (await site.pages('SRE')).length;
  const { page } = await declare({ template: 'communications', severity: 'sev1' });
  expect((await site.pages('SRE')).length).toBe(before + 1);
  expect(await madeFrom(page?.id ?? '')).toEqual(['communications']);
  const text = JSON.stringify((await site.page('alice', page?.id ?? '')).adf);
  for (const line of preview.lines.filter(({ is }) => is === 'part' || is === 'title' || is === 'task')) expect(text).toContain(JSON.stringify(line.text).slice(1, -1));
});

test('a press sent again makes no second page, whatever template it names', async () => {
  const opId = randomUUID();
  const wish = { opId, spaceKey: 'SRE', title: 'Twice', severity: 'pending', visibility: 'public', candidateId: null } as const;
  const first = await site.ok('alice', 'incident.declare', { ...wish, template: 'short' });
  const again = await site.ok('alice', 'incident.declare', { ...wish, template: 'drill' });
  expect(again.page).toEqual(first.page);
  expect(await madeFrom(first.page?.id ?? '')).toEqual(['short']);
});

test("a rule's template stands above the settings'", async () => {
  const { services, version } = await site.ok('admin', 'settings.get', {});
  const then = { action: 'declare', severity: 'sev2', kind: 'incident', spaceKey: null, template: 'short' } as const;
  await site.ok('admin', 'settings.save', { services, rules: [{ id: 'r1', name: '', when: { ...ANY, service: 'shop' }, then }], templates: [{ kind: null, severity: null, service: null, template: 'whys' }], version });
  expect((await site.ok('admin', 'settings.get', {})).rules[0]?.then).toEqual(then);
  const alert = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
  const { incident } = await site.incidentWith(alert.id);
  await site.rest();
  expect(await madeFrom(incident.page?.id ?? '')).toEqual(['short']);
  expect(JSON.stringify((await site.page('alice', incident.page?.id ?? '')).adf)).toContain('Service: shop · Hosts: web-01 · Alert: checkout p95');
  await site.recoverAll();
  await site.ok('alice', 'incident.status', { incidentId: incident.id, status: 'closed', opId: randomUUID() });
});

test('a preview tells nothing of spaces and candidates its reader may not know of, and unknown templates are refused', async () => {
  const asked = { template: null, spaceKey: 'SRE', title: '', kind: 'incident', severity: 'pending', candidateId: null } as const;
  expect(await site.outcome('viewer', 'template.preview', asked)).toBe('ok');
  expect(await site.bytes('mallory', 'template.preview', asked)).toBe(await site.bytes('mallory', 'template.preview', { ...asked, spaceKey: 'NOWHERE' }));
  expect(await site.outcome('mallory', 'template.preview', asked)).toBe('bad-request');
  expect(await site.outcome('alice', 'template.preview', { ...asked, candidateId: 'c:nothing' })).toBe('not-found');
  expect(await site.outcome('alice', 'template.preview', { ...asked, template: 'constructor' })).toBe('bad-request');
  expect(await site.outcome('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'x', severity: 'pending', visibility: 'public', candidateId: null, kind: 'drill' })).toBe('bad-request');
});

describe('an incident of the past', () => {
  const HOUR = 3_600_000;
  const wish = { spaceKey: 'SRE', title: 'Cache was cold', severity: 'sev3', visibility: 'public', candidateId: null } as const;
  const now = async (): Promise<number> => (await site.ok('alice', 'home.load', {})).now;

  test('is closed with the times it had, has its page, and nobody is told', async () => {
    await choose([]);
    const told = await site.slack();
    const aloud = await site.ok('alice', 'incident.declare', { ...wish, title: 'Told aloud', opId: randomUUID() });
    await site.rest();
    expect((await site.slack()).length).toBe(told.length + 1); // what is told is found
    const [begunAt, endedAt] = [(await now()) - 50 * HOUR, (await now()) - 48 * HOUR];
    const at = new Date(begunAt).toISOString().slice(0, 19).replace('T', ' ');
    const preview = await site.ok('alice', 'template.preview', { template: 'postmortem', spaceKey: 'SRE', title: wish.title, kind: 'incident', severity: 'sev3', candidateId: null, begunAt });
    expect(preview.lines).toContainEqual({ is: 'row', text: `Detected · ${at} +00:00 (UTC)` });
    const made = await site.ok('alice', 'incident.declare', { ...wish, opId: randomUUID(), template: 'postmortem', past: { begunAt, endedAt } });
    await site.rest();
    expect((await site.slack()).filter((notice) => notice.includes(made.key))).toEqual([]);
    const { incident, entries } = await site.ok('bob', 'board.load', { incidentId: made.incidentId });
    expect(incident).toMatchObject({ title: 'Cache was cold', status: 'closed', detectedAt: begunAt, resolvedAt: endedAt, mitigatedAt: null });
    expect(incident.closedAt).toBeGreaterThanOrEqual(endedAt);
    expect(entries.map(({ messageKey }) => messageKey)).toEqual(['entry.declared.past']);
    const page = await site.page('alice', made.page?.id ?? '');
    expect(page.properties['mackerel_incident']).toMatchObject({ key: made.key, status: 'closed' });
    expect(page.title).toContain('Cache was cold');
    expect(JSON.stringify(page.adf)).toContain(`detected ${at} +00:00 (UTC)`);
    await site.ok('alice', 'incident.status', { incidentId: aloud.incidentId, status: 'closed', opId: randomUUID() });
  });

  test('takes no alert of its service in', async () => {
    const { services, version } = await site.ok('admin', 'settings.get', {});
    await site.ok('admin', 'settings.save', { services, rules: [{ id: 'r1', name: '', when: { ...ANY, service: 'blog' }, then: { action: 'declare', severity: 'sev2', kind: 'incident', spaceKey: null } }], version });
    const made = await site.ok('alice', 'incident.declare', { ...wish, opId: randomUUID(), past: { begunAt: (await now()) - HOUR, endedAt: (await now()) - 1_000 } });
    const alert = await site.raise('blog response time', 'blog-01', 'CRITICAL', 1600);
    const { incident } = await site.incidentWith(alert.id);
    expect(incident.id).not.toBe(made.incidentId);
    expect((await site.ok('alice', 'board.load', { incidentId: made.incidentId })).alerts).toEqual([]);
  });

  test.each([
    ['ends before it begins', (at: number) => ({ begunAt: at - HOUR, endedAt: at - 2 * HOUR })],
    ['lasts no time', (at: number) => ({ begunAt: at - HOUR, endedAt: at - HOUR })],
    ['is not over yet', (at: number) => ({ begunAt: at - HOUR, endedAt: at + HOUR })],
  ])('is refused when it %s, and nothing is made', async (_what, past) => {
    const before = (await site.pages('SRE')).length;
    expect(await site.invoke('alice', 'incident.declare', { ...wish, opId: randomUUID(), past: past(await now()) })).toMatchObject({ ok: false, error: { code: 'bad-request', messageKey: 'error.past-times', field: 'past' } });
    expect((await site.pages('SRE')).length).toBe(before);
  });

  test('is not made of an alert that waits for a person', async () => {
    const { services, version } = await site.ok('admin', 'settings.get', {});
    await site.ok('admin', 'settings.save', { services, rules: [], version });
    const alert = await site.raise('checkout p95', 'web-02', 'WARNING', 700);
    const { id } = await site.until(async () => (await site.ok('alice', 'home.load', {})).candidates.find((one) => one.alert.id === alert.id) ?? null);
    expect(await site.invoke('alice', 'incident.declare', { ...wish, opId: randomUUID(), candidateId: id, past: { begunAt: (await now()) - HOUR, endedAt: (await now()) - 1 } })).toMatchObject({ ok: false, error: { code: 'bad-request', field: 'past' } });
  });
});
