/** Settings, the webhook's channel, stuck work, candidates; and what the app does by itself: its sweep, its farewell. */
import { randomUUID } from 'node:crypto';
import type { RuleView } from '../../../src/contract';
import type { Saga, Settings } from '../../../src/domain/model';
import { channelsOf, deliver, removeChannels, SAMPLE, storedDoc, storedRows, useKey } from '../inside';
import type { KillRoom, Run, Scene } from '../kill-scene';
import type { TestSite } from '../harness';

const HOUR = 3_600_000;
const NAME = 'of nothing, on Mondays';
const webhook = (site: TestSite): Settings['webhook'] | undefined => storedDoc<Settings>(site, ' settings')?.webhook;
async function noChannel({ site }: KillRoom): Promise<void> {
  await removeChannels(site);
  await site.ok('admin', 'webhook.remove', {});
}
/** Values of Forge's secret storage. */
const secrets = (site: TestSite): string => Object.entries(storedRows(site)).flatMap(([key, value]) => (key.includes('secret:') ? [value] : [])).join('\n');
const entriesOf = (site: TestSite, incidentId: string, messageKey: string): number =>
  JSON.stringify(Object.entries(storedRows(site)).filter(([key]) => key.includes(`chunk:${incidentId}`))).split(messageKey).length - 1;

/** A declaration whose page never came, given up or let go on. */
function deadSaga(verb: 'health.retry' | 'health.discard'): Scene {
  return {
    verb,
    way: 'a declaration',
    long: true,
    async prepare({ site, deadSaga: die, look, stuck }) {
      const { alertId, row } = await die('web-01');
      return {
        user: 'admin', payload: { opId: randomUUID(), kind: 'saga', id: row.id },
        async check() {
          await look();
          const { incident } = await site.incidentWith(alertId);
          const homes = (await site.pages('OPS')).filter(({ title }) => title.includes(incident.key)).length;
          const given = entriesOf(site, row.id, 'entry.discarded');
          expect([storedDoc<Saga>(site, ` ${row.id}`)?.state, given, incident.id === row.id, homes, await stuck('saga')]).toEqual(verb === 'health.retry' ? ['done', 0, true, 1, []] : ['discarded', 1, false, 1, []]);
        },
      };
    },
  };
}
function dropped(verb: 'health.retry' | 'health.discard'): Scene {
  return {
    verb,
    way: 'a notice',
    long: true,
    async prepare({ site, droppedNotice, minutesPass, stuck }) {
      const title = `News ${randomUUID()}`;
      const row = await droppedNotice(title);
      return {
        user: 'admin', payload: { opId: randomUUID(), kind: 'notice', id: row.id },
        async check() {
          await minutesPass();
          const said = (await site.slack()).filter((text) => text.includes(title)).length;
          // A crash between "sent" and "noted" repeats a message rather than losing it.
          const mine = (await stuck('notice')).filter(({ id }) => id === row.id);
          expect([verb === 'health.retry' ? said === 1 || said === 2 : said === 0, mine]).toEqual([true, []]);
        },
      };
    },
  };
}
function doubtful(verb: 'health.retry' | 'health.discard'): Scene {
  return {
    verb,
    way: 'a ticket',
    long: true,
    async prepare({ unsureTicket, minutesPass, stuck, jira }) {
      const title = `Doubt ${randomUUID()}`;
      const { desk, row } = await unsureTicket(title);
      return {
        user: 'admin', payload: { opId: randomUUID(), kind: 'ticket', id: row.id },
        async check() {
          for (let round = 0; round < 4; round += 1) await minutesPass();
          const mine = (await stuck('ticket')).filter(({ id }) => id === row.id).map(({ state }) => state);
          const issues = await jira.search(`project = OPS AND summary ~ "${title} ticket"`);
          const { tickets } = await desk.board();
          expect([mine, tickets.map(({ id, state }) => [id, state]), await desk.told('entry.ticket.unlinked'), issues.filter(({ fields }) => fields.summary === `${title} ticket`)]).toEqual(
            verb === 'health.retry' ? [['unsure'], [[row.id, 'unsure']], 0, []] : [[], [], 1, []],
          );
          for (const { id } of tickets) await desk.press('alice', 'ticket.unlink', { ticketId: id });
        },
      };
    },
  };
}

let host = 0;
export const intakeScenes: readonly (Scene | Run)[] = [
  {
    verb: 'settings.save',
    async prepare({ site }) {
      const { services, rules, apiKeyLast4, version } = await site.ok('admin', 'settings.get', {});
      const keys = [site.site.mackerel?.apiKey ?? '', site.site.mackerel?.readOnlyKey ?? ''] as const;
      const [before, apiKey] = keys[0].endsWith(apiKeyLast4 ?? '-') ? keys : [keys[1], keys[0]];
      const others = rules.filter((rule) => rule.name !== NAME);
      const when = { monitor: null, type: null, service: 'nothing', role: null, host: null, statuses: [], name: null, time: { days: [1], from: 0, to: 60, zone: 'Asia/Tokyo' } } as const;
      const rule: RuleView = { id: randomUUID(), name: NAME, when, then: { action: 'ignore' } };
      const slackUrl = `https://hooks.slack.com/services/T/B/${randomUUID()}`;
      return {
        user: 'admin', payload: { services, rules: [...others, rule], version, apiKey, slackUrl },
        async check() {
          const now = await site.ok('admin', 'settings.get', {});
          expect([now.rules.at(-1)?.id, now.rules.length, now.apiKeyLast4, now.slackConfigured, now.version]).toEqual([rule.id, others.length + 1, apiKey.slice(-4), true, version + 1]);
          expect([apiKey, slackUrl, before].map((secret) => secrets(site).split(secret).length - 1)).toEqual([1, 1, 0]);
        },
      };
    },
  },
  {
    verb: 'webhook.setup',
    async prepare(room) {
      const { site } = room;
      await useKey(site, site.site.mackerel?.apiKey ?? '');
      await noChannel(room);
      return {
        user: 'admin', payload: {},
        async check() {
          const channels = await channelsOf(site);
          expect(channels.map(({ id, name, events }) => [id, name, events])).toEqual([[webhook(site)?.channelId, 'Incident Pages for Mackerel', ['alert']]]);
        },
      };
    },
  },
  {
    verb: 'webhook.rotate',
    async prepare(room) {
      const { site } = room;
      await site.later(25 * HOUR);
      await noChannel(room);
      const { url: before } = await site.ok('admin', 'webhook.setup', {});
      return {
        user: 'admin', payload: { opId: randomUUID() },
        async meanwhile() {
          const [standing] = await channelsOf(site);
          expect((await deliver(standing?.url ?? '', SAMPLE)).status).toBe(202);
        },
        async check() {
          const { url, rotatedAt } = await site.ok('admin', 'webhook.setup', {});
          expect([url === before, (await channelsOf(site)).map((channel) => channel.url)]).toEqual([false, [url]]);
          expect(webhook(site)?.old.filter(({ until }) => until > (rotatedAt ?? 0))).toHaveLength(1);
          expect([(await deliver(before, SAMPLE)).status, (await deliver(url, SAMPLE)).status]).toEqual([202, 202]);
        },
      };
    },
  },
  {
    verb: 'webhook.remove',
    async prepare({ site }) {
      await site.ok('admin', 'webhook.setup', {});
      return { user: 'admin', payload: {}, check: async () => expect([await channelsOf(site), webhook(site)?.channelId]).toEqual([[], null]) };
    },
  },
  {
    run: 'uninstall',
    way: 'our channel goes from Mackerel',
    async prepare({ site }) {
      await site.ok('admin', 'webhook.setup', {});
      return { check: async () => expect(await channelsOf(site)).toEqual([]) };
    },
  },
  {
    verb: 'health.poll',
    async prepare({ site, health }) {
      await site.later(60_000);
      await site.rest();
      const { now } = await health();
      return {
        user: 'admin', payload: {},
        async check() {
          await site.rest();
          expect((await health()).poll.lastAt).toBeGreaterThanOrEqual(now);
        },
      };
    },
  },
  {
    verb: 'candidate.dismiss',
    async prepare({ site, look, waits }) {
      await site.ok('admin', 'webhook.setup', {});
      host = (host % 10) + 1;
      const name = `batch-${String(host).padStart(2, '0')}`;
      await site.raise('queue delay', name, 'OK', 1).catch(() => undefined);
      await site.later(HOUR);
      const { id } = await site.raise('queue delay', name, 'WARNING', 70);
      await look();
      const candidate = (await site.ok('alice', 'home.load', {})).candidates.find(({ alert }) => alert.id === id);
      return {
        user: 'alice', payload: { candidateId: candidate?.id ?? '', opId: randomUUID() },
        async check() {
          await site.raise('queue delay', name, 'CRITICAL', 200);
          await look();
          expect([await waits(id), storedDoc<{ state: string; dismissedBy: string }>(site, `:${id}`)]).toEqual([false, expect.objectContaining({ state: 'dismissed', dismissedBy: 'acc-alice' })]);
        },
      };
    },
  },
  {
    run: 'sweep',
    way: 'an alert no webhook told of is declared once',
    long: true,
    async prepare(room) {
      const { site } = room;
      await removeChannels(site);
      for (const { id, status } of (await site.ok('alice', 'home.load', {})).incidents) if (status === 'investigating') await site.ok('admin', 'incident.status', { incidentId: id, status: 'closed', reason: 'over', opId: randomUUID() });
      await site.recoverAll();
      await site.later(HOUR);
      await site.control('POST', 'run/sweep');
      await site.rest();
      const before = (await site.pages('OPS')).length;
      const { id } = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
      return {
        async check() {
          await room.minutesPass();
          const { incident, alerts } = await site.incidentWith(id);
          const page = await site.page('alice', incident.page?.id ?? '');
          expect([(await site.pages('OPS')).length - before, alerts.map((alert) => alert.id), page.labels, page.properties['mackerel_incident']]).toEqual([1, [id], ['mackerel-incident'], expect.objectContaining({ key: incident.key })]);
        },
      };
    },
  },
  ...(['health.retry', 'health.discard'] as const).flatMap((verb) => [deadSaga(verb), dropped(verb), doubtful(verb)]),
];
