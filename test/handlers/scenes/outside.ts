/** Presses with effects outside the record: in Mackerel, on pages. */
import { randomUUID } from 'node:crypto';
import { declareDesk, type Desk } from '../desk';
import type { TestSite } from '../harness';
import { mackerelApi } from '../inside';
import type { KillRoom, Scene, ScenePress } from '../kill-scene';
import { importScenes } from './importing';
import { reportScenes } from './reports';
import { templateScenes } from './templates';

async function wiki<T>(site: TestSite, user: string, method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${site.site.url}/wiki/api/v2/pages${path}`, { method, headers: { 'x-site-user': user, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await answer.text();
  return (text === '' ? null : JSON.parse(text)) as T;
}
const linked = async (desk: Desk, id: string): Promise<boolean> => (await desk.board()).alerts.some((alert) => alert.id === id);
/** A board asks when the last look at the hosts has become old. */
async function readNow({ site, desk }: KillRoom): Promise<void> {
  await site.rest();
  await site.later(11_000);
  await site.ok('bob', 'board.changes', { incidentId: desk.incidentId, since: 0, pass: '' });
}
/** The alert waits for a person, or is linked already. */
async function waiting({ site, desk, waits }: KillRoom): Promise<string> {
  const { id } = await site.raise('queue delay', 'batch-01', 'WARNING', 70);
  await site.until(async () => (((await waits(id)) || (await linked(desk, id))) ? true : null));
  await site.rest();
  return id;
}

const of = ({ incidentId }: Desk, more: object): ScenePress['payload'] => ({ incidentId, opId: randomUUID(), ...more }) as ScenePress['payload'];

/** A page that begins with a board. */
interface Boards {
  readonly content: readonly { readonly attrs: { readonly parameters: { readonly guestParams: Readonly<Record<string, unknown>> } } }[];
}

const TEST = 'テスト';
const testPages = async ({ site }: KillRoom): Promise<number> => (await site.pages('OPS')).filter(({ title }) => title.includes(TEST)).length;

export const outsideScenes: readonly Scene[] = [
  ...templateScenes,
  ...reportScenes,
  ...importScenes,
  {
    verb: 'sample.make',
    async prepare(room) {
      await room.site.ok('admin', 'sample.remove', {});
      return {
        user: 'admin', payload: { spaceKey: 'OPS' },
        async check() {
          expect([(await room.site.ok('admin', 'settings.get', {})).guide.sample?.state, await testPages(room)]).toEqual(['there', 1]);
        },
      };
    },
  },
  {
    verb: 'sample.remove',
    async prepare(room) {
      await room.site.ok('admin', 'sample.make', { spaceKey: 'OPS' });
      expect(await testPages(room)).toBe(1);
      return {
        user: 'admin', payload: {},
        async check() {
          expect([(await room.site.ok('admin', 'settings.get', {})).guide.sample?.state, await testPages(room)]).toEqual(['removed', 0]);
        },
      };
    },
  },
  {
    verb: 'alert.attach',
    async prepare(room) {
      const { site, desk, look, waits } = room;
      const alertId = await waiting(room);
      if (await linked(desk, alertId)) await desk.press('bob', 'alert.detach', { alertId });
      await site.rest();
      const before = await desk.told('entry.alert.attached', alertId);
      return {
        user: 'alice', payload: of(desk, { alertId }),
        async check() {
          await look();
          expect([await linked(desk, alertId), await waits(alertId), await desk.told('entry.alert.attached', alertId)]).toEqual([true, false, before + 1]);
          expect((await site.ok('bob', 'board.attachable', { incidentId: desk.incidentId, pass: '' })).alerts.find(({ alert }) => alert.id === alertId)).toBeUndefined();
        },
      };
    },
  },
  {
    verb: 'alert.detach',
    async prepare(room) {
      const { site, desk, look, waits } = room;
      const alertId = await waiting(room);
      if (!(await linked(desk, alertId))) await desk.press('bob', 'alert.attach', { alertId });
      await site.rest();
      const before = await desk.told('entry.alert.detached', alertId);
      return {
        user: 'alice', payload: of(desk, { alertId }),
        async check() {
          await look();
          expect([await linked(desk, alertId), await waits(alertId), await desk.told('entry.alert.detached', alertId)]).toEqual([false, true, before + 1]);
          expect((await site.ok('bob', 'board.attachable', { incidentId: desk.incidentId, pass: '' })).alerts.find(({ alert }) => alert.id === alertId)).toMatchObject({ taken: false });
        },
      };
    },
  },
  {
    verb: 'alert.close',
    async prepare(room) {
      const { site, desk, look, waits } = room;
      const { id: alertId } = await site.raise('queue delay', 'batch-02', 'WARNING', 70);
      await site.until(async () => ((await waits(alertId)) ? true : null));
      await desk.press('bob', 'alert.attach', { alertId });
      await site.rest();
      return {
        user: 'alice', payload: of(desk, { alertId, reason: 'pool raised' }),
        async check() {
          await look();
          const { logs } = await mackerelApi<{ logs: { trigger: string }[] }>(site, 'GET', `alerts/${alertId}/logs`);
          expect(logs.map(({ trigger }) => trigger)).toEqual(['manual', 'monitoring']);
          expect([(await desk.board()).alerts.find((alert) => alert.id === alertId)?.open, await desk.told('entry.alert.closed-here', alertId)]).toEqual([false, 1]);
        },
      };
    },
  },
  {
    verb: 'alert.memo',
    async prepare(room) {
      const { site, desk } = room;
      const alertId = await waiting(room);
      if (!(await linked(desk, alertId))) await desk.press('bob', 'alert.attach', { alertId });
      await mackerelApi(site, 'PUT', `alerts/${alertId}`, { memo: '' });
      await site.rest();
      const before = await desk.told('entry.alert.memo', alertId);
      const { incident } = await desk.board();
      return {
        user: 'alice', payload: of(desk, { alertId }),
        async check() {
          expect([(await mackerelApi<{ memo: string }>(site, 'GET', `alerts/${alertId}`)).memo.split('\n')[1], await desk.told('entry.alert.memo', alertId)]).toEqual([incident.page?.url, before + 1]);
        },
      };
    },
  },
  {
    verb: 'host.status',
    async prepare(room) {
      const { site, desk } = room;
      const alertId = await waiting(room);
      if (!(await linked(desk, alertId))) await desk.press('bob', 'alert.attach', { alertId });
      await readNow(room);
      const host = (await desk.board()).hosts.find(({ name }) => name === 'batch-01');
      const status = host?.status === 'standby' ? 'working' : 'standby';
      const before = await desk.told('entry.host.set');
      return {
        user: 'alice', payload: of(desk, { hostId: host?.id, status }),
        async check() {
          await readNow(room);
          const { host: now } = await mackerelApi<{ host: { status: string } }>(site, 'GET', `hosts/${host?.id ?? ''}`);
          expect([now.status, (await desk.board()).hosts.find(({ id }) => id === host?.id)?.status, (await desk.told('entry.host.set')) - before, await desk.told('entry.host.status')]).toEqual([status, status, 1, 0]);
        },
      };
    },
  },
  {
    verb: 'incident.status',
    async prepare(room) {
      const { site, desk, look } = room;
      const { status } = (await desk.board()).incident;
      if (status === 'closed') await desk.press('bob', 'incident.status', { status: 'investigating' });
      const before = (await desk.told('entry.status')) + (await desk.told('entry.status.note'));
      const page = (await desk.board()).incident.page?.id ?? '';
      return {
        user: 'alice', payload: of(desk, { status: 'closed', reason: 'done' }),
        async check() {
          await look();
          expect([(await desk.board()).incident.status, (await desk.told('entry.status')) + (await desk.told('entry.status.note')) - before]).toEqual(['closed', 1]);
          expect((await site.page('alice', page)).properties['mackerel_incident']).toMatchObject({ status: 'closed' });
        },
      };
    },
  },
  {
    verb: 'incident.rehome',
    async prepare(room) {
      const { site, look } = room;
      const lost = await declareDesk(site, `Lost ${randomUUID()}`);
      const { incident } = await lost.board();
      await wiki(site, 'bob', 'DELETE', `/${incident.page?.id ?? ''}`);
      await wiki(site, 'admin', 'DELETE', `/${incident.page?.id ?? ''}?purge=true`);
      await site.rest();
      return {
        user: 'admin', payload: of(lost, {}),
        async check() {
          await look();
          const homes = (await site.pages('SRE')).filter(({ title }) => title.includes(incident.key));
          const { page } = (await lost.board()).incident;
          expect([homes.map(({ id }) => id), await lost.told('entry.page.rehomed')]).toEqual([[page?.id], 1]);
          const stored = await site.page('alice', page?.id ?? '');
          expect([stored.labels, stored.properties['mackerel_incident']]).toEqual([['mackerel-incident'], expect.objectContaining({ key: incident.key })]);
        },
      };
    },
  },
  {
    verb: 'incident.declare',
    async prepare(room) {
      const { site, look } = room;
      const [board] = ((await site.page('alice', (await room.desk.board()).incident.page?.id ?? '')).adf as Boards).content;
      const blank = { ...board, attrs: { ...board?.attrs, parameters: { ...board?.attrs.parameters, guestParams: {} } } };
      const { id } = await wiki<{ id: string }>(site, 'alice', 'POST', '', { spaceId: '65602', status: 'current', title: `Runbook ${randomUUID()}`, body: { representation: 'atlas_doc_format', value: JSON.stringify({ version: 1, type: 'doc', content: [blank] }) } });
      await site.rest();
      const before = (await site.pages('SRE')).length;
      const title = `Adopted ${randomUUID()}`;
      return {
        user: 'alice', payload: { opId: randomUUID(), spaceKey: 'SRE', title, severity: 'sev3', visibility: 'public', candidateId: null, pageId: id },
        async check() {
          await look();
          const { incident, atHome } = await site.ok('bob', 'board.load', { pageId: id });
          expect([incident.title, incident.page?.id, atHome, (await site.pages('SRE')).length]).toEqual([title, id, true, before]);
          expect((await site.ok('admin', 'home.load', {})).incidents.filter((one) => one.title === title)).toHaveLength(1);
          const { adf, properties } = await site.page('alice', id);
          expect(properties['mackerel_incident']).toMatchObject({ key: incident.key });
          const { version } = await wiki<{ version: { number: number } }>(site, 'alice', 'GET', `/${id}`);
          expect([(adf as Boards).content[0]?.attrs.parameters.guestParams['incidentId'], version.number]).toEqual([incident.id, 2]);
        },
      };
    },
  },
  {
    verb: 'incident.declare',
    way: 'below a page that is gone',
    long: true,
    async prepare(room) {
      const { site, look } = room;
      const place = async (parent: { id: string } | null): Promise<void> => {
        const { services, rules, version } = await site.ok('admin', 'settings.get', {});
        await site.ok('admin', 'settings.save', { rules, version, services: services.map((one) => (one.spaceKey === 'SRE' ? { ...one, parent } : one)) });
      };
      const { id } = await wiki<{ id: string }>(site, 'alice', 'POST', '', { spaceId: '65602', status: 'current', title: `Incidents ${randomUUID()}`, body: { representation: 'atlas_doc_format', value: '{"version":1,"type":"doc","content":[]}' } });
      await place({ id });
      await wiki(site, 'alice', 'DELETE', `/${id}`);
      const title = `At the root ${randomUUID()}`;
      return {
        user: 'alice', payload: { opId: randomUUID(), spaceKey: 'SRE', title, severity: 'sev3', visibility: 'public', candidateId: null },
        async check() {
          await look();
          const mine = (await site.ok('alice', 'home.load', {})).incidents.filter((one) => one.title === title);
          expect([mine.length, (await site.pages('SRE', 'alice')).filter((page) => page.title.includes(title)).length]).toEqual([1, 1]);
          const { entries } = await site.ok('alice', 'board.load', { incidentId: mine[0]?.id ?? '' });
          expect(entries.filter(({ messageKey }) => messageKey === 'entry.page.at-root')).toHaveLength(1);
          await place(null);
        },
      };
    },
  },
  {
    verb: 'incident.declare',
    way: 'private, with people named',
    long: true,
    async prepare({ site, look }) {
      const title = `Named ${randomUUID()}`;
      return {
        user: 'alice', payload: { opId: randomUUID(), spaceKey: 'SRE', title, severity: 'sev3', visibility: 'private', candidateId: null, audience: { people: ['acc-bob'], groupIds: [] } },
        async check() {
          await look();
          const mine = (await site.ok('alice', 'home.load', {})).incidents.filter((one) => one.title === title);
          expect([mine.length, (await site.pages('SRE', 'alice')).filter((page) => page.title.includes(title)).length]).toEqual([1, 1]);
          const { people } = await site.ok('bob', 'audience.load', { incidentId: mine[0]?.id ?? '' });
          expect(people.map(({ accountId }) => accountId).sort()).toEqual(['acc-alice', 'acc-bob']);
          expect((await site.ok('admin', 'home.load', {})).incidents.filter((one) => one.title === title)).toEqual([]);
        },
      };
    },
  },
];
