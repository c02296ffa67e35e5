/** Records as files: saved as the browser saves them, packed as it sends them. */
import { gzipSync } from 'node:zlib';
import type { RecordPage } from '../../src/contract';
import { collected, recordFile, type Collected } from '../../static/ui/src/settings/data/collect';
import type { TestSite } from './harness';

/** What the record's button saves. */
export async function savedRecord(site: TestSite, user: string, incidentId: string): Promise<string> {
  let so: Collected | null = null;
  let after: string | null = null;
  do {
    const page: RecordPage = await site.ok(user, 'report.record', { incidentId, after });
    so = collected(so, { rows: page.rows, now: page.now, next: null });
    after = page.next;
  } while (after !== null);
  return recordFile(so);
}
export const packed = (text: string): string => gzipSync(text).toString('base64');
