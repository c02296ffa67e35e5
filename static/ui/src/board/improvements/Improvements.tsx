/** The place of the improvement tickets: the last row of the board. Their code comes after the first paint. */
import { lazy, memo, Suspense } from 'react';
import type { EntryView, TicketView } from '../../../../../src/contract';
import { afterPaint } from '../../parts/after-paint';
import { Boundary } from '../../parts/Boundary';
import { useWords } from '../../words';

const Section = lazy(() => afterPaint().then(() => import('./Section')));

export interface SectionProps {
  readonly tickets: readonly TicketView[];
  readonly entries: readonly EntryView[];
  /** The incident's page, for the tasks written on it; null: there is none. */
  readonly pageId: string | null;
  /** It is over, and looked back on. */
  readonly isReviewed: boolean;
}

export const Improvements = memo(function Improvements(props: SectionProps) {
  const { t } = useWords();
  return (
    <section className="card tickets" aria-labelledby="tickets-title">
      <Boundary fallback={<Heading>{t('ticket.unavailable')}</Heading>}>
        <Suspense fallback={<Heading>{' '}</Heading>}>
          <Section {...props} />
        </Suspense>
      </Boundary>
    </section>
  );
});

function Heading(props: { readonly children: string }) {
  const { t } = useWords();
  return (
    <>
      <div className="card-title">
        <h2 id="tickets-title">{t('ticket.title')}</h2>
      </div>
      <p className="empty">{props.children}</p>
    </>
  );
}
