/** A report becomes a page: one page and one row of the list, whichever call was the last of a process. */
import { randomUUID } from 'node:crypto';
import { declareDesk } from '../desk';
import type { Scene } from '../kill-scene';
import { PLAIN, reportOn } from '../report-room';

export const reportScenes: readonly Scene[] = [
  {
    verb: 'report.publish',
    async prepare({ site }) {
      const desk = await declareDesk(site, `Reported ${randomUUID()}`);
      const { seen } = await site.ok('alice', 'report.load', { ...reportOn(desk.incidentId), draft: true });
      return {
        user: 'alice',
        payload: { ...reportOn(desk.incidentId), ...PLAIN, seen, opId: randomUUID() },
        async check() {
          const { published } = await site.ok('bob', 'report.load', { ...reportOn(desk.incidentId), draft: true });
          const { key } = (await desk.board()).incident;
          const pages = (await site.pages('SRE')).filter(({ title }) => title.includes('障害報告書') && title.includes(key));
          expect([published.map(({ n, page }) => [n, page.id]), pages.length]).toEqual([[[1, pages[0]?.id]], 1]);
          await desk.press('alice', 'incident.status', { status: 'closed' });
        },
      };
    },
  },
];
