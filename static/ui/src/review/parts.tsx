/** What is said of a review the same way everywhere. */
import type { FactorKind, ReviewState } from '../../../../src/contract';
import { dayText } from '../jira/due';
import { useWords } from '../words';

export const STATES: readonly ReviewState[] = ['draft', 'in-review', 'done'];
export const FACTOR_KINDS: readonly FactorKind[] = ['technical', 'process', 'organisational'];

export function StateWord(props: { readonly state: ReviewState }) {
  const { t } = useWords();
  return <span className="mark mark-plain">{t(`review.state.${props.state}`)}</span>;
}

/** As the server counts it, where people of the space are. */
export function DueDate(props: { readonly dueDate: string; readonly overdueDays: number }) {
  const { t, locale } = useWords();
  const day = dayText(props.dueDate, locale, Date.now());
  return props.overdueDays > 0 ? (
    <span className="overdue tabular">
      {t('review.overdue', { n: props.overdueDays })} <span className="due-day">({day})</span>
    </span>
  ) : (
    <span className="tabular">{t('review.due-on', { day })}</span>
  );
}
