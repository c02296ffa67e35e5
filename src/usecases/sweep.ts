import type { Ports } from '../ports';
import { drain, resumeSagas } from './drain';
import { goOnErasing } from './erase';
import { freezeDue } from './freeze';
import { Troubles } from './place-alerts';
import { seekHidden } from './hidden-page';
import { flushOutbox, sendDueNotices } from './notices';
import { removeOldSample } from './sample';
import { workOnDue } from './ticket-job';

const INCIDENTS = 100;

/**
 * Every five minutes: looks at Mackerel even if no webhook came, resumes what a crash left, sends what waits.
 * One part failing does not keep the others from running; the first error is thrown at the end so that it is logged.
 */
export async function sweep(ports: Ports): Promise<void> {
  // Also where nothing is set up any more.
  await goOnErasing(ports);
  const row = await ports.settings.load();
  if (row === null) return;
  const parts: (() => Promise<void>)[] = [
    () => drain(ports, true),
    async () => {
      // Also while another look has its turn.
      const troubles = new Troubles();
      await resumeSagas(ports, troubles);
      troubles.throwFirst();
    },
    async () => {
      const heads = await Promise.all((['open', 'ended'] as const).map((state) => ports.incidents.list(row.value.conn, state, INCIDENTS)));
      const troubles = new Troubles();
      await troubles.each(heads.flat(), async (head) => {
        const incident = head.outbox.length === 0 ? null : await ports.incidents.load(head.id);
        if (incident !== null) await flushOutbox(ports, incident);
      });
      troubles.throwFirst();
    },
    () => seekHidden(ports, row.value.conn),
    () => removeOldSample(ports, row.value.conn),
    () => workOnDue(ports),
    () => sendDueNotices(ports),
    // Last: what is read for it may wait for the next time.
    () => freezeDue(ports),
  ];
  const failures: unknown[] = [];
  for (const part of parts) await part().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
