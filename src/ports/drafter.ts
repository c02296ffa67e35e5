/** A model that puts facts into sentences. */
import type { Lang } from '../contract';

export interface Drafter {
  /**
   * A few sentences from `facts`, one line of the part each: nothing else of the incident is given. May take seconds and may fail;
   * what comes back is looked at like any text from outside.
   */
  draft(part: { readonly title: string; readonly facts: readonly string[]; readonly lang: Lang }): Promise<string>;
}
