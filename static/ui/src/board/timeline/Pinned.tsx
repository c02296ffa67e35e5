import { useState } from 'react';
import type { EntryView } from '../../../../../src/contract';
import { AlertWord, Time } from '../../parts/basics';
import { PinIcon } from '../../parts/icons';
import { useWords } from '../../words';
import { useDesk } from './desk';
import { Said } from './Entry';

const FEW = 3;

/** What somebody set apart: above everything else, whatever is filtered. */
export function Pinned(props: { readonly entries: readonly EntryView[] }) {
  const { t } = useWords();
  const desk = useDesk();
  const [all, setAll] = useState(false);
  const { entries } = props;
  if (entries.length === 0) return null;
  return (
    <section className="pinned" aria-label={t('timeline.pinned')}>
      <ul>
        {(all ? entries : entries.slice(0, FEW)).map((entry) => (
          <li key={entry.id} className="pinned-entry">
            {desk.canEdit ? (
              <button type="button" className="icon-only" title={t('timeline.unpin')} aria-label={t('timeline.unpin')} aria-disabled={desk.pending(entry.id) || undefined} onClick={() => (desk.pin(entry, false), desk.toList())}>
                <PinIcon on />
              </button>
            ) : (
              <PinIcon on />
            )}
            <Time at={entry.at} />
            <div className="entry-text">
              {entry.status !== null && <AlertWord status={entry.status} />}
              <Said entry={entry} />
            </div>
          </li>
        ))}
      </ul>
      {entries.length > FEW && (
        <button type="button" className="text-button" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('timeline.pinned-fewer') : t('timeline.pinned-all', { n: entries.length })}
        </button>
      )}
    </section>
  );
}
