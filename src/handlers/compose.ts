import { createPorts } from '../adapters';
import type { Ports } from '../ports';
import type { Passes } from '../usecases/board';
import { createPasses } from './pass';

export interface Composed {
  readonly ports: Ports;
  readonly passes: Passes;
}

let composed: Composed | null = null;

/** Puts the app together, once for every call of a warm instance: adapters hold nothing of an installation. The only place that makes them. */
export function compose(): Composed {
  if (composed !== null) return composed;
  const ports = createPorts();
  composed = { ports, passes: createPasses(ports.settings, ports.clock) };
  return composed;
}
