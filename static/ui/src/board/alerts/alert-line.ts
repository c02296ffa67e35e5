import type { AlertView } from '../../../../../src/contract';
import type { Words } from '../../words';

/** An alert in one line of plain text, for places that only name it. */
export function alertLine(alert: AlertView, words: Words): string {
  const where = [alert.host?.name, alert.service].filter(Boolean).join(' · ');
  const value = alert.now?.value ?? alert.valueAtOpening;
  return [words.t(`alert.status.${alert.status}`), alert.monitorName, where, value === null ? '' : words.value(value, alert.unit)].filter((part) => part !== '').join('  ');
}
