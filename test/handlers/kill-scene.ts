/** Something the app does whose process dies after each of its calls; done again, or left to whoever comes next, it has one effect. */
import type { AppApi, Verb } from '../../src/contract';
import { openAlertRoom, type AlertRoom } from './alert-room';
import { declareDesk, type Desk } from './desk';
import type { TestSite } from './harness';
import { healthRoom, type HealthRoom } from './health-room';
import { callsOf, changes, strikeAfter, type OutsideCall } from './moments';

/** Every call that changes something is a moment to die; a read leaves things as the call before it did, so some are enough. */
const READ_STRIDE = Number(process.env['KILL_READ_STRIDE'] ?? 18);
/** What takes long to prepare, or runs through steps that others die in too, dies after every n-th change, from a start that moves on with the day. */
const USUAL_STRIDE = 12;
const LONG_STRIDE = Number(process.env['KILL_LONG_STRIDE'] ?? USUAL_STRIDE);
/** For the usual share of the moments; more of them take as much more. */
const LIMIT_MS = 600_000 * Math.max(1, USUAL_STRIDE / LONG_STRIDE);
const LEASE_MS = 20_000;

/** Where scenes are played: a site, and an incident that outlives them. */
export interface KillRoom extends AlertRoom, Pick<HealthRoom, 'health' | 'stuck' | 'deadSaga' | 'droppedNotice' | 'unsureTicket'> {
  readonly desk: Desk;
}
async function openKillRoom(): Promise<KillRoom> {
  const room = await openAlertRoom();
  const desk = await declareDesk(room.site, 'Survives');
  await room.site.rest();
  return { ...healthRoom(room.site), ...room, desk };
}

interface Outcome {
  /** What must be so before it is done again. */
  meanwhile?(): Promise<void>;
  /** What must be so in the end: exactly one effect. */
  check(): Promise<void>;
}
export interface ScenePress<V extends Verb = Verb> extends Outcome {
  readonly user: string;
  readonly payload: Parameters<AppApi[V]>[0];
}
/** One way to press, from a situation made anew each time. */
export interface Scene<V extends Verb = Verb> {
  readonly verb: V;
  /** Tells scenes of one verb apart. */
  readonly way?: string;
  /** The press is not sent again: what is left to do is done without its presser. */
  readonly alone?: boolean;
  readonly long?: boolean;
  prepare(room: KillRoom): Promise<ScenePress<V>>;
}
/** What the app does by itself, run now. */
export interface Run {
  readonly run: 'sweep' | 'uninstall';
  readonly way: string;
  readonly long?: boolean;
  prepare(room: KillRoom): Promise<Outcome>;
}

interface Act {
  readonly name: string;
  readonly functionKey: string;
  readonly again: boolean;
  readonly stride: number;
  /** `go` answers `ok`, or by what it ended. */
  prepare(): Promise<Outcome & { go(): Promise<string> }>;
}
const nameOf = (scene: Scene | Run): string => ['verb' in scene ? scene.verb : scene.run, ...(scene.way === undefined ? [] : [scene.way])].join(', ');
const strideOf = ({ long }: { readonly long?: boolean }): number => (long === true ? LONG_STRIDE : 1);
function pressing(room: KillRoom, scene: Scene): Act {
  const { verb, alone, prepare } = scene;
  return {
    name: nameOf(scene),
    functionKey: 'resolver',
    again: alone !== true,
    stride: strideOf(scene),
    async prepare() {
      const { user, payload, ...outcome } = await prepare(room);
      return { ...outcome, go: () => room.site.outcome(user, verb, payload) };
    },
  };
}
const CRASHED = 'FUNCTION_CRASHED';
const ENDED = 'The function process ended before it answered.';
const FUNCTIONS = { sweep: 'sweep-five-minutes', uninstall: 'before-uninstall' } as const;
function running(room: KillRoom, scene: Run): Act {
  const { run, prepare } = scene;
  const go = (): Promise<string> => room.site.control('POST', run === 'sweep' ? 'run/sweep' : run).then(() => 'ok', (error: unknown) => (String(error).includes(ENDED) ? CRASHED : String(error)));
  return { name: nameOf(scene), functionKey: FUNCTIONS[run], again: true, stride: strideOf(scene), prepare: async () => ({ ...(await prepare(room)), go }) };
}

let turn = new Date().getUTCDate();
/** The moments of a run to die at; at least one of those that changed something. */
function chosen(calls: readonly OutsideCall[], stride: number): readonly number[] {
  turn += 1;
  const all = [...calls.keys()];
  const changing = all.filter((index) => calls.slice(index, index + 1).some(changes));
  const nth = (indices: readonly number[], every: number): readonly number[] => indices.filter((_index, n) => (n + turn) % every === 0);
  return [...nth(changing, Math.min(stride, changing.length)), ...nth(all.filter((index) => !changing.includes(index)), READ_STRIDE * stride)].sort((a, b) => a - b);
}

async function dieEverywhere(site: TestSite, act: Act): Promise<void> {
  const clean = await act.prepare();
  await site.control('POST', 'log/reset');
  expect([act.name, await clean.go()]).toEqual([act.name, 'ok']);
  const calls = await callsOf(site, act.functionKey);
  await clean.check();
  expect(calls.filter(changes).length).toBeGreaterThan(0);
  let deaths = 0;
  let moments = 0;
  for (const index of chosen(calls, act.stride)) {
    const call = calls[index];
    if (call === undefined) throw new Error('no such call');
    if (changes(call)) moments += 1;
    const { go, meanwhile, check } = await act.prepare();
    await site.faults([strikeAfter(calls, index, { kill: true })]);
    const outcome = await go();
    await site.faults([]);
    const what = `${act.name} died after call ${index}: ${call.target} ${call.method} ${call.path}`;
    // The log of another run may be shorter: then nothing died, and it is simply done.
    if (outcome === CRASHED) deaths += 1;
    else expect([what, outcome]).toEqual([what, 'ok']);
    const told = (error: unknown): never => {
      throw new Error(`${what}\n${error instanceof Error ? error.message : String(error)}`);
    };
    await meanwhile?.().catch(told);
    await site.later(LEASE_MS);
    if (act.again) expect([what, await go()]).toEqual([what, 'ok']);
    await check().catch(told);
  }
  expect(deaths).toBeGreaterThanOrEqual(moments - 1);
}

/** A test for each, on a site of their own. */
export function playKillScenes(scenes: readonly (Scene | Run)[]): void {
  let room: KillRoom;
  beforeAll(async () => {
    room = await openKillRoom();
  }, 180_000);
  afterAll(async () => await room.site.stop());
  test.each(scenes.map((scene) => ({ name: nameOf(scene), scene })))('$name', ({ scene }) => dieEverywhere(room.site, 'verb' in scene ? pressing(room, scene) : running(room, scene)), LIMIT_MS);
}
