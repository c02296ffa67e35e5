/** "Fill the review": what follows from the record, on the page where a person wants it. */
import type { EntryView, FillPlace, FillResult, FillSection, FillView } from '../contract';
import { AppFailure, notFound } from '../domain/failure';
import type { Incident } from '../domain/model';
import { acceptedInReview, filledReview } from '../domain/review';
import type { Ports, ReviewFacts } from '../ports';
import { beginReview, updateReview } from './begin-review';
import type { Caller } from './caller';
import { entriesSince } from './entry-views';
import { operation, proveEditor, type Pressed } from './press';
import { proveReviewed } from './review';
import { similarIncidents } from './similar';
import { deploysOf } from './views';

const USER = { as: 'user' } as const;
/** What reads better as sentences. Lists of people, work items and incidents do not. */
const DRAFTABLE: readonly FillSection[] = ['summary', 'times', 'detection', 'impact', 'alerts', 'timeline', 'changes', 'questions'];
const SIMILAR = 5;
/** Of a timeline, in one table. */
const ENTRIES_AT_MOST = 200;
const ENTRIES_OFFERED = 500;

/** Only public ones of the same space: the page is read by everybody who sees it. */
async function similarOnPage(ports: Ports, incident: Incident): Promise<ReviewFacts['similar']> {
  const { space } = incident.head;
  const alike = await similarIncidents(ports, incident, (head) => head.visibility === 'public' && head.space.key === space.key);
  return alike.slice(0, SIMILAR).flatMap(({ incident: { head } }) => (head.page === null ? [] : [{ key: head.key, pageId: head.page.id, at: head.declaredAt }]));
}

/** Pinned ones and people's own words are offered first. */
const isChosen = ({ pinned, source, messageKey }: EntryView): boolean => pinned || source === 'person' || source === 'update' || /^entry\.(status|declared|responded)/.test(messageKey ?? '');

async function factsOf(ports: Ports, incident: Incident, ids: readonly string[] | null): Promise<{ readonly facts: ReviewFacts; readonly all: readonly EntryView[] }> {
  const all = [...entriesSince(incident, 0)].reverse();
  const chosen = all.filter((entry) => (ids === null ? isChosen(entry) : ids.includes(entry.id))).slice(0, ENTRIES_AT_MOST);
  return { facts: { incident, entries: chosen, deploys: deploysOf(incident), similar: await similarOnPage(ports, incident) }, all };
}

/** @throws AppFailure conflict: it has no page now */
async function provenPage(ports: Ports, caller: Caller, p: Pressed): Promise<{ readonly incident: Incident; readonly pageId: string }> {
  const { page } = await proveEditor(ports, caller, p);
  const incident = await ports.incidents.load(p.incidentId);
  if (incident === null) throw notFound();
  proveReviewed(incident.head);
  if (page === null || page.state !== 'current') throw new AppFailure('conflict', 'error.review-no-page');
  return { incident, pageId: page.id };
}

/** `entries` null: those that are offered first. */
export async function previewFill(ports: Ports, caller: Caller, p: { incidentId: string; entries: readonly string[] | null }): Promise<FillView> {
  const { incident, pageId } = await provenPage(ports, caller, { incidentId: p.incidentId, opId: '' });
  const [{ facts, all }, row] = await Promise.all([factsOf(ports, incident, p.entries), ports.reviews.get(p.incidentId)]);
  const looked = await ports.reviewPage.look(pageId, facts, row?.value.filled?.hashes ?? {}, USER);
  if (looked === null) throw notFound();
  return { ...looked, entries: all.slice(-ENTRIES_OFFERED), chosen: facts.entries.map(({ id }) => id), draftable: ports.drafter === null ? [] : DRAFTABLE };
}

/** Written as the presser, once: pressed again, what stands there is found. */
export async function fillReview(ports: Ports, caller: Caller, p: Pressed & { sections: readonly FillSection[]; place: FillPlace | null; entries: readonly string[] | null }): Promise<FillResult> {
  const { incident, pageId } = await provenPage(ports, caller, p);
  await beginReview(ports, incident.head);
  const press = operation(caller, p, ports.clock.now());
  const row = await ports.reviews.get(p.incidentId);
  // Sent again after its answer got lost: what has changed since is for the next press.
  if (row !== null && acceptedInReview(row.value, press.opId)) return { outcome: 'nothing', did: p.sections.map((id) => ({ id, did: 'unchanged' })) };
  const { facts } = await factsOf(ports, incident, p.entries);
  const known = row?.value.filled?.hashes ?? {};
  const { outcome, did, hashes } = await ports.reviewPage.fill(pageId, facts, p.sections, p.place, known, USER);
  if (outcome === 'written' || outcome === 'nothing') await updateReview(ports, incident.head, (review) => filledReview(review, hashes, press));
  return { outcome, did };
}
