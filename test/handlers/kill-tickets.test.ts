/** Making and linking a ticket while each of their outside calls fails, loses its answer after its effect, or is the last of its process. */
import { randomUUID } from 'node:crypto';
import type { TicketView } from '../../src/contract';
import { declareDesk, type Desk } from './desk';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { jiraOf, type Jira } from './jira';
import { callsOf, changes, strikeAfter } from './moments';
import { ticketWays } from './scenes/tickets';

let site: TestSite;
let jira: Jira;
let desk: Desk;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
  jira = jiraOf(site);
  desk = await declareDesk(site, 'Survives');
  await site.rest();
}, 180_000);
afterAll(async () => await site.stop());

const HARMS = { fails: { status: 500 }, 'loses its answer': { lose: true }, 'is the last': { kill: true } } as const;
/** Storage is asked often and alike: each run looks at some of its calls, Jira's are all looked at. */
const USUAL_STRIDE = 12;
const KVS_STRIDE = Number(process.env['KILL_KVS_STRIDE'] ?? USUAL_STRIDE);
let turn = new Date().getUTCDate();

/** Minutes pass, and the sweeper comes. Longer than Jira is searched for. */
async function settle(): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await site.later(6 * 60_000);
    await site.control('POST', 'run/sweep');
    // A search that waits for its time is let come by the next round.
    await site.settle();
  }
}

async function linkedOnce(summary: string): Promise<void> {
  const issues = (await jira.search(`project = OPS AND summary ~ "${summary}"`)).filter((issue) => issue.fields.summary === summary);
  expect(issues).toHaveLength(1);
  const id = issues[0]?.id ?? '';
  const [ticket, ...more] = (await desk.board()).tickets.filter(({ issueId }) => issueId === id);
  expect(more).toEqual([]);
  expect(ticket).toMatchObject({ state: 'linked', shownInJira: true, linked: true } satisfies Partial<TicketView>);
  expect((await jira.issue(id)).properties['mackerel_incident']).toMatchObject({ link: ticket?.id });
  expect(await jira.links(id)).toHaveLength(1);
}

/** What the person finds who comes back: one that stayed in doubt can be made again. */
async function visit(summary: string): Promise<void> {
  for (const doubtful of (await desk.board()).tickets.filter((ticket) => ticket.state === 'unsure' && ticket.summary === summary)) {
    await desk.press('alice', 'ticket.again', { ticketId: doubtful.id });
  }
}

describe.each(ticketWays)('$way', ({ way, verb, prepare }) => {
  test.each(Object.entries(HARMS))('when a call %s', async (how, harm) => {
    const name = (n: number | string): string => `${way} ${how} ${n} ${randomUUID().slice(0, 8)}`;
    const payload = { incidentId: desk.incidentId, ...(await prepare({ jira, desk, settle }, name('clean'))) };
    await site.control('POST', 'log/reset');
    expect(await site.outcome('alice', verb, { opId: randomUUID(), ...payload })).toBe('ok');
    const calls = await callsOf(site);
    expect(calls.filter((call) => call.target === 'jira' && changes(call)).length).toBeGreaterThan(1);
    await settle();
    let struck = 0;
    for (const [index, call] of calls.entries()) {
      if (call.target !== 'jira' && (turn += 1) % KVS_STRIDE !== 0) continue;
      const summary = name(index);
      const press = { incidentId: desk.incidentId, opId: randomUUID(), ...(await prepare({ jira, desk, settle }, summary)) };
      const what = `${way}, ${how}: call ${index}, ${call.target} ${call.method} ${call.path}`;
      await site.faults([strikeAfter(calls, index, harm)]);
      const first = await site.outcome('alice', verb, press);
      const rules = await site.control<{ struck: number }[]>('GET', 'faults');
      await site.faults([]);
      struck += rules[0]?.struck ?? 0;
      expect([what, ['ok', 'busy', 'internal', 'not-found', 'jira-absent', 'FUNCTION_CRASHED']]).toEqual([what, expect.arrayContaining([first])]);
      await settle();
      expect([what, await site.outcome('alice', verb, press)]).toEqual([what, 'ok']);
      await visit(summary);
      await settle();
      await linkedOnce(summary).catch((error: unknown) => {
        throw new Error(`${what} (${first})\n${error instanceof Error ? error.message : String(error)}`);
      });
      // A full incident takes no more.
      for (const { id } of (await desk.board()).tickets) await desk.press('alice', 'ticket.unlink', { ticketId: id });
    }
    expect(struck).toBeGreaterThan(2);
  }, 240_000 * Math.max(1, USUAL_STRIDE / KVS_STRIDE));
});
