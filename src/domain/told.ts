/** What a webhook says of an alert, made a sighting: its word stands until Mackerel itself was read. Pure. */
import { toldLineId } from './alert-entries';
import { metricPlan } from './metric';
import type { AlertLog, AlertSighting, Hint, Told } from './model';
import { own } from './own';

/** The webhook's words for why, in the log's. Unknown ones are kept as they are. */
const TRIGGERS: Readonly<Record<string, string>> = {
  monitor: 'monitoring',
  'manual close': 'manual',
  'delete monitor': 'monitorDelete',
  'retire host': 'hostRetire',
  'delete service': 'serviceDelete',
  'anomaly detection manually retraining': 'anomalyDetectionManuallyRetraining',
  'attach external monitoring to a different service': 'externalMonitoringServiceChange',
};

function toldLine(hint: Hint, told: Told): AlertLog {
  const { alertId, changedAt, receivedAt } = hint;
  return { id: toldLineId(alertId, told.status, changedAt), status: told.status, trigger: own(TRIGGERS, told.trigger) ?? told.trigger, at: changedAt, value: told.value, heardAt: receivedAt };
}

/** null: the hint only says where to look. `mapped`: names of services that have a space; one of these is preferred. */
export function toldSighting(hint: Hint, mapped: readonly string[]): AlertSighting | null {
  const { told, alertId, changedAt } = hint;
  if (told == null || changedAt <= 0) return null;
  const services = [...(told.service === null ? [] : [told.service]), ...(told.host?.roles ?? []).map((role) => role.split(':')[0] ?? role)];
  return {
    id: alertId,
    monitorId: null,
    monitorName: told.monitorName,
    monitorType: told.type,
    monitorMemo: told.memo,
    host: told.host === null ? null : { id: told.host.id, name: told.host.name },
    service: services.find((name) => mapped.includes(name)) ?? services[0] ?? null,
    roles: told.host?.roles ?? [],
    metricName: told.metric,
    unit: told.metric === null ? null : metricPlan(told.metric).unit,
    operator: told.operator,
    warning: told.warning,
    critical: told.critical,
    message: told.message,
    openedAt: told.openedAt ?? changedAt,
    reason: null,
    value: told.value,
    factsAt: 0,
    toldAt: changedAt,
    ...(told.image === undefined ? {} : { image: { name: told.image, at: changedAt } }),
    read: null,
    status: told.status,
    statusAt: changedAt,
    closedAt: told.status === 'OK' ? changedAt : null,
    logs: [toldLine(hint, told)],
  };
}
