/** Where what was an incident's went when it was merged. */
import { AppFailure } from './failure';
import type { IncidentHead } from './record';

/** What is to be changed is another incident's by now. */
export class MergedAway extends AppFailure {
  constructor(readonly into: string) {
    super('conflict', 'error.merged-hidden');
  }
}

/** @throws MergedAway for an incident whose alerts and tickets went to another one */
export function staysHere(head: IncidentHead): void {
  if (head.mergedInto !== undefined) throw new MergedAway(head.mergedInto);
}
