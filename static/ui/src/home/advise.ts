import type { Severity } from '../../../../src/contract';

export const QUESTIONS = ['safety', 'users', 'core', 'help'] as const;
export type Question = (typeof QUESTIONS)[number];
export type Answers = Readonly<Partial<Record<Question, boolean>>>;
export type Advice = { readonly declare: true; readonly severity: Exclude<Severity, 'pending'> } | { readonly declare: false };

/** One "yes" is enough to declare; not to do so takes four times "no". null: too early to tell. */
export function advise(answers: Answers): Advice | null {
  const { safety = false, users = false, core = false, help = false } = answers;
  if (safety) return { declare: true, severity: users || core ? 'sev1' : 'sev2' };
  if (users && core) return { declare: true, severity: 'sev2' };
  if (users || core) return { declare: true, severity: 'sev3' };
  if (help) return { declare: true, severity: 'sev4' };
  return QUESTIONS.every((question) => answers[question] === false) ? { declare: false } : null;
}
