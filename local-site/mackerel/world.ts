/** Everything the parts of the stand-in share. */
import type { SiteClock } from '../types';
import { atomic, sql, type Atomically } from '../core/sql';
import { openMackerelDb } from './db';
import { alertStore, type AlertStore } from './store/alerts';
import { annotationStore, type AnnotationStore } from './store/annotations';
import { channelStore, deliveryStore, type ChannelStore, type DeliveryStore } from './store/channels';
import { hostStore, type HostStore } from './store/hosts';
import { metricStore, type MetricStore } from './store/metrics';
import { judgementStore, monitorStore, type JudgementStore, type MonitorStore } from './store/monitors';
import { scenarioStore, type ScenarioStore } from './store/scenarios';
import { serviceStore, type ServiceStore } from './store/services';

export const ORG = { id: '3orgLocal01', name: 'local', displayName: 'Local' } as const;

/** Well-known keys of this computer's stand-in; they open nothing else. */
export const API_KEY = 'local-mackerel-key-read-and-write-0000000000';
export const READ_ONLY_KEY = 'local-mackerel-key-read-only-0000000000000000';

export interface World {
  readonly clock: SiteClock;
  readonly periodSeconds: number;
  /** Seconds without a posted metric after which a host counts as gone. */
  readonly goneAfterSeconds: number;
  readonly startedAt: number;
  readonly atomically: Atomically;
  readonly hosts: HostStore;
  readonly services: ServiceStore;
  readonly metrics: MetricStore;
  readonly monitors: MonitorStore;
  readonly judgements: JudgementStore;
  readonly alerts: AlertStore;
  readonly annotations: AnnotationStore;
  readonly channels: ChannelStore;
  readonly deliveries: DeliveryStore;
  readonly scenarios: ScenarioStore;
  /** Epoch seconds. */
  now(): number;
  close(): void;
}

export interface WorldOptions {
  readonly stateDir: string;
  readonly fresh: boolean;
  readonly clock: SiteClock;
  readonly periodSeconds: number;
  readonly goneAfterSeconds?: number | undefined;
}

/** Mackerel takes about ten minutes without a post for a host that is gone; here three periods stand for that. */
const defaultGone = (periodSeconds: number): number => Math.max(20, 3 * periodSeconds);

export function openWorld(options: WorldOptions): World {
  const db = openMackerelDb(options.stateDir, options.fresh);
  const rows = sql(db);
  const now = (): number => Math.floor(options.clock.now() / 1000);
  return {
    clock: options.clock,
    periodSeconds: options.periodSeconds,
    goneAfterSeconds: options.goneAfterSeconds ?? defaultGone(options.periodSeconds),
    startedAt: now(),
    atomically: atomic(db),
    hosts: hostStore(rows),
    services: serviceStore(rows),
    metrics: metricStore(rows),
    monitors: monitorStore(rows),
    judgements: judgementStore(rows),
    alerts: alertStore(rows),
    annotations: annotationStore(rows),
    channels: channelStore(rows),
    deliveries: deliveryStore(rows),
    scenarios: scenarioStore(rows),
    now,
    close: () => void db.close(),
  };
}
