/** Everything the parts of the stand-in share. */
import type { SiteClock } from '../types';
import { atomic, sql, type Atomically } from '../core/sql';
import { openMackerelDb } from './db';
import { newId } from './ids';
import type { AlertGroupSetting, Downtime, NotificationGroup, Person, UrlState, User } from './model';
import { alertGroupStore, type AlertGroupStore } from './store/alert-groups';
import { alertStore, type AlertStore } from './store/alerts';
import { annotationStore, type AnnotationStore } from './store/annotations';
import { baselineStore, type BaselineStore } from './store/baselines';
import { channelStore, deliveryStore, type ChannelStore, type DeliveryStore } from './store/channels';
import { hostStore, type HostStore } from './store/hosts';
import { imageStore, type ImageStore } from './store/images';
import { metadataStore, type MetadataStore } from './store/metadata';
import { metricStore, type MetricStore } from './store/metrics';
import { judgementStore, monitorStore, type JudgementStore, type MonitorStore } from './store/monitors';
import { recordStore, type RecordStore } from './store/records';
import { scenarioStore, type ScenarioStore } from './store/scenarios';
import { serviceStore, type ServiceStore } from './store/services';

export const ORG = { id: '3orgLocal01', name: 'local', displayName: 'Local' } as const;

/** The organization's owner, who acts in the console. */
export const OPERATOR: Person = { id: '3usrLocal01', screenName: 'console' };

/** Well-known keys of this computer's stand-in; they open nothing else. */
export const API_KEY = 'local-mackerel-key-read-and-write-0000000000';
export const READ_ONLY_KEY = 'local-mackerel-key-read-only-0000000000000000';

export interface World {
  readonly clock: SiteClock;
  readonly periodSeconds: number;
  /** What stands for a minute of Mackerel's schedule; shorter than a minute when the stand-in's period is. */
  readonly minuteSeconds: number;
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
  readonly baselines: BaselineStore;
  readonly images: ImageStore;
  readonly metadata: MetadataStore;
  readonly notificationGroups: RecordStore<NotificationGroup>;
  readonly downtimes: RecordStore<Downtime>;
  readonly alertGroupSettings: RecordStore<AlertGroupSetting>;
  readonly alertGroups: AlertGroupStore;
  readonly users: RecordStore<User>;
  /** By URL. One that is not here answers 200. */
  readonly urls: RecordStore<UrlState>;
  /** Epoch seconds. */
  now(): number;
  /** Everything that was measured and found goes: hosts, monitors, metrics, alerts, marks. Services, people and channels stay. */
  forget(): void;
  close(): void;
}

export interface WorldOptions {
  readonly stateDir: string;
  readonly fresh: boolean;
  readonly clock: SiteClock;
  readonly periodSeconds: number;
  readonly goneAfterSeconds?: number | undefined;
}

const FORGOTTEN = ['hosts', 'monitors', 'points', 'series', 'judgements', 'alert_logs', 'alerts', 'alert_group_members', 'alert_groups', 'annotations', 'baselines', 'metadata', 'alert_images', 'scenarios'] as const;

/** Mackerel takes about ten minutes without a post for a host that is gone; here three periods stand for that. */
const defaultGone = (periodSeconds: number): number => Math.max(20, 3 * periodSeconds);

export function openWorld(options: WorldOptions): World {
  const db = openMackerelDb(options.stateDir, options.fresh);
  const rows = sql(db);
  const now = (): number => Math.floor(options.clock.now() / 1000);
  const world: World = {
    clock: options.clock,
    periodSeconds: options.periodSeconds,
    minuteSeconds: Math.min(60, options.periodSeconds),
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
    baselines: baselineStore(rows),
    images: imageStore(rows),
    metadata: metadataStore(rows),
    notificationGroups: recordStore(rows, 'notification-group'),
    downtimes: recordStore(rows, 'downtime'),
    alertGroupSettings: recordStore(rows, 'alert-group-setting'),
    alertGroups: alertGroupStore(rows),
    users: recordStore(rows, 'user'),
    urls: recordStore(rows, 'url'),
    now,
    forget: () => FORGOTTEN.forEach((table) => rows.run(`DELETE FROM ${table}`)),
    close: () => void db.close(),
  };
  found(world);
  return world;
}

/** What every organization has: a default notification group, with the channels from before there were groups, and its owner. */
function found(world: World): void {
  if (world.notificationGroups.all().length === 0) {
    const childChannelIds = world.channels.all().map(({ id }) => id);
    world.notificationGroups.save({ id: newId(), type: 'group-default', name: 'Default', notificationLevel: 'all', childNotificationGroupIds: [], childChannelIds, monitors: [], services: [] });
  }
  if (world.users.all().length === 0) {
    world.users.save({ ...OPERATOR, email: 'console@example.com', authority: 'owner', isInRegistrationProcess: false, isMFAEnabled: true, authenticationMethods: ['password'], joinedAt: world.now() });
  }
}
