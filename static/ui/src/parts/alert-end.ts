import type { AlertView } from '../../../../src/contract';
import type { Words } from '../words';

const KNOWN_ENDS = ['manual', 'monitorDelete', 'hostRetire', 'serviceDelete', 'anomalyDetectionManuallyRetraining', 'externalMonitoringServiceChange'] as const;

/** How an alert came to its end; `time`: of that, as the reader writes it. */
export function alertEnd({ t }: Words, { closedBy }: AlertView, time: string): string {
  const known = KNOWN_ENDS.find((end) => end === closedBy);
  return closedBy === null ? t('alert.recovered-at', { time }) : t(`alert.closed-by.${known ?? 'other'}`, { time });
}
