/** A site with Jira beside it, as tests use it in which alerts wait for people, are delivered again and find their incident. */
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { jiraOf, type Jira } from './jira';

export interface AlertRoom {
  readonly site: TestSite;
  readonly jira: Jira;
  /** What is on its way comes, and the sweeper with it. */
  look(): Promise<void>;
  /** Longer than any lease passes before that. */
  minutesPass(): Promise<void>;
  /** Whether alice is asked about the alert. */
  waits(alertId: string): Promise<boolean>;
  /** Mackerel's webhook tells of the alert, which must be accepted. */
  tell(alertId: string): Promise<void>;
}

export async function openAlertRoom(): Promise<AlertRoom> {
  const site = await startTestSite(WITHOUT_QUOTA);
  const room: AlertRoom = {
    site,
    jira: jiraOf(site),
    async look() {
      await site.rest();
      await site.control('POST', 'run/sweep');
      await site.rest();
    },
    async minutesPass() {
      await site.later(6 * 60_000);
      await site.control('POST', 'run/sweep');
      await site.rest();
    },
    waits: async (id) => (await site.ok('alice', 'home.load', {})).candidates.some(({ alert }) => alert.id === id),
    async tell(id) {
      const body = JSON.stringify({ event: 'alert', alert: { id, status: 'critical', isOpen: true } });
      const { status } = await fetch(await site.webhookUrl(), { method: 'POST', body, headers: { 'content-type': 'application/json' } });
      expect(status).toBe(202);
    },
  };
  return room;
}
