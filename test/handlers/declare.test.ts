/** From alerts and presses to pages: exactly one of each. */
import { randomUUID } from 'node:crypto';
import { startTestSite, type TestSite } from './harness';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite();
}, 120_000);
afterAll(async () => await site.stop());

test('one call fills the board: alert, value now, host, deploy mark', async () => {
  const alert = await site.raise('checkout p95', 'web-02', 'CRITICAL', 1500);
  const { incident } = await site.incidentWith(alert.id);
  await site.rest();
  const board = await site.ok('bob', 'board.load', { incidentId: incident.id });
  expect(board.live.state).toBe('live');
  expect(board.alerts[0]?.now?.value).toEqual(expect.any(Number));
  expect(board.hosts).toEqual([expect.objectContaining({ name: 'web-02', status: 'working', roles: ['shop: web'] })]);
  expect(board.deploys.map((mark) => mark.title)).toEqual([expect.stringContaining('#4711')]);
  await site.recoverAll();
  await site.ok('alice', 'incident.status', { incidentId: incident.id, status: 'closed', opId: randomUUID() });
});

test('a CRITICAL alert of shop becomes one page with board, property, label and notice', async () => {
  const alert = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
  const incident = await site.incidentWith(alert.id);
  expect(incident.incident).toMatchObject({ severity: 'sev2', status: 'investigating', service: 'shop', openAlerts: 1, declaredBy: null });
  expect(incident.incident.key).toMatch(/^20\d\d-002$/);
  const page = await site.page('alice', incident.incident.page?.id ?? '');
  expect(page.title).toContain(incident.incident.key);
  expect(JSON.stringify(page.adf)).toContain(incident.incident.id);
  expect(JSON.stringify(page.adf)).toContain('checkout p95');
  expect(page.properties['mackerel_incident']).toMatchObject({ key: incident.incident.key, status: 'investigating', severity: 'sev2' });
  expect(page.labels).toContain('mackerel-incident');
  const notices = await site.until(async () => {
    const got = (await site.slack()).filter((notice) => notice.includes(incident.incident.key));
    return got.length > 0 ? got : null;
  });
  expect(notices).toHaveLength(1);
});

test('the first responder is recorded once, whoever presses next', async () => {
  const before = (await site.slack()).length;
  const home = await site.ok('alice', 'home.load', {});
  const incidentId = home.incidents[0]?.id ?? '';
  const opId = randomUUID();
  const first = await site.ok('alice', 'incident.respond', { incidentId, opId });
  expect(first.firstResponse?.by).toEqual({ accountId: 'acc-alice' });
  await site.ok('alice', 'incident.respond', { incidentId, opId });
  const second = await site.ok('bob', 'incident.respond', { incidentId, opId: randomUUID() });
  expect(second.firstResponse?.by).toEqual({ accountId: 'acc-alice' });
  await site.rest();
  const notices = await site.slack();
  expect(notices.length).toBe(before + 1);
  expect(notices.at(-1)).toContain('有栖');
});

test('severity and status follow on the page for search and byline', async () => {
  const home = await site.ok('alice', 'home.load', {});
  const incident = home.incidents[0];
  await site.ok('alice', 'incident.severity', { incidentId: incident?.id ?? '', severity: 'sev1', opId: randomUUID() });
  await site.ok('bob', 'incident.status', { incidentId: incident?.id ?? '', status: 'mitigated', opId: randomUUID() });
  const page = await site.page('alice', incident?.page?.id ?? '');
  expect(page.properties['mackerel_incident']).toMatchObject({ status: 'mitigated', severity: 'sev1' });
  expect(JSON.stringify(page.properties['mackerel_byline'])).toContain('SEV1');
  await site.ok('bob', 'incident.status', { incidentId: incident?.id ?? '', status: 'investigating', opId: randomUUID() });
});

test('recovery is told; nobody but a person closes', async () => {
  const home = await site.ok('alice', 'home.load', {});
  const incidentId = home.incidents[0]?.id ?? '';
  await site.recoverAll();
  const board = await site.until(async () => {
    const view = await site.ok('alice', 'board.load', { incidentId });
    return view.incident.openAlerts === 0 ? view : null;
  });
  expect(board.incident.status).toBe('investigating');
  expect(board.alerts[0]).toMatchObject({ open: false, status: 'OK', closedBy: 'manual' });
  await site.ok('alice', 'incident.status', { incidentId, status: 'closed', opId: randomUUID() });
  // What comes back sooner goes on with it.
  await site.later(16 * 60_000);
});

test('20 CRITICAL alerts within one second make one page that lists 20', async () => {
  const before = (await site.pages('OPS')).length;
  const alerts = await Promise.all(Array.from({ length: 20 }, (_, index) => site.raiseStorm(index, 'CRITICAL')));
  const board = await site.until(async () => {
    const first = alerts[0];
    const view = first === undefined ? null : await site.incidentWith(first.id).catch(() => null);
    return view !== null && view.incident.openAlerts === 20 ? view : null;
  });
  expect(new Set(board.alerts.map((alert) => alert.id))).toEqual(new Set(alerts.map((alert) => alert.id)));
  expect(new Set(board.entries.map((entry) => entry.id)).size).toBe(board.entries.length);
  await site.rest();
  expect((await site.pages('OPS')).length).toBe(before + 1);
  await site.recoverAll();
  await site.ok('alice', 'incident.status', { incidentId: board.incident.id, status: 'closed', opId: randomUUID() });
}, 120_000);

test('20 presses of Declare on one candidate end on one page, without an error', async () => {
  const alert = await site.raise('blog response time', 'blog-01', 'WARNING', 900);
  const candidate = await site.until(async () => {
    const view = await site.ok('alice', 'home.load', {});
    return view.candidates.find((row) => row.alert.id === alert.id) ?? null;
  });
  const before = (await site.pages('SRE')).length;
  const people = ['alice', 'bob', 'admin'] as const;
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      site.invoke(people[index % 3] ?? 'alice', 'incident.declare', {
        opId: randomUUID(), spaceKey: 'SRE', title: 'Blog is slow', severity: 'sev3', visibility: 'public', candidateId: candidate.id,
      }),
    ),
  );
  const values = answers.map((answer) => (answer.ok ? answer.value : answer.error));
  expect(values).toEqual(values.map(() => expect.objectContaining({ page: expect.objectContaining({ id: expect.any(String) }) })));
  expect(new Set(answers.map((answer) => (answer.ok ? answer.value.page?.id : null))).size).toBe(1);
  expect(answers.filter((answer) => answer.ok && !answer.value.already)).toHaveLength(1);
  expect((await site.pages('SRE')).length).toBe(before + 1);
  const home = await site.ok('alice', 'home.load', {});
  expect(home.candidates.find((row) => row.id === candidate.id)).toBeUndefined();
});

test('a private incident: its page is restricted, nothing is sent, nobody else learns of it', async () => {
  const before = (await site.slack()).length;
  const made = await site.ok('alice', 'incident.declare', {
    opId: randomUUID(), spaceKey: 'OPS', title: 'Quiet matter', severity: 'sev1', visibility: 'private', candidateId: null,
  });
  expect(made.key).toMatch(/^[a-z]{8}$/);
  await site.rest();
  expect((await site.slack()).length).toBe(before);
  expect(await site.invoke('bob', 'board.load', { incidentId: made.incidentId })).toMatchObject({ ok: false, error: { code: 'not-found' } });
  expect(await site.invoke('alice', 'board.load', { incidentId: made.incidentId })).toMatchObject({ ok: true });
  expect(await site.bytes('alice', 'home.load', {})).toContain('Quiet matter'); // the search below can find it
  expect(await site.bytes('bob', 'home.load', {})).not.toContain('Quiet matter');
  expect((await site.pages('OPS', 'bob')).map((page) => page.title).join()).not.toContain('Quiet matter');
});
