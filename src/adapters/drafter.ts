import type { Drafter } from '../ports';

/** null: no model is asked for anything. The one place where a model would be plugged in; docs/adr/0016 says what that takes. */
export const drafter: Drafter | null = null;
