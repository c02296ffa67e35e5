/** The parts a site is made of; tests of one part bring simpler others. */
import type { FastifyInstance } from 'fastify';
import { startMackerel } from './mackerel/server';
import { createProducts } from './products';
import type { SiteDeps } from './site-deps';
import type { MackerelOptions, MackerelServer, ProductsOptions } from './types';
import { registerFrames, registerWeb } from './web';

export interface SiteParts {
  readonly createProducts: (options: ProductsOptions) => SiteDeps['products'];
  /** null: no Mackerel at all. */
  readonly startMackerel: (options: MackerelOptions, tuning: { readonly historyMinutes?: number; readonly onUnmodelled: (what: string) => void }) => Promise<MackerelServer | null>;
  readonly registerWeb: (site: FastifyInstance, deps: SiteDeps) => Promise<void> | void;
  readonly registerFrames: (frames: FastifyInstance, deps: SiteDeps) => Promise<void> | void;
}
export const defaultParts: SiteParts = { createProducts, startMackerel, registerWeb, registerFrames };
