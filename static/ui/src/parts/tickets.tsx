/** What is said of a ticket the same way on every screen. */
import type { TicketKind } from '../../../../src/contract';
import { dayText, daysLeft, leftText } from '../jira/due';
import type { Issue } from '../jira/issues';
import { useWords } from '../words';
import { CheckIcon } from './icons';

export const KINDS = ['prevent', 'detect', 'mitigate', 'process', 'document'] as const satisfies readonly TicketKind[];

export function KindWord(props: { readonly kind: TicketKind }) {
  const { t } = useWords();
  return <span>{t(`ticket.kind.${props.kind}`)}</span>;
}

/** Jira's own name of the status; what kind of status it is stands beside it where the name does not say so. */
export function StatusLozenge(props: { readonly status: NonNullable<Issue['status']> }) {
  const { t } = useWords();
  const { name, category } = props.status;
  const word = category === null ? null : t(`ticket.category.${category}`);
  const told = word === null || name.trim().toLowerCase() === word.toLowerCase();
  return (
    <span className="lozenge-box">
      <span className={`lozenge lozenge-${category ?? 'todo'}`}>
        {category === 'done' && <CheckIcon />}
        {name}
      </span>
      {!told && <span className="quiet small">{word}</span>}
    </span>
  );
}

/** The due date, and for what is still open how many days are left or over. */
export function DueWord(props: { readonly due: string; readonly now: number; readonly open: boolean }) {
  const { t, locale, timeZone } = useWords();
  const { due, now, open } = props;
  const left = daysLeft(due, timeZone, now);
  const day = dayText(due, locale, now);
  if (!open) return <span className="tabular">{t('ticket.due-on', { day })}</span>;
  return (
    <span className={`tabular ${left < 0 ? 'overdue' : ''}`}>
      {leftText(left, t)} <span className="due-day">({day})</span>
    </span>
  );
}
