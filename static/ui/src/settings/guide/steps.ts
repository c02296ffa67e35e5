/** The steps of the set-up guide. Their state is what is stored, never where somebody has been. Pure. */
import type { GuideStep, SettingsView } from '../../../../../src/contract';

export type StepState = 'done' | 'skipped' | 'to-do';
export interface Step {
  readonly step: GuideStep;
  readonly state: StepState;
}
const STEPS: readonly GuideStep[] = ['key', 'webhook', 'services', 'rules', 'tickets', 'slack', 'sample'];

function isDone(step: GuideStep, { apiKeyLast4, guide, services, rules, tickets, slackConfigured }: SettingsView): boolean {
  switch (step) {
    case 'key':
      return apiKeyLast4 !== null;
    case 'webhook':
      return guide.webhook;
    case 'services':
      return services.length > 0;
    case 'rules':
      // No rules at all is a choice too, once somebody made it.
      return rules.length > 0 || guide.settled?.includes('rules') === true;
    case 'tickets':
      return tickets !== null;
    case 'slack':
      return slackConfigured;
    case 'sample':
      return guide.sample !== null && guide.sample.state !== 'making';
  }
}

export function stepsOf(stored: SettingsView): readonly Step[] {
  return STEPS.map((step) => ({ step, state: isDone(step, stored) ? 'done' : stored.guide.settled?.includes(step) === true ? 'skipped' : 'to-do' }));
}
/** Whether the page opens with the guide: nothing works yet, or somebody began it and has not come to its end. */
export function isWanted(stored: SettingsView): boolean {
  const begun = stored.guide.settled !== null && stepsOf(stored).some(({ state }) => state === 'to-do');
  return begun || stored.apiKeyLast4 === null || stored.services.length === 0;
}
/** The step to do next, from `from` on and then from the beginning; null: all are settled. */
export function nextStep(steps: readonly Step[], from: GuideStep | null): GuideStep | null {
  const start = from === null ? 0 : steps.findIndex(({ step }) => step === from) + 1;
  return [...steps.slice(start), ...steps.slice(0, start)].find(({ state }) => state === 'to-do')?.step ?? null;
}
/** With one more that is settled. */
export const settledWith = ({ guide }: SettingsView, step: GuideStep): readonly GuideStep[] => [...new Set([...(guide.settled ?? []), step])];

const FIELDS: Readonly<Partial<Record<GuideStep, string>>> = { key: 'apiKey', services: 'services', tickets: 'tickets', slack: 'slackUrl' };
/** The fields whose problems the open step shows by itself. */
export function fieldsOf(step: GuideStep | null): readonly string[] {
  const field = step === null ? undefined : FIELDS[step];
  return field === undefined ? [] : [field];
}
