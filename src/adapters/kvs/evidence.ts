/** What is known of an incident's frozen values is one row; its index tells what is due. */
import type { Evidence } from '../../domain/evidence';
import type { EvidenceStore } from '../../ports';
import { listRows, makeRow, readRow, replaceRow, type Row } from './storage';

interface EvidenceRow extends Row {
  readonly work: Evidence['work'];
  readonly nextAt: number;
  readonly doc: Evidence;
}
export const evidenceKey = (incidentId: string): string => `evidence:${incidentId}`;

export function createEvidenceStore(): EvidenceStore {
  const row = (doc: Evidence, ver: number): EvidenceRow => ({ work: doc.work, nextAt: doc.nextAt, ver, doc });
  return {
    async get(incidentId) {
      const found = await readRow<EvidenceRow>('evidence', evidenceKey(incidentId));
      return found === null ? null : { ver: found.ver, value: found.doc };
    },
    put: (evidence, ver) => {
      const key = evidenceKey(evidence.incidentId);
      return ver === null ? makeRow('evidence', key, row(evidence, 1)) : replaceRow('evidence', key, row(evidence, ver + 1), ver);
    },
    due: async (now, limit) => (await listRows<EvidenceRow>('evidence', { index: 'by-work', partition: ['due'], limit, upTo: now })).map(({ doc }) => doc),
    stuck: async (limit) => (await listRows<EvidenceRow>('evidence', { index: 'by-work', partition: ['stuck'], limit })).map(({ doc }) => doc),
  };
}
