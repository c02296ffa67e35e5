/** The variables of a page filled in again, by a press that dies: the page says it once, in one version more. */
import { randomUUID } from 'node:crypto';
import { deskOf } from '../desk';
import type { Scene } from '../kill-scene';

export const refreshingScenes: readonly Scene[] = [
  {
    verb: 'page.refresh',
    async prepare({ site }) {
      const { incidentId, page } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: `Led ${randomUUID()}`, severity: 'sev3', visibility: 'public', candidateId: null, template: 'postmortem' });
      const desk = deskOf(site, incidentId);
      await desk.press('alice', 'incident.severity', { severity: 'sev1' });
      const { version } = await site.ok('alice', 'page.outdated', { incidentId });
      return {
        user: 'alice',
        payload: { incidentId, opId: randomUUID(), version },
        async check() {
          const text = JSON.stringify((await site.page('alice', page?.id ?? '')).adf);
          const after = await site.ok('alice', 'page.outdated', { incidentId });
          expect([text.includes('(SEV1,'), text.includes('(SEV3,'), after.changes, after.version, await desk.told('entry.page.refreshed')]).toEqual([true, false, [], version + 1, 1]);
          await desk.press('alice', 'incident.status', { status: 'closed' });
        },
      };
    },
  },
];
