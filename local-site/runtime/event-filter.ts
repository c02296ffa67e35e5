/** `filter` of a trigger: which events never reach its function. */
import type { ProductEvent } from '../types';

export interface EventFilter {
  readonly ignoreSelf: boolean;
  /** The issue has, or has not, the property. */
  readonly property: { readonly key: string; readonly isSet: boolean } | null;
  /** What an event meets that the expression fails on: `RECEIVE` lets it through. */
  readonly receiveOnError: boolean;
}
export const EVERYTHING: EventFilter = { ignoreSelf: false, property: null, receiveOnError: false };

const HAS_PROPERTY = /^(?:event\.)?issue(?:\?)?\.properties(?:\?\.)?\[(["'])([^"']+)\1\]\s*(!=|==)\s*null$/;

/** Throws with a sentence for what the platform refuses or this site does not model. `raw` is the manifest's object. */
export function readFilter(raw: Readonly<Record<string, unknown>>, eventType: string): EventFilter {
  const { ignoreSelf = false, expression, onError = 'IGNORE_AND_LOG', ...others } = raw;
  const [other] = Object.keys(others);
  if (other !== undefined) throw new Error(`manifest.yml: filter ${other} of ${eventType} is not modelled by the local site`);
  if (ignoreSelf === true && !eventType.startsWith('avi:jira:')) throw new Error('manifest.yml: Trigger filtering with ignoreSelf works only with Jira events');
  const found = expression === undefined ? null : HAS_PROPERTY.exec(String(expression).trim());
  if (expression !== undefined && found === null) throw new Error(`manifest.yml: the filter expression of ${eventType} is not modelled by the local site: ${String(expression)}`);
  return { ignoreSelf: ignoreSelf === true, property: found === null ? null : { key: found[2] ?? '', isSet: found[3] === '!=' }, receiveOnError: String(onError).startsWith('RECEIVE') };
}

export function passes(filter: EventFilter, { body, issueProperties }: ProductEvent): boolean {
  if (filter.ignoreSelf && body['selfGenerated'] === true) return false;
  if (filter.property === null) return true;
  // The issue of the event is gone: there is nothing to evaluate the expression on.
  if (issueProperties === undefined) return filter.receiveOnError;
  return ((issueProperties[filter.property.key] ?? null) !== null) === filter.property.isSet;
}
