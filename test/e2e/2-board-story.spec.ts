/** One incident from the first alert to its end, on three screens at once. */
import type { Page } from '@playwright/test';
import {
  alertsOf, assignRole, blame, calm, causeOf, controlsOf, entriesOf, nudgeOf, openPaste, respond, responseOf, roleOf, screenOf, setSeverity, setStatus, severityOf, statusOf, takeRole, writeNote, type Screen,
} from './board';
import { faults, idle, invoke, openIncident, recover, struck, valueOf } from './control';
import { expect as patiently, say, saying, test } from './story';
import { pressAllAsViewer, stored } from './viewer';

interface Way {
  readonly name: string;
  /** How long a change may take to every screen, ms. */
  readonly within: number;
  /** Called for each window before it shows anything. */
  readonly window: (page: Page) => Promise<void>;
  readonly faults: readonly object[];
  /** Fails unless the story was told in this way. */
  readonly proof: (screens: readonly Screen[]) => Promise<void>;
}

/** The waits between two polls of a board, ms; nothing else in its frame waits exactly so long but the graphs' polls. */
const POLLS = [15_000, 25_000];
/** Polls wait `ms`, or never come: null. In frames alone, the page around them does not poll. */
function changePolls({ polls, ms: instead }: { readonly polls: readonly number[]; readonly ms: number | null }): void {
  if (window === window.top) return;
  const wait = window.setTimeout.bind(window);
  const changed = (run: TimerHandler, given: readonly unknown[]): number | undefined => {
    (window as { changed?: number }).changed! += 1;
    return instead === null ? undefined : wait(run, instead, ...given);
  };
  Object.assign(window, {
    changed: 0,
    setTimeout: (run: TimerHandler, ms?: number, ...given: unknown[]) => (ms !== undefined && polls.includes(ms) ? changed(run, given) : wait(run, ms, ...given)),
  });
}

async function changedPolls(screens: readonly Screen[]): Promise<void> {
  for (const { frame } of screens) patiently(await frame.locator('body').evaluate(() => (window as { changed?: number }).changed)).toBeGreaterThan(0);
}

const WAYS: readonly Way[] = [
  { name: 'as it is', within: 20_000, window: async () => undefined, faults: [], proof: async () => undefined },
  {
    name: 'by realtime alone, nobody polls',
    within: 20_000,
    window: async (page) => void (await page.addInitScript(changePolls, { polls: POLLS, ms: null })),
    faults: [],
    proof: changedPolls,
  },
  {
    name: 'by polling alone, realtime fails',
    within: 30_000,
    // How long boards wait is no matter of this story, which would be spent with waiting.
    window: async (page) => void (await page.addInitScript(changePolls, { polls: POLLS, ms: 3_000 })),
    faults: [{ target: 'realtime' }],
    proof: async (screens) => {
      patiently(await struck('realtime')).toBeGreaterThan(0);
      await changedPolls(screens);
    },
  },
];

const [ALICE, BOB, AKI] = ['有栖 佐和', 'Bob Miller', 'Aki Admin'];
/** What a board offers to those who only read: other views of the same facts. Parameters may be anything. */
const VIEWS = ['board.full-screen', 'board.recovered-count', 'timeline.show.label', 'timeline.search', 'timeline.hide-automatic', 'timeline.rewind', 'timeline.copy', 'timeline.zone.label', 'graph.zoom-in', 'graph.zoom-out', 'keys.title', 'similar.unfold', 'board.report', 'board.evidence'] as const;
/** A host's name unfolds what is known of it. */
const HOSTS = ['web-01', 'web-02'];
const isView = (name: string): boolean => HOSTS.includes(name) || VIEWS.some((key) => new RegExp(`^${saying('en', key).source}$`).test(name));
/** `HH:MM:SS` of an instant where somebody lives. */
const clockIn = (timeZone: string, ms: number): string => new Date(ms).toLocaleTimeString('en-GB', { timeZone });
const iso = (ms: number): string => new Date(ms).toISOString();

test.beforeEach(calm);
test.afterEach(() => faults([]));

for (const way of WAYS) {
  test(`three people see one incident from alert to end, ${way.name}`, async ({ open }) => {
    test.setTimeout(300_000);
    const expect = patiently.configure({ timeout: way.within });
    const pages = await Promise.all([open('alice'), open('bob'), open('viewer')]);
    await Promise.all(pages.map(way.window));
    const [alice, bob, viewer] = [screenOf(pages[0], 'ja'), screenOf(pages[1], 'en'), screenOf(pages[2], 'en')];
    const screens = [alice, bob, viewer];
    const everywhere = async (check: (screen: Screen) => Promise<unknown>): Promise<void> => void (await Promise.all(screens.map(check)));
    await faults(way.faults);

    await alice.page.goto('/');
    await alice.page.getByRole('button', { name: '決済を壊す' }).click();
    const incident = await openIncident();

    await test.step('the page shows what is broken', async () => {
      await Promise.all(pages.map((page) => page.goto(incident.page.url)));
      await everywhere(async (screen) => {
        const { frame, lang } = screen;
        await expect(frame.getByText(say(lang, 'board.key', { key: incident.key })).first()).toBeVisible();
        await expect(alertsOf(screen, 'CRITICAL').first()).toBeVisible();
        await expect(statusOf(screen)).toHaveText(say(lang, 'status.investigating'));
        await expect(severityOf(screen)).toHaveText(say(lang, 'severity.sev2'));
        await expect(frame.getByText(say(lang, 'board.nobody-yet'))).toBeVisible();
        await expect(frame.getByText(say(lang, 'board.live'))).toBeVisible();
      });
    });

    await test.step('somebody is on it', async () => {
      await respond(bob);
      await everywhere((screen) => expect(responseOf(screen)).toHaveText(say(screen.lang, 'board.responder', { name: BOB })));
    });

    await test.step('roles: one taken in one press, one given to somebody found by name', async () => {
      await takeRole(alice, 'commander');
      await assignRole(bob, 'communicator', 'aki', AKI);
      await everywhere(async (screen) => {
        await expect(roleOf(screen, 'commander')).toContainText(ALICE);
        await expect(roleOf(screen, 'communicator')).toContainText(AKI);
        await expect(entriesOf(screen, say(screen.lang, 'entry.role.taken', { role: 'commander', to: ALICE }))).toHaveCount(1);
        await expect(entriesOf(screen, say(screen.lang, 'entry.role.given', { role: 'communicator', to: AKI }))).toHaveCount(1);
      });
    });

    await test.step('notes: typed, dated back, pasted', async () => {
      const before = (minutes: number): number => Math.floor(incident.detectedAt / 1_000) * 1_000 - minutes * 60_000;
      const pasted = [before(4), before(3), before(2)].map((at) => ({ at, clock: clockIn('America/New_York', at) }));
      await writeNote(bob, 'Restarted **web-01**');
      await writeNote(alice, '監視の当番に電話した', clockIn('Asia/Tokyo', before(6)));
      const { dialog, box } = await openPaste(bob);
      await box.fill(pasted.map(({ clock }, n) => `${n === 1 ? clock.replaceAll(':', '：') : clock} pasted line ${n + 1}`).join('\n'));
      await expect(dialog.locator('.paste-preview tbody tr')).toHaveCount(3);
      await dialog.getByRole('button', { name: say('en', 'paste.send', { n: 3 }) }).click();
      await expect(bob.page.locator('dialog.app-dialog')).toHaveCount(0);
      await everywhere(async (screen) => {
        await expect(entriesOf(screen, 'Restarted web-01').locator('strong')).toHaveText('web-01');
        await expect(entriesOf(screen, '監視の当番に電話した').locator('time')).toHaveAttribute('datetime', iso(before(6)));
        for (const [n, { at }] of pasted.entries()) await expect(entriesOf(screen, `pasted line ${n + 1}`).locator('time')).toHaveAttribute('datetime', iso(at));
      });
    });

    await test.step('severity, with a note', async () => {
      await setSeverity(alice, 'sev1', '全注文に影響');
      await everywhere(async (screen) => {
        await expect(severityOf(screen)).toHaveText(say(screen.lang, 'severity.sev1'));
        await expect(entriesOf(screen, say(screen.lang, 'entry.severity.note', { from: 'sev2', to: 'sev1', fromName: 'SEV2', toName: 'SEV1', note: '全注文に影響' }))).toHaveCount(1);
      });
    });

    await test.step('a deploy is judged to be the cause', async () => {
      await blame(bob, 'deploy #4711');
      await everywhere(async (screen) => {
        await expect(causeOf(screen)).toContainText('deploy #4711');
        await expect(entriesOf(screen, say(screen.lang, 'entry.cause.deploy', { title: 'deploy #4711' }))).toHaveCount(1);
      });
    });

    await test.step('mitigated', async () => {
      await setStatus(alice, 'mitigated');
      await everywhere(async (screen) => {
        await expect(statusOf(screen)).toHaveText(say(screen.lang, 'status.mitigated'));
        await expect(entriesOf(screen, say(screen.lang, 'entry.status', { from: 'investigating', to: 'mitigated' }))).toHaveCount(1);
      });
    });

    await test.step('recovered: the board proposes the end and does not bring it about', async () => {
      await recover();
      await everywhere(async (screen) => {
        await expect(screen.frame.getByText(say(screen.lang, 'alert.none-open'))).toBeVisible();
        if (screen !== viewer) await expect(nudgeOf(screen)).toContainText(say(screen.lang, 'hint.recovered'));
        await expect(statusOf(screen)).toHaveText(say(screen.lang, 'status.mitigated'));
      });
      await expect(nudgeOf(viewer)).toHaveCount(0);
    });

    await test.step('the viewer can change nothing, by screen or by verb', async () => {
      expect((await controlsOf(bob)).filter((name) => !isView(name))).toContain(say('en', 'role.take', { role: say('en', 'role.scribe') }));
      expect((await controlsOf(viewer)).filter((name) => !isView(name))).toEqual([]);
      await idle();
      const before = await stored(incident.id);
      // In this story no alert waits for a judgement that could be dismissed.
      expect((await pressAllAsViewer(incident.id)).filter(([, code]) => code !== 'forbidden')).toEqual([['candidate.dismiss', 'not-found']]);
      expect(await stored(incident.id)).toEqual(before);
      // The same press by somebody who may is seen in what is stored.
      valueOf(await invoke('alice', 'incident.line', { incidentId: incident.id, opId: crypto.randomUUID(), line: 'situation', text: 'Orders go through again', base: 0 }));
      expect(await stored(incident.id)).not.toEqual(before);
    });

    await test.step('resolved, as proposed', async () => {
      await nudgeOf(bob).getByRole('button', { name: say('en', 'hint.recovered.do') }).click();
      await everywhere(async (screen) => {
        await expect(statusOf(screen)).toHaveText(say(screen.lang, 'status.resolved'));
        await expect(nudgeOf(screen)).toHaveCount(0);
        await expect(screen.frame.getByText('Orders go through again').first()).toBeVisible();
      });
    });

    await test.step('closed, with one and the same timeline on every screen', async () => {
      await setStatus(alice, 'closed');
      await everywhere(async (screen) => {
        await expect(statusOf(screen)).toHaveText(say(screen.lang, 'status.closed'));
        await expect(entriesOf(screen, say(screen.lang, 'entry.status', { from: 'resolved', to: 'closed' }))).toHaveCount(1);
        await expect(screen.frame.getByRole('button', { name: say(screen.lang, 'board.reopen') })).toHaveCount(screen === viewer ? 0 : 1);
      });
      const times = ({ frame }: Screen): Promise<string[]> => frame.locator('.timeline-box time').evaluateAll((all) => all.map((one) => one.getAttribute('datetime') ?? ''));
      const [first = [], ...others] = await Promise.all(screens.map(times));
      expect(first.length).toBeGreaterThan(12);
      for (const other of others) expect(other).toEqual(first);
    });

    await way.proof(screens);
  });
}
