import type { ReportInput } from '../../src/contract';

/** What nobody has to choose. */
export const PLAIN = { form: 'first', lang: 'ja', zone: 'Asia/Tokyo', choices: { people: false, hosts: false, links: false, notes: false, alerts: false, tickets: false }, edits: {} } as const;
export const reportOn = (incidentId: string, more: Partial<ReportInput> = {}): ReportInput => ({ incidentId, ...PLAIN, ...more });
