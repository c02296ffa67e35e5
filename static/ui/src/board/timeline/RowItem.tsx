/** One item of the timeline's list: an entry, a fold of flapping alerts, or a note just taken away. */
import { memo, useEffect, useRef } from 'react';
import { AlertWord, Time } from '../../parts/basics';
import { CaretIcon } from '../../parts/icons';
import { useWords } from '../../words';
import type { Fold as Folded } from '../flaps';
import { useDesk } from './desk';
import { Entry, Said } from './Entry';
import type { Row } from './rows';

export const RowItem = memo(function RowItem(props: { readonly row: Row; readonly fresh: boolean }) {
  const words = useWords();
  const { row } = props;
  return (
    <div className={`item ${row.kind === 'entry' && row.nested ? 'item-nested' : ''} ${props.fresh ? 'item-fresh' : ''}`}>
      {row.day !== null && <h3 className="item-day">{words.day(row.day)}</h3>}
      {row.kind === 'entry' ? <Entry entry={row.entry} /> : row.kind === 'flap' ? <Fold flap={row.flap} open={row.open} /> : <Removed row={row} />}
    </div>
  );
});

function Fold(props: { readonly flap: Folded; readonly open: boolean }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const { flap, open } = props;
  return (
    <article className="entry entry-mackerel">
      <Time at={flap.to} />
      <span className="entry-who">Mackerel</span>
      <div className="entry-text">
        <AlertWord status={flap.worst} />
        <span className="entry-said">{flap.monitor}</span>
        {flap.host !== '' && <span className="quiet">{flap.host}</span>}
        <button type="button" className="fold-button" aria-expanded={open} onClick={() => desk.unfold(flap.id)}>
          <strong className="tabular">×{flap.times}</strong>
          <span className="quiet tabular">{t('timeline.flap', { duration: words.duration(flap.to - flap.from), from: words.minute(flap.from, flap.to), to: words.minute(flap.to, flap.to) })}</span>
          <CaretIcon />
        </button>
      </div>
    </article>
  );
}

function Removed(props: { readonly row: Extract<Row, { kind: 'removed' }> }) {
  const { t } = useWords();
  const desk = useDesk();
  const { entry } = props.row;
  const pending = desk.pending(entry.id);
  const undo = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The button that took the note away went with it.
    if (document.activeElement === document.body) undo.current?.focus({ preventScroll: true });
  }, []);
  return (
    <article className={`entry entry-removed ${pending ? 'pending' : ''}`}>
      <Time at={entry.at} />
      <span className="entry-who">{t(pending ? 'common.saving' : 'timeline.removed')}</span>
      <div className="entry-text">
        <Said entry={entry} />
      </div>
      <button ref={undo} type="button" className="button button-default undo" aria-disabled={pending || undefined} onClick={() => (desk.restore(entry), desk.toList())}>
        {t('timeline.undo')}
      </button>
    </article>
  );
}
