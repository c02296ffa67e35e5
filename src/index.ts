/** The manifest's handlers, by name. */
export { adfExport, graphExport } from './handlers/export';
export { drain } from './handlers/drain';
export { evidenceWork } from './handlers/evidence';
export { issueEvent, pageEvent } from './handlers/events';
export { resolver } from './handlers/resolver';
export { sweep } from './handlers/sweep';
export { daily, ticketWork } from './handlers/tickets';
export { beforeUninstall } from './handlers/uninstall';
export { verbs } from './handlers/verbs';
export { webhook } from './handlers/webhook';
