/**
 * From hints to incidents: what they name is looked at in Mackerel, and every alert finds its place. Safe to run twice or
 * concurrently: claims and versions settle who was first.
 */
import { isFollowed } from '../domain/imported';
import type { Hint, Settings } from '../domain/model';
import type { MackerelError, Ports, SourceAlert } from '../ports';
import { downtimesOnce, type DowntimesRead } from './downtimes';
import { lookAtHinted } from './look-at-alerts';
import { placeAlerts, Troubles } from './place-alerts';
import { noteFailure, notePoll } from './pulse';
import { drainStarts, oweWholeLook, requestDrain, requestDrainLater, takeWholeLook } from './receive-webhook';
import { reconcile } from './reconcile';
import { advance } from './saga';
import { takeTurn, type Done, type Turn } from './turn';

const HINTS_AT_ONCE = 500;
const OPEN_INCIDENTS = 100;
/** Index reads lag: a hint stored just before this look may not be listed yet, so one more look follows. */
const TRAIL_SECONDS = 3;
/** A little longer than a saga's lease, so that whoever died holding one is taken over. */
const RESUME_SECONDS = 16;
/** While more comes in than this, values are read only by the boards that are open. */
const FEW_HINTS = 20;
/** After a look that could not read all it wanted; what a minute may ask for is free again then. */
const OWED_SECONDS = 20;

/** Takes up sagas nobody holds. True when one is still on its way. */
export async function resumeSagas(ports: Ports, troubles: Troubles): Promise<boolean> {
  let underWay = false;
  await troubles.each(await ports.sagas.due(ports.clock.now() + RESUME_SECONDS * 1000, 25), async (saga) => {
    if ((await advance(ports, saga.intent.incidentId, { as: 'app' })) === 'elsewhere') underWay = true;
  });
  return underWay;
}

interface Drained {
  readonly hints: readonly Hint[];
  /** Mackerel was asked. */
  readonly read: boolean;
  readonly failure: MackerelError | null;
  readonly owed: boolean;
  /** Seconds until the next look; null: none is needed. */
  readonly next: number | null;
}

async function drainHints(ports: Ports, settings: Settings, turn: Turn): Promise<Drained> {
  const hints: readonly Hint[] = await ports.hints.list(settings.conn, HINTS_AT_ONCE);
  const troubles = new Troubles();
  let elsewhere = false;
  let owed = false;
  let read = false;
  let failure: MackerelError | null = null;
  if (hints.length > 0) {
    const [open, source] = await Promise.all([ports.incidents.list(settings.conn, 'open', OPEN_INCIDENTS), ports.mackerel()]);
    const heads = open.filter(isFollowed);
    const look = await lookAtHinted(ports, source, settings, turn.reads, hints);
    owed = look.owed;
    failure = look.failure;
    read = source !== null && failure === null;
    const unread = async (): Promise<DowntimesRead> => ({ downtimes: [], failure: look.failure });
    const downtimes = source === null || failure !== null ? unread : downtimesOnce(ports, settings.conn, source, () => turn.reads.spend(1));
    const placed = await placeAlerts(ports, { settings, heads, sightings: look.sightings, downtimes, live: read && hints.length <= FEW_HINTS, candidates: false }, troubles);
    elsewhere = placed.elsewhere;
    owed ||= placed.more;
  }
  const underWay = (await resumeSagas(ports, troubles)) || elsewhere;
  troubles.throwFirst();
  if (!underWay) await ports.hints.remove(hints);
  const next = hints.length === HINTS_AT_ONCE ? 0 : underWay ? RESUME_SECONDS : failure !== null ? Math.max(OWED_SECONDS, (failure.retryAfterMs ?? 0) / 1000) : owed ? OWED_SECONDS : hints.length > 0 ? TRAIL_SECONDS : null;
  return { hints, read, failure, owed, next };
}

/**
 * Runs one look for the configured connection, or asks for one later when another is at it. `whole`: compares everything
 * Mackerel has with everything that is recorded, whatever was hinted. Throws when storage or products fail, leaving the
 * hints for the next.
 */
export async function drain(ports: Ports, whole = false): Promise<void> {
  const row = await ports.settings.load();
  if (row === null) return;
  const settings = row.value;
  await drainStarts(ports, settings.conn);
  const answer = await takeTurn(ports, settings.conn);
  // Whoever has the turn may have died with it, and with the look that was to follow.
  if ('waitMs' in answer) return await requestDrainLater(ports, settings.conn, Math.max(1, Math.ceil(answer.waitMs / 1000)));
  const { turn } = answer;
  let done: Done = { hints: 0, completeTo: null, owed: turn.owed || whole };
  try {
    // Asked for and lost when this look dies: the next sweep looks at everything anyway.
    if (await takeWholeLook(ports, settings.conn)) done = { ...done, owed: true };
    const drained = await drainHints(ports, settings, turn);
    const { hints } = drained;
    done = { ...done, hints: hints.length, owed: done.owed || drained.owed };
    let { next, failure } = drained;
    let open: readonly SourceAlert[] | null = null;
    if (done.owed && hints.length <= FEW_HINTS) {
      const looked = await reconcile(ports, settings, turn);
      done = { ...done, completeTo: looked.completeTo, owed: looked.owed };
      ({ open } = looked);
      failure ??= looked.failure;
      if (looked.soon) next = Math.min(next ?? OWED_SECONDS, OWED_SECONDS);
    }
    if (hints.length > 0 || open !== null) await notePoll(ports, settings.conn, { at: ports.clock.now(), read: drained.read || open !== null, open, heard: hints });
    if (failure !== null) await noteFailure(ports, failure);
    if (next === 0) await requestDrain(ports, settings.conn);
    else if (next !== null) await requestDrainLater(ports, settings.conn, Math.ceil(next));
  } finally {
    // What is owed is not forgotten by one who did not know of it.
    if (!(await turn.end(done)) && done.owed) await oweWholeLook(ports, settings.conn);
  }
}
