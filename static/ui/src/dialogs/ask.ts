import { openDialog } from '../api';

export interface Question {
  readonly title: string;
  readonly text: readonly string[];
  /** What it is about, one per line. */
  readonly lines?: readonly string[];
  /** A reason that has to be given. `kept`: what was typed the last time. */
  readonly reason?: { readonly label: string; readonly hint: string; readonly kept?: string };
  /** The word on the button that does it. */
  readonly yes: string;
}

/** Asks before something that cannot be taken back. Answers the reason (empty where none was asked for), or null: rather not. */
export async function askToConfirm(question: Question): Promise<string | null> {
  const { title, ...given } = question;
  const answer = await openDialog('confirm', title, given, question.reason === undefined ? 'small' : 'medium').catch(() => null);
  return typeof answer?.['reason'] === 'string' ? answer['reason'] : null;
}
