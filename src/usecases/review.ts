/** The review of one incident: read, written part by part, moved on. */
import type { Factor, ReviewChange, ReviewPlan, ReviewState, ReviewView, Why } from '../contract';
import { AppFailure, badRequest, notFound } from '../domain/failure';
import { acceptedInReview, changedReview, contested, freshReview, isReviewed, isTree, movedReview, TEXT_MAX, type Review } from '../domain/review';
import type { Incident, IncidentHead } from '../domain/model';
import { plainText } from '../domain/text';
import { dayOf } from '../domain/tickets';
import type { Ports } from '../ports';
import { beginReview, updateReview } from './begin-review';
import type { Caller } from './caller';
import { changedByOther, operation, proveEditor, type Pressed } from './press';
import { configured, proveIncident } from './prove';
import { reviewView } from './review-views';
import { typedAddress, typedLine } from './typed';

/** @throws AppFailure conflict: it is not over, or is no incident to look back on */
export function proveReviewed(head: IncidentHead): void {
  if (!isReviewed(head)) throw new AppFailure('conflict', head.kind === 'drill' ? 'error.review-drill' : 'error.review-open');
}

async function viewOf(ports: Ports, incident: Incident, review: Review, canEdit: boolean): Promise<ReviewView> {
  return reviewView(review, incident, (await configured(ports)).scheme, ports, canEdit);
}

/** For everybody who sees the incident. */
export async function loadReview(ports: Ports, caller: Caller, incidentId: string): Promise<ReviewView> {
  const { canEdit } = await proveIncident(ports, caller, incidentId);
  const [incident, row] = await Promise.all([ports.incidents.load(incidentId), ports.reviews.get(incidentId)]);
  if (incident === null) throw notFound();
  proveReviewed(incident.head);
  return await viewOf(ports, incident, row?.value ?? freshReview(incident.head.id, incident.head.conn, ports.clock.now()), canEdit);
}

function typedText(text: string, max: number, field: string): string {
  const clean = plainText(text);
  if ([...clean].length > max) throw new AppFailure('bad-request', 'error.too-long', { n: max }, field);
  return clean;
}
const typedFactors = (factors: readonly Factor[]): readonly Factor[] =>
  factors.map(({ id, kind, text, tags }, n) => ({ id, kind, text: typedText(text, TEXT_MAX.factor, `factors.${n}`), tags: [...new Set(tags.map((tag) => typedLine(tag, TEXT_MAX.tag, `factors.${n}`)).filter((tag) => tag !== ''))] })).filter(({ text }) => text !== '');
function typedWhys(whys: readonly Why[]): readonly Why[] {
  if (!isTree(whys)) throw badRequest('whys');
  return whys.map(({ id, parent, text }, n) => ({ id, parent, text: typedText(text, TEXT_MAX.why, `whys.${n}`) }));
}
/** People who were not named before have to be people the caller can see. */
async function typedPlan(ports: Ports, caller: Caller, plan: ReviewPlan, known: ReviewPlan): Promise<ReviewPlan> {
  const reviewers = [...new Set(plan.reviewers)];
  const before = new Set([known.owner, ...known.reviewers, caller.accountId]);
  for (const person of new Set([...(plan.owner === null ? [] : [plan.owner]), ...reviewers])) {
    if (!before.has(person) && !(await ports.access.knowsPerson(person))) throw badRequest('plan', 'error.person-unknown');
  }
  if (plan.due !== null && !Number.isInteger(dayOf(plan.due))) throw badRequest('plan.due');
  return { owner: plan.owner, reviewers, due: plan.due, meeting: typedAddress(plan.meeting, 'plan.meeting', 500) };
}

async function provenReview(ports: Ports, caller: Caller, p: Pressed): Promise<{ readonly incident: Incident; readonly head: IncidentHead }> {
  const head = await proveEditor(ports, caller, p);
  const incident = await ports.incidents.load(p.incidentId);
  if (incident === null) throw notFound();
  proveReviewed(incident.head);
  await beginReview(ports, incident.head);
  return { incident, head };
}

export async function saveReview(ports: Ports, caller: Caller, p: Pressed & { base: ReviewView['base']; change: ReviewChange }): Promise<ReviewView> {
  const { incident, head } = await provenReview(ports, caller, p);
  const press = operation(caller, p, ports.clock.now());
  const row = await ports.reviews.get(p.incidentId);
  const { plan, factors, whys, lessons, ticks } = p.change;
  const change: ReviewChange = {
    ...(plan === undefined ? {} : { plan: await typedPlan(ports, caller, plan, (row?.value ?? freshReview(head.id, head.conn, 0)).plan) }),
    ...(factors === undefined ? {} : { factors: typedFactors(factors) }),
    ...(whys === undefined ? {} : { whys: typedWhys(whys) }),
    ...(lessons === undefined ? {} : { lessons: { well: typedText(lessons.well, TEXT_MAX.lesson, 'lessons.well'), hard: typedText(lessons.hard, TEXT_MAX.lesson, 'lessons.hard'), lucky: typedText(lessons.lucky, TEXT_MAX.lesson, 'lessons.lucky') } }),
    ...(ticks === undefined ? {} : { ticks }),
  };
  const review = await updateReview(ports, head, (current) => {
    if (acceptedInReview(current, press.opId)) return current;
    const part = contested(current, change, p.base);
    if (part !== null) throw changedByOther(part);
    return changedReview(current, change, press);
  });
  return await viewOf(ports, incident, review, true);
}

export async function advanceReview(ports: Ports, caller: Caller, p: Pressed & { to: ReviewState; seen: ReviewState }): Promise<ReviewView> {
  const { incident, head } = await provenReview(ports, caller, p);
  const press = operation(caller, p, ports.clock.now());
  const review = await updateReview(ports, head, (current) => {
    if (acceptedInReview(current, press.opId)) return current;
    if (current.state !== p.seen && current.state !== p.to) throw changedByOther('state');
    return movedReview(current, p.to, press);
  });
  return await viewOf(ports, incident, review, true);
}
