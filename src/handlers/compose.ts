import { createPorts } from '../adapters';
import type { Ports } from '../ports';
import type { Passes } from '../usecases/board';
import { createPasses } from './pass';

export interface Composed {
  readonly ports: Ports;
  readonly passes: Passes;
}

/** Puts the app together for one call. The only place that makes adapters. */
export function compose(): Composed {
  const ports = createPorts();
  return { ports, passes: createPasses(ports.settings, ports.clock) };
}
