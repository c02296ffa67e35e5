/** Updates during an incident: drafted from the record, published to everybody. */
import type { IncidentHeadView, Lang, UpdateChoices, UpdateDraftView, UpdateParts, UpdateView } from '../contract';
import { AppFailure, badRequest, notFound } from '../domain/failure';
import type { IncidentHead, Settings } from '../domain/model';
import { named, updateMinutes } from '../domain/scheme';
import { plainText } from '../domain/text';
import { draftUpdate } from '../domain/update-draft';
import { isCalm, lastNumber, publishUpdate, updatesOf, UPDATE_PART_MAX, UPDATE_PARTS, type PublishedUpdate } from '../domain/updates';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { entriesSince } from './entry-views';
import { press, type Pressed } from './press';
import { configured, proveMayEdit } from './prove';
import { mergedElsewhere } from './survivor';
import { headView } from './views';

const SHOWN_AT_MOST = 20;

const view = ({ n, lang, conditions, actions, needs, by, at }: PublishedUpdate): UpdateView => ({ n, lang, conditions, actions, needs, by: { accountId: by }, at });
const channelOf = ({ visibility }: IncidentHead, { slackConfigured }: Settings): UpdateDraftView['slack'] => (visibility === 'private' ? 'private' : slackConfigured ? 'sends' : 'none');

export async function draftOfUpdate(ports: Ports, caller: Caller, p: { readonly incidentId: string; readonly lang: Lang | null; readonly zone: string; readonly choices: UpdateChoices }): Promise<UpdateDraftView> {
  const head = await proveMayEdit(ports, caller, p.incidentId);
  if (head.mergedInto !== undefined) throw await mergedElsewhere(ports, caller, head);
  const [incident, settings] = await Promise.all([ports.incidents.load(p.incidentId), configured(ports)]);
  if (incident === null) throw notFound();
  const { scheme } = settings;
  const lang = p.lang ?? incident.head.lang;
  const texts = named(ports.texts, scheme);
  const draft = draftUpdate({ incident, entries: entriesSince(incident, 0), scheme, lang, zone: p.zone, choices: p.choices, now: ports.clock.now(), say: (key, params) => texts.say(lang, key, params) });
  return { lang, draft, published: updatesOf(incident).slice(0, SHOWN_AT_MOST).map(view), slack: channelOf(incident.head, settings), nextMinutes: isCalm(incident.head) ? null : updateMinutes(scheme, incident.head.severity) };
}

function typedPart(text: string, part: keyof UpdateParts): string {
  const clean = plainText(text);
  if ([...clean].length > UPDATE_PART_MAX) throw new AppFailure('bad-request', 'error.too-long', { n: UPDATE_PART_MAX }, part);
  return clean;
}

/** Nothing done or needed is news too, and is said. */
function typedUpdate(ports: Ports, lang: Lang, update: UpdateParts): UpdateParts {
  const typed = Object.fromEntries(UPDATE_PARTS.map((part) => [part, typedPart(update[part], part)])) as unknown as UpdateParts;
  if (typed.conditions === '') throw badRequest('conditions', 'error.update-empty');
  const none = ports.texts.say(lang, 'report.can.none');
  return { conditions: typed.conditions, actions: typed.actions || none, needs: typed.needs || none };
}

/** @throws AppFailure conflict: somebody published one that the presser has not seen */
export async function pressUpdate(ports: Ports, caller: Caller, p: Pressed & { readonly lang: Lang; readonly update: UpdateParts; readonly seen: number }): Promise<IncidentHeadView> {
  const update = typedUpdate(ports, p.lang, p.update);
  const incident = await press(ports, caller, p, (current, by) => {
    if (lastNumber(current) !== p.seen) throw new AppFailure('conflict', 'error.update-changed', {}, 'seen');
    return publishUpdate(current, update, p.lang, by);
  });
  return headView(incident.head);
}
