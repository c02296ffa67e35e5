/** State is a word first; the colour goes with it. */
import type { AlertNowView, IncidentStatus, Severity, TicketKind } from '../contract';
import type { Kit } from './kit';

export type Look = 'default' | 'inprogress' | 'moved' | 'new' | 'removed' | 'success';
export const SEVERITY_LOOK: Readonly<Record<Severity, Look>> = { pending: 'default', sev1: 'removed', sev2: 'moved', sev3: 'default', sev4: 'default' };
export const STATUS_LOOK: Readonly<Record<IncidentStatus, Look>> = {
  investigating: 'inprogress', identified: 'inprogress', mitigated: 'inprogress', resolved: 'success', closed: 'success', cancelled: 'default', merged: 'default',
};
export const KINDS = ['detect', 'mitigate', 'prevent', 'process', 'document'] as const satisfies readonly TicketKind[];
export const SEVERITIES = ['pending', 'sev1', 'sev2', 'sev3', 'sev4'] as const satisfies readonly Severity[];

/** `checkout p95 (web-01): firing since 10:12` */
export function alertLine(alert: AlertNowView, now: number, kit: Kit): string {
  const name = alert.hostName === null ? alert.monitorName : `${alert.monitorName} (${alert.hostName})`;
  if (alert.firingSince !== null) return kit.say('jira.alert.firing', { name, at: kit.time(alert.firingSince) });
  return alert.recoveredAt === null ? kit.say('jira.alert.quiet', { name }) : kit.say('jira.alert.recovered', { name, ago: kit.ago(alert.recoveredAt, now) });
}
