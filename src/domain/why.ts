/** The reasons for which an alert belongs to an incident, each with the text that says it. */
import type { Why } from './record';

const why = (name: string, params: Why['params'] = {}): Why => ({ key: name, params });
export const WHY = {
  service: (service: string): Why => why('alert.why.service', { service }),
  /** `service:role`. */
  role: (role: string): Why => why('alert.why.role', { role }),
  monitor: (monitor: string, minutes: number): Why => why('alert.why.monitor', { monitor, minutes }),
  /** Number of the rule, from 1. */
  rule: (n: number): Why => why('alert.why.rule', { n }),
  flap: why('alert.why.flap'),
  /** Number of the incident it came with. */
  merged: (key: string): Why => why('alert.why.merged', { key }),
  moved: (key: string): Why => why('alert.why.moved', { key }),
  person: why('alert.why.person'),
} as const;
