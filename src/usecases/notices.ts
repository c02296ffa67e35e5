/**
 * Notices leave through an outbox: the change and the debt are one transaction, each debt becomes one row with a fixed id,
 * each row is sent until the other side says yes. A crash between "yes" and "noted" repeats a message rather than losing it.
 */
import { linkedAlerts } from '../domain/alert-record';
import { outboxSent } from '../domain/incident';
import type { Incident, OutboxItem, Settings } from '../domain/model';
import { named, updateMinutes } from '../domain/scheme';
import { plainLine } from '../domain/text';
import { isCalm, updateAt, type PublishedUpdate } from '../domain/updates';
import type { Notice, Ports } from '../ports';
import { beginReview } from './begin-review';
import { finishMerge, finishMove } from './finish-merge';
import { finishVisibility } from './finish-visibility';
import { wakeEvidence } from './freeze';
import { wakeTickets } from './wake-tickets';

const GIVE_UP_AFTER = 8;
const LEASE_MS = 30_000;

async function noticeText(ports: Ports, incident: Incident, item: OutboxItem): Promise<string> {
  const { head } = incident;
  const settings = await ports.settings.load();
  const texts = settings === null ? ports.texts : named(ports.texts, settings.value.scheme);
  // Its words stand in the record, in the language somebody wrote them in.
  const update = updateAt(incident, item.id);
  const say = (key: string, params = {}): string => texts.say(update?.lang ?? head.lang, key, params);
  const open = linkedAlerts(incident.alerts).filter((alert) => alert.closedAt === null);
  const names = open.slice(0, 3).map((alert) => plainLine(alert.monitorName, 60));
  const who = item.by === null ? null : await ports.people.name(item.by);
  const facts = { ...item.params, who: plainLine(who ?? say('notice.somebody'), 80), key: head.key, title: plainLine(head.title, 120), severity: say(`severity.${head.severity}`), open: open.length, names: names.join(', '), ...(update === null ? {} : { ...wordsOf(update), status: say(`status.${head.status}`), next: nextUpdate(head, settings) }) };
  return [say(`notice.${item.kind}`, facts), head.page?.url ?? ''].filter((line) => line !== '').join('\n');
}

const wordsOf = ({ n, conditions, actions, needs }: PublishedUpdate): Readonly<Record<string, string | number>> => ({ n, conditions, actions, needs });
/** In minutes; 0: none is owed. */
const nextUpdate = (head: Incident['head'], settings: { readonly value: Settings } | null): number => (settings === null || isCalm(head) ? 0 : (updateMinutes(settings.value.scheme, head.severity) ?? 0));

async function makeNotice(ports: Ports, incident: Incident, item: OutboxItem): Promise<void> {
  const notice: Notice = {
    schema: 1,
    id: item.id,
    incidentId: incident.head.id,
    text: await noticeText(ports, incident, item),
    state: 'waiting',
    attempts: 0,
    nextAt: ports.clock.now(),
  };
  await ports.notices.put(notice, null);
}

/** Does what one item is about. False: something of it is left. */
async function pay(ports: Ports, incident: Incident, item: OutboxItem): Promise<boolean> {
  const param = (name: string): string => String(item.params?.[name] ?? '');
  switch (item.kind) {
    case 'tickets':
      await wakeTickets(ports, incident);
      return true;
    case 'moved':
      await finishMove(ports, incident, param('alert'));
      await wakeEvidence(ports, incident.head);
      return true;
    case 'visibility':
      await finishVisibility(ports, incident.head.id);
      return true;
    case 'review':
      await beginReview(ports, incident.head);
      await wakeEvidence(ports, incident.head);
      return true;
    case 'merged':
      if (incident.head.visibility === 'public') await makeNotice(ports, incident, item);
      await wakeEvidence(ports, incident.head);
      return await finishMerge(ports, incident.head, param('from'), item.at);
    default:
      await makeNotice(ports, incident, item);
      if (item.kind === 'reopened') await wakeEvidence(ports, incident.head);
      return true;
  }
}

/** Turns what the record owes into notice rows and finished work, forgets the debt, and tries to send. Safe to repeat at any point. */
export async function flushOutbox(ports: Ports, incident: Incident): Promise<Incident> {
  // Before the page exists a notice would have no link; the saga's last step flushes again.
  if (incident.head.outbox.length === 0 || incident.head.page === null) return incident;
  const ids: string[] = [];
  for (const item of incident.head.outbox) if (await pay(ports, incident, item)) ids.push(item.id);
  let current = incident;
  for (;;) {
    const after = outboxSent(current, ids);
    if (after === current || (await ports.incidents.save(current, after)) === 'saved') {
      current = after;
      break;
    }
    const fresh = await ports.incidents.load(incident.head.id);
    if (fresh === null) break;
    current = fresh;
  }
  for (const id of ids) await sendNotice(ports, id);
  return current;
}

/** Sends one waiting notice if its time has come and nobody else is at it. */
export async function sendNotice(ports: Ports, id: string): Promise<void> {
  const row = await ports.notices.get(id);
  const now = ports.clock.now();
  if (row === null || row.value.state !== 'waiting' || row.value.nextAt > now) return;
  const taken: Notice = { ...row.value, attempts: row.value.attempts + 1, nextAt: now + LEASE_MS };
  if (!(await ports.notices.put(taken, row.ver))) return;
  const notifier = await ports.notifier();
  const answer = notifier === null ? 'nowhere' : await notifier.send(row.value.text);
  const state = answer === 'nowhere' ? 'unwanted' : answer === 'ok' ? 'sent' : answer === 'gone' || taken.attempts >= GIVE_UP_AFTER ? 'dropped' : 'waiting';
  const wait = Math.min(15 * 60_000, 15_000 * 2 ** taken.attempts);
  // It may tell a person's name, which is kept no longer than it is needed.
  const text = state === 'sent' || state === 'unwanted' ? '' : taken.text;
  await ports.notices.put({ ...taken, text, state, nextAt: now + wait }, row.ver + 1);
}

/** Sends what earlier runs left waiting. */
export async function sendDueNotices(ports: Ports): Promise<void> {
  for (const notice of await ports.notices.due(ports.clock.now(), 50)) await sendNotice(ports, notice.id);
}
