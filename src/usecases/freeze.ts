/**
 * Freezes what Mackerel says of an incident: part after part, each a file on the page that the row knows by its hash. Every part
 * can be repeated: its file has the same name again, and what the row does not know is not evidence. Never in anybody's way: it has
 * a queue of its own and waits while alerts come in numbers.
 */
import { evidencePicture } from '../domain/evidence-picture';
import { evidenceText, frozenOf, type FrozenFacts, type ReadSeries } from '../domain/evidence-file';
import { freshEvidence, granted, leaveOut, nextFreeze, READS_A_COPY, roomForImages, withCopy, woken, type Evidence, type EvidenceCopy, type EvidenceFile, type LeftOut, type NextFreeze } from '../domain/evidence';
import { startOf, type WantedSeries } from '../domain/evidence-series';
import { alertOf } from '../domain/alert-record';
import { AppFailure } from '../domain/failure';
import type { Incident, IncidentHead } from '../domain/model';
import { plainLine } from '../domain/text';
import { MackerelError, type AlertSource, type Ports } from '../ports';
import { takeReads } from './evidence-reads';
import { freezeImages } from './freeze-images';
import { remembered } from './remembered';
import { readSeries } from './series';
import { EVIDENCE_READS_A_MINUTE } from './turn';
import { updateEvidence } from './update-evidence';
import { deploysOf } from './views';

const LEASE_MS = 90_000;
/** Nobody is in a hurry for what fires already: it is looked at when there is something to see. */
const FIRST_AFTER_MS = 2 * 60_000;
/** Until the minute may have room again. */
const AGAIN_SECONDS = 20;
const WAIT_AT_MOST_MS = 60 * 60_000;
const GIVE_UP_AFTER = 12;
/** Monitors and hosts, read as lists, and deploy marks. */
const FACTS_READS = 3;
/** Deploys that ended up to an hour before the first alert may be its cause. */
const DEPLOYS_BEFORE_MS = 30 * 60_000;
const DEPLOYS = 50;
/** What one metric may take: it has to fit into a minute. */
const ONE_METRIC_READS = EVIDENCE_READS_A_MINUTE - FACTS_READS;
const FACTS_FRESH_MS = 60_000;
const PART_BYTES = 2_000_000;
const LISTED = 20;

/** From its page on an incident has evidence, some time after its beginning. Safe to repeat. */
export async function expectEvidence(ports: Ports, head: Pick<IncidentHead, 'id' | 'conn'>): Promise<void> {
  await updateEvidence(ports, head.id, (known) => (known === null ? freshEvidence(head.id, head.conn, ports.clock.now() + FIRST_AFTER_MS) : null));
}

/** What happened is worth freezing now. Safe to repeat: where nothing is new, nothing is frozen. */
export async function wakeEvidence(ports: Ports, head: Pick<IncidentHead, 'id' | 'conn'>): Promise<void> {
  const now = ports.clock.now();
  await updateEvidence(ports, head.id, (known) => woken(known ?? freshEvidence(head.id, head.conn, now), now));
  await ports.evidenceQueue.request(head.id, 0);
}

interface Batch {
  readonly series: readonly ReadSeries[];
  /** Looked at, and in no file. */
  readonly passed: readonly string[];
  readonly left: readonly LeftOut[];
  readonly facts: FrozenFacts | null;
  readonly reads: number;
  /** Nothing is left to look at. */
  readonly ended: boolean;
}

/** Only what the incident's alerts are about; the lists are shared with the looks at alerts. */
async function readFacts(source: AlertSource, incident: Incident, copy: EvidenceCopy, now: number): Promise<FrozenFacts> {
  const { conn, service } = incident.head;
  const [monitors, hosts, marks] = await Promise.all([
    remembered(`monitors:${conn}`, now, FACTS_FRESH_MS, () => source.monitors()),
    remembered(`hosts:${conn}`, now, FACTS_FRESH_MS, () => source.hosts(null)),
    service === null ? deploysOf(incident) : source.annotations(service, startOf(incident) - DEPLOYS_BEFORE_MS, copy.to),
  ]);
  const alerts = copy.alerts.flatMap((id) => alertOf(incident, id) ?? []);
  const monitorIds = new Set(alerts.map(({ monitorId }) => monitorId));
  const hostIds = new Set([...alerts, ...incident.head.graphs].flatMap(({ host }) => (host === null ? [] : [host.id])));
  return { monitors: [...monitors.values()].filter(({ id }) => monitorIds.has(id)), hosts: hosts.filter(({ id }) => hostIds.has(id)), deploys: marks.slice(-DEPLOYS).map(({ id, title, from, to }) => ({ id, title: plainLine(title, 250), from, to })) };
}

async function valuesOf(source: AlertSource, wanted: WantedSeries): Promise<ReadSeries | null> {
  try {
    return { ...wanted, points: await readSeries(source, wanted, wanted.from, wanted.to) };
  } catch (error) {
    // A metric that Mackerel refuses to tell must not keep the others from being kept.
    if (error instanceof MackerelError && error.kind === 'refused') return null;
    throw error;
  }
}

/** One after the other, as far as `allowed` requests go. What was read when Mackerel fails is kept. */
async function readBatch(ports: Ports, source: AlertSource, incident: Incident, copy: EvidenceCopy, todo: readonly WantedSeries[], allowed: number): Promise<Batch> {
  const isFirst = copy.parts.length === 0;
  const facts = isFirst ? await readFacts(source, incident, copy, ports.clock.now()) : null;
  const series: ReadSeries[] = [];
  const passed: string[] = [];
  let left: readonly LeftOut[] = [];
  let reads = isFirst ? FACTS_READS : 0;
  let bytes = 0;
  const pass = (wanted: WantedSeries, why: LeftOut['why']): void => {
    passed.push(wanted.key);
    left = leaveOut(left, why, wanted.title);
  };
  for (const wanted of todo) {
    if (copy.reads + reads + wanted.reads > READS_A_COPY || wanted.reads > ONE_METRIC_READS) {
      pass(wanted, 'reads');
      continue;
    }
    if (reads + wanted.reads > allowed) return { series, passed, left, facts, reads, ended: false };
    let read: ReadSeries | null;
    try {
      read = await valuesOf(source, wanted);
    } catch (error) {
      if (series.length === 0) throw error;
      return { series, passed, left, facts, reads, ended: false };
    }
    reads += wanted.reads;
    const size = read === null ? 0 : read.points.length * 20;
    if (read === null || read.points.length === 0) pass(wanted, 'empty');
    else if (bytes + size > PART_BYTES) pass(wanted, 'size');
    else {
      bytes += size;
      series.push(read);
      if (wanted.from > startOf(incident)) left = leaveOut(left, 'older', wanted.title);
    }
  }
  return { series, passed, left, facts, reads, ended: true };
}

const fileName = (incident: Incident, copy: EvidenceCopy): string => `evidence-${incident.head.key}-${copy.n}${copy.parts.length === 0 ? '' : `-${copy.parts.length + 1}`}`;

const joined = (left: readonly LeftOut[], more: readonly LeftOut[]): readonly LeftOut[] =>
  more.reduce((all, { why, n, names }) => Array.from({ length: n }, (_, index) => names[index] ?? '').reduce((some, name) => leaveOut(some, why, name), all), left);

/** Reads a part, attaches it, and says what the copy has become. */
async function freezePart(ports: Ports, source: AlertSource, incident: Incident, pageId: string, { copy, todo }: Extract<NextFreeze, { so: 'freeze' }>, allowed: number, roomForPictures: number): Promise<EvidenceCopy> {
  const batch = await readBatch(ports, source, incident, copy, todo, allowed);
  const so = { ...copy, passed: [...copy.passed, ...batch.passed], left: joined(copy.left, batch.left), reads: copy.reads + batch.reads, done: batch.ended };
  if (batch.series.length === 0 && batch.facts === null) return so;
  const name = fileName(incident, copy);
  const attach = (mediaType: string, ending: string, data: string): Promise<EvidenceFile> => ports.evidenceFiles.attach(pageId, { name: `${name}.${ending}`, mediaType, data });
  const picture = evidencePicture(batch.series);
  const data = await attach('application/json', 'json', evidenceText(incident, copy, batch.series, batch.facts));
  const part = { data, picture: picture === null ? null : await attach('image/svg+xml', 'svg', picture), series: batch.series.map(frozenOf) };
  const known = { ...so, parts: [...copy.parts, part] };
  if (copy.parts.length > 0) return known;
  const { images, left } = await freezeImages(ports, incident, pageId, known, name, roomForPictures);
  return { ...known, left, ...(images.length === 0 ? {} : { images }) };
}

/** What is to be done now, done; answers the row as it is to be. `announce`: tells that a copy is begun; false: it is somebody else's turn by now. */
async function step(ports: Ports, mine: Evidence, announce: (copy: EvidenceCopy) => Promise<boolean>): Promise<Evidence> {
  const incident = await ports.incidents.load(mine.incidentId);
  const now = ports.clock.now();
  const evidence = incident === null ? mine : granted(incident, mine, now);
  const later = (ms: number): Evidence => ({ ...evidence, nextAt: now + ms });
  if (incident === null) return { ...evidence, work: 'rest' };
  const next = nextFreeze(incident, evidence, now);
  if (next.so === 'rest') return { ...evidence, work: 'rest', trouble: next.full ? 'full' : evidence.trouble };
  if (next.so === 'wait') return { ...evidence, nextAt: next.until };
  const { page, hidden } = incident.head;
  // Its page comes, or comes back; then somebody looks again.
  if (page === null || page.state !== 'current' || hidden !== undefined) return later(WAIT_AT_MOST_MS);
  const source = await ports.mackerel();
  if (source === null) return { ...later(WAIT_AT_MOST_MS), trouble: 'mackerel' };
  const least = FACTS_READS + (next.todo[0]?.reads ?? 0);
  const allowed = await takeReads(ports, evidence.conn, Math.min(READS_A_COPY, FACTS_READS + next.todo.reduce((sum, { reads }) => sum + reads, 0)));
  if (allowed < Math.min(least, READS_A_COPY)) return later(AGAIN_SECONDS * 1000);
  if (next.copy.parts.length === 0 && !(await announce(next.copy))) return evidence;
  const copy = await freezePart(ports, source, incident, page.id, next, allowed, roomForImages(evidence));
  const after = { ...withCopy(evidence, copy), pageId: page.id, trouble: null };
  if (!copy.done) return { ...after, nextAt: ports.clock.now() + AGAIN_SECONDS * 1000 };
  const then = nextFreeze(incident, after, ports.clock.now());
  return then.so === 'rest' ? { ...after, work: 'rest' } : { ...after, nextAt: then.so === 'wait' ? then.until : ports.clock.now() };
}

/** Freezes what is due of one incident. A failure leaves it to be taken up again, later each time. */
export async function freeze(ports: Ports, incidentId: string): Promise<void> {
  const id = ports.random.id();
  const now = ports.clock.now();
  const mine = await updateEvidence(ports, incidentId, (known) => {
    if (known === null || known.work !== 'due' || known.nextAt > now || (known.holder !== null && known.holder.until > now)) return null;
    return { ...known, attempts: known.attempts + 1, holder: { id, until: now + LEASE_MS }, nextAt: now + LEASE_MS };
  });
  if (mine === null) return;
  const announce = async ({ n }: EvidenceCopy): Promise<boolean> => (await updateEvidence(ports, incidentId, (known) => (known?.holder?.id === id ? { ...known, holder: { ...known.holder, copy: n } } : null))) !== null;
  /** Somebody else has it since the lease ended: then theirs stands. What happened meanwhile is looked at next. */
  const settle = async (next: Evidence): Promise<void> => {
    const stored = await updateEvidence(ports, incidentId, (known) => {
      if (known?.holder?.id !== id) return null;
      const again = known.woken > mine.woken ? ({ work: 'due', nextAt: ports.clock.now() } as const) : {};
      const wish = (known.wish?.opId === mine.wish?.opId ? next.wish : known.wish) ?? null;
      return { ...next, wish, ...(known.drawn === undefined ? {} : { drawn: known.drawn }), woken: known.woken, holder: null, ...again };
    });
    if (stored === null || stored.work !== 'due') return;
    const wait = (stored.nextAt - ports.clock.now()) / 1000;
    if (wait <= AGAIN_SECONDS) await ports.evidenceQueue.request(incidentId, wait);
  };
  try {
    await settle({ ...(await step(ports, mine, announce)), attempts: 0 });
  } catch (error) {
    const isPage = error instanceof AppFailure && error.code === 'page-refused';
    const trouble = isPage ? 'page' : error instanceof MackerelError ? 'mackerel' : mine.trouble;
    const wait = Math.min(WAIT_AT_MOST_MS, 15_000 * 2 ** Math.min(mine.attempts, 10));
    await settle({ ...mine, trouble, ...(mine.attempts >= GIVE_UP_AFTER ? { work: 'stuck' } : { nextAt: ports.clock.now() + wait }) });
    if (!isPage && !(error instanceof MackerelError)) throw error;
  }
}

/** Takes up everything that is due. One that fails does not keep the others. */
export async function freezeDue(ports: Ports): Promise<void> {
  const failures: unknown[] = [];
  for (const { incidentId } of await ports.evidence.due(ports.clock.now(), LISTED)) await freeze(ports, incidentId).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
