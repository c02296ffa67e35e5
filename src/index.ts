/** The manifest's handlers, by name. */
export { adfExport } from './handlers/export';
export { drain } from './handlers/drain';
export { pageEvent } from './handlers/events';
export { resolver } from './handlers/resolver';
export { sweep } from './handlers/sweep';
export { verbs } from './handlers/verbs';
export { webhook } from './handlers/webhook';
