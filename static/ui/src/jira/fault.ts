import { JiraFault } from '../api';
import type { Words } from '../words';

/** What a failed read of Jira means for a person. */
export function faultText(error: unknown, words: Words): string {
  return error instanceof JiraFault ? words.t(`ticket.jira.${error.kind}`) : words.reason(error);
}
