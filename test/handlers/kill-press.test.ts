/** Presses with effects outside the record: the functions' process dies after each of their calls; the same press, sent again, ends in one effect. */
import { randomUUID } from 'node:crypto';
import type { Fault } from '../../local-site/types';
import { declareDesk, type Desk } from './desk';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';

interface OutsideCall {
  readonly function: string;
  readonly target: Fault['target'];
  readonly method: string;
  readonly path: string;
}
/** Every call that changes something is a moment to die; a read leaves things as the call before it did, so some are enough. */
const READ_STRIDE = Number(process.env['KILL_READ_STRIDE'] ?? 9);
const LEASE_MS = 20_000;

let site: TestSite;
let desk: Desk;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
  desk = await declareDesk(site, 'Survives');
  await site.rest();
}, 180_000);
afterAll(async () => await site.stop());

async function api<T>(method: string, route: string, body?: object): Promise<T> {
  const headers = { 'x-api-key': site.site.mackerel?.apiKey ?? '', 'content-type': 'application/json' };
  return (await (await fetch(`${site.site.urls.mackerel}/api/v0/${route}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })).json()) as T;
}
async function wiki<T>(user: string, method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${site.site.url}/wiki/api/v2/pages${path}`, { method, headers: { 'x-site-user': user, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await answer.text();
  return (text === '' ? null : JSON.parse(text)) as T;
}
const count = async (of: Desk, key: string, alertId?: string): Promise<number> =>
  (await site.ok('admin', 'board.entries', { incidentId: of.incidentId, pass: '' })).entries.filter((entry) => entry.messageKey === key && (alertId === undefined || entry.alertId === alertId)).length;
const linked = async (id: string): Promise<boolean> => (await desk.board()).alerts.some((alert) => alert.id === id);
const waits = async (id: string): Promise<boolean> => (await site.ok('alice', 'home.load', {})).candidates.some(({ alert }) => alert.id === id);
async function look(): Promise<void> {
  await site.rest();
  await site.control('POST', 'run/sweep');
  await site.rest();
}
/** A board asks when the last look at the hosts has become old. */
async function readNow(): Promise<void> {
  await site.rest();
  await site.later(11_000);
  await site.ok('bob', 'board.changes', { incidentId: desk.incidentId, since: 0, pass: '' });
}
async function waiting(): Promise<string> {
  const { id } = await site.raise('queue delay', 'batch-01', 'WARNING', 70);
  await site.until(async () => (((await waits(id)) || (await linked(id))) ? true : null));
  await site.rest();
  return id;
}

/** One way to press, from a situation made anew each time. `prepare` answers the press and what must be so after it. */
interface Scene {
  readonly verb: string;
  prepare(): Promise<{ readonly user: string; readonly payload: object; check(): Promise<void> }>;
}
const of = (more: object): object => ({ incidentId: desk.incidentId, ...more });

const scenes: readonly Scene[] = [
  {
    verb: 'alert.attach',
    async prepare() {
      const alertId = await waiting();
      if (await linked(alertId)) await desk.press('bob', 'alert.detach', { alertId });
      await site.rest();
      const before = await count(desk, 'entry.alert.attached', alertId);
      return {
        user: 'alice', payload: of({ alertId }),
        async check() {
          await look();
          expect([await linked(alertId), await waits(alertId), await count(desk, 'entry.alert.attached', alertId)]).toEqual([true, false, before + 1]);
          expect((await site.ok('bob', 'board.attachable', { incidentId: desk.incidentId, pass: '' })).alerts.find(({ alert }) => alert.id === alertId)).toBeUndefined();
        },
      };
    },
  },
  {
    verb: 'alert.detach',
    async prepare() {
      const alertId = await waiting();
      if (!(await linked(alertId))) await desk.press('bob', 'alert.attach', { alertId });
      await site.rest();
      const before = await count(desk, 'entry.alert.detached', alertId);
      return {
        user: 'alice', payload: of({ alertId }),
        async check() {
          await look();
          expect([await linked(alertId), await waits(alertId), await count(desk, 'entry.alert.detached', alertId)]).toEqual([false, true, before + 1]);
          expect((await site.ok('bob', 'board.attachable', { incidentId: desk.incidentId, pass: '' })).alerts.find(({ alert }) => alert.id === alertId)).toMatchObject({ taken: false });
        },
      };
    },
  },
  {
    verb: 'alert.close',
    async prepare() {
      const { id: alertId } = await site.raise('queue delay', 'batch-02', 'WARNING', 70);
      await site.until(async () => ((await waits(alertId)) ? true : null));
      await desk.press('bob', 'alert.attach', { alertId });
      await site.rest();
      return {
        user: 'alice', payload: of({ alertId, reason: 'pool raised' }),
        async check() {
          await look();
          const { logs } = await api<{ logs: { trigger: string }[] }>('GET', `alerts/${alertId}/logs`);
          expect(logs.map(({ trigger }) => trigger)).toEqual(['manual', 'monitoring']);
          expect([(await desk.board()).alerts.find((alert) => alert.id === alertId)?.open, await count(desk, 'entry.alert.closed-here', alertId)]).toEqual([false, 1]);
        },
      };
    },
  },
  {
    verb: 'alert.memo',
    async prepare() {
      const alertId = await waiting();
      if (!(await linked(alertId))) await desk.press('bob', 'alert.attach', { alertId });
      await api('PUT', `alerts/${alertId}`, { memo: '' });
      await site.rest();
      const before = await count(desk, 'entry.alert.memo', alertId);
      const { incident } = await desk.board();
      return {
        user: 'alice', payload: of({ alertId }),
        async check() {
          expect([(await api<{ memo: string }>('GET', `alerts/${alertId}`)).memo.split('\n')[1], await count(desk, 'entry.alert.memo', alertId)]).toEqual([incident.page?.url, before + 1]);
        },
      };
    },
  },
  {
    verb: 'host.status',
    async prepare() {
      const alertId = await waiting();
      if (!(await linked(alertId))) await desk.press('bob', 'alert.attach', { alertId });
      await readNow();
      const host = (await desk.board()).hosts.find(({ name }) => name === 'batch-01');
      const status = host?.status === 'standby' ? 'working' : 'standby';
      const before = await count(desk, 'entry.host.set');
      return {
        user: 'alice', payload: of({ hostId: host?.id, status }),
        async check() {
          await readNow();
          const { host: now } = await api<{ host: { status: string } }>('GET', `hosts/${host?.id ?? ''}`);
          expect([now.status, (await desk.board()).hosts.find(({ id }) => id === host?.id)?.status, (await count(desk, 'entry.host.set')) - before, await count(desk, 'entry.host.status')]).toEqual([status, status, 1, 0]);
        },
      };
    },
  },
  {
    verb: 'incident.status',
    async prepare() {
      const { status } = (await desk.board()).incident;
      if (status === 'closed') await desk.press('bob', 'incident.status', { status: 'investigating' });
      const before = (await count(desk, 'entry.status')) + (await count(desk, 'entry.status.note'));
      const page = (await desk.board()).incident.page?.id ?? '';
      return {
        user: 'alice', payload: of({ status: 'closed', reason: 'done' }),
        async check() {
          await look();
          expect([(await desk.board()).incident.status, (await count(desk, 'entry.status')) + (await count(desk, 'entry.status.note')) - before]).toEqual(['closed', 1]);
          expect((await site.page('alice', page)).properties['mackerel_incident']).toMatchObject({ status: 'closed' });
        },
      };
    },
  },
  {
    verb: 'incident.rehome',
    async prepare() {
      const lost = await declareDesk(site, `Lost ${randomUUID()}`);
      const { incident } = await lost.board();
      await wiki('bob', 'DELETE', `/${incident.page?.id ?? ''}`);
      await wiki('admin', 'DELETE', `/${incident.page?.id ?? ''}?purge=true`);
      await site.rest();
      return {
        user: 'admin', payload: { incidentId: lost.incidentId },
        async check() {
          await look();
          const homes = (await site.pages('SRE')).filter(({ title }) => title.includes(incident.key));
          const { page } = (await lost.board()).incident;
          expect([homes.map(({ id }) => id), await count(lost, 'entry.page.rehomed')]).toEqual([[page?.id], 1]);
          const stored = await site.page('alice', page?.id ?? '');
          expect([stored.labels, stored.properties['mackerel_incident']]).toEqual([['mackerel-incident'], expect.objectContaining({ key: incident.key })]);
        },
      };
    },
  },
  {
    verb: 'incident.declare',
    async prepare() {
      const { id } = await wiki<{ id: string }>('alice', 'POST', '', { spaceId: '65602', status: 'current', title: `Runbook ${randomUUID()}`, body: { representation: 'atlas_doc_format', value: '{"version":1,"type":"doc","content":[]}' } });
      await site.rest();
      const before = (await site.pages('SRE')).length;
      const title = `Adopted ${randomUUID()}`;
      return {
        user: 'alice', payload: { spaceKey: 'SRE', title, severity: 'sev3', visibility: 'public', candidateId: null, pageId: id },
        async check() {
          await look();
          const { incident, atHome } = await site.ok('bob', 'board.load', { pageId: id });
          expect([incident.title, incident.page?.id, atHome, (await site.pages('SRE')).length]).toEqual([title, id, true, before]);
          expect((await site.ok('admin', 'home.load', {})).incidents.filter((one) => one.title === title)).toHaveLength(1);
          expect((await site.page('alice', id)).properties['mackerel_incident']).toMatchObject({ key: incident.key });
        },
      };
    },
  },
];

const kind = ({ path }: OutsideCall): string => path.replace(/\/[A-Za-z0-9]{11}(?=\/|$)/g, '/').split('?')[0]?.replace(/\d{4,}.*$/, '') ?? '';
const changes = ({ target, method, path }: OutsideCall): boolean => (target === 'kvs' ? !/\/(get|query)$/.test(path) : method !== 'GET' && !path.includes('sign'));

/** The n-th call of the log as a fault: so many of its kind pass first. */
function killAfter(calls: readonly OutsideCall[], index: number): Fault & { skip: number } {
  const call = calls[index];
  if (call === undefined) throw new Error('no such call');
  const path = kind(call);
  const same = (other: OutsideCall): boolean => other.target === call.target && other.method === call.method && other.path.includes(path);
  return { target: call.target, method: call.method, path, skip: calls.slice(0, index).filter(same).length, times: 1, kill: true };
}

let offset = new Date().getUTCDate();
test.each(scenes)('$verb', async ({ verb, prepare }) => {
  const clean = await prepare();
  await site.control('POST', 'log/reset');
  expect(await site.outcome(clean.user, verb, { opId: randomUUID(), ...clean.payload })).toBe('ok');
  const calls = (await site.control<OutsideCall[]>('GET', 'outside')).filter((call) => call.function === 'resolver');
  await clean.check();
  expect(calls.filter(changes).length).toBeGreaterThan(0);
  let deaths = 0;
  for (const [index, call] of calls.entries()) {
    if (!changes(call) && (offset += 1) % READ_STRIDE !== 0) continue;
    const { user, payload, check } = await prepare();
    const press = { opId: randomUUID(), ...payload };
    await site.faults([killAfter(calls, index)]);
    const outcome = await site.outcome(user, verb, press);
    await site.faults([]);
    const what = `${verb} died after call ${index}: ${call.target} ${call.method} ${call.path}`;
    // The log of another run may be shorter: then nothing died, and the press is simply done.
    if (outcome === 'FUNCTION_CRASHED') deaths += 1;
    else expect([what, outcome]).toEqual([what, 'ok']);
    await site.later(LEASE_MS);
    expect([what, await site.outcome(user, verb, press)]).toEqual([what, 'ok']);
    await check().catch((error: unknown) => {
      throw new Error(`${what}\n${error instanceof Error ? error.message : String(error)}`);
    });
  }
  expect(deaths).toBeGreaterThanOrEqual(calls.filter(changes).length - 1);
}, 240_000);
