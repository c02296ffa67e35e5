/** What the opener of a timeline dialog hands over. It crossed the bridge, so it is parsed. */
import { field, numberOf, textOf } from '../parts/kept';

export interface GivenPlace {
  readonly incidentId: string;
  readonly pass: string;
  /** IANA name of the zone the timeline tells times in; null: the viewer's own. */
  readonly zone: string | null;
  /** Server clock minus this computer's, ms. */
  readonly skew: number;
}
export interface GivenNote {
  readonly entryId: string;
  readonly base: number;
  readonly text: string;
  readonly at: number;
  readonly link: string | null;
}

export function placeOf(given: unknown): GivenPlace {
  return { incidentId: textOf(field(given, 'incidentId')) ?? '', pass: textOf(field(given, 'pass')) ?? '', zone: textOf(field(given, 'zone')), skew: numberOf(field(given, 'skew')) ?? 0 };
}

/** The note to edit; null: a new one is to be written. */
export function noteGiven(given: unknown): GivenNote | null {
  const [entryId, text] = [textOf(field(given, 'entryId')), textOf(field(given, 'text'))];
  const [base, at] = [numberOf(field(given, 'base')), numberOf(field(given, 'at'))];
  return entryId === null || text === null || base === null || at === null ? null : { entryId, base, text, at, link: textOf(field(given, 'link')) };
}
