import './bridge';
import { JiraFault } from '../../static/ui/src/api';
import { dayIn, dayText, daysLeft } from '../../static/ui/src/jira/due';
import { watchIssues } from '../../static/ui/src/jira/watch';

describe('watching issues', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const source = () => {
    const asked: (readonly string[])[] = [];
    const state = { visible: true, fails: null as JiraFault | null };
    const watch = watchIssues({
      read: async (ids) => {
        asked.push(ids);
        if (state.fails !== null) throw state.fails;
        return new Map();
      },
      visible: () => state.visible,
    });
    return { asked, state, watch };
  };

  test('every 25 seconds while somebody looks, never while nobody does', async () => {
    const { asked, state, watch } = source();
    watch.want(['1'], '1:0');
    await jest.advanceTimersByTimeAsync(25_000);
    expect(asked).toHaveLength(2);
    state.visible = false;
    await jest.advanceTimersByTimeAsync(200_000);
    expect(asked).toHaveLength(2);
    state.visible = true;
    watch.look();
    watch.look();
    await jest.advanceTimersByTimeAsync(100);
    expect(asked.length).toBeLessThanOrEqual(4);
    watch.stop();
  });

  test('asked to slow down it waits as long as Jira says, whatever happens meanwhile', async () => {
    const { asked, state, watch } = source();
    state.fails = new JiraFault('busy', 40_000);
    watch.want(['1'], '1:0');
    await jest.advanceTimersByTimeAsync(100);
    state.fails = null;
    watch.look();
    watch.want(['1'], '1:5');
    await jest.advanceTimersByTimeAsync(35_000);
    expect(asked).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(6_000);
    expect(asked).toHaveLength(2);
    expect(watch.state().fault).toBeNull();
    watch.stop();
  });
});

describe('days', () => {
  test('are those of the reader’s zone', () => {
    const late = Date.UTC(2026, 10, 23, 16, 0); // already the 24th in Tokyo
    expect(dayIn('Asia/Tokyo', late)).toBe('2026-11-24');
    expect([daysLeft('2026-11-24', 'Asia/Tokyo', late), daysLeft('2026-11-24', 'UTC', late)]).toEqual([0, 1]);
    expect(daysLeft('2027-03-29', 'Europe/Berlin', Date.UTC(2027, 2, 27, 12))).toBe(2); // over a change of clocks
    expect(dayText('2027-01-05', 'ja-JP', late)).toBe('2027年1月5日');
  });
});
