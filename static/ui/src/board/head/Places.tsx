import { useState } from 'react';
import type { IncidentHeadView } from '../../../../../src/contract';
import { OutLink } from '../../parts/basics';
import { PencilIcon } from '../../parts/icons';
import { useName } from '../../parts/people';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { useActions } from '../use-actions';
import { keptDraft } from './drafts';
import { placeName } from './place-name';

export const PLACES = ['call', 'chat'] as const;

/** Where people gather: one call, one chat. */
export function Places(props: { readonly head: IncidentHeadView }) {
  const words = useWords();
  const { t } = words;
  const { incidentId, can } = useEnv();
  const actions = useActions();
  const { places } = props.head;
  const [editing, setEditing] = useState(() => PLACES.some((place) => keptDraft(incidentId, place) !== null));
  const by = useName(places?.by.accountId ?? null);
  if (editing && can.edit && actions !== null) return <actions.PlacesEditor places={places} close={() => setEditing(false)} />;
  const known = PLACES.flatMap((place) => {
    const href = places?.[place] ?? null;
    return href === null ? [] : [{ place, href }];
  });
  return (
    <div className="places" title={places === null ? undefined : t('board.said-by', { name: by ?? t('common.nobody'), time: words.stamp(places.at, places.at), utc: words.utc(places.at) })}>
      <span className="people-label">{t('board.places')}</span>
      {known.map(({ place, href }) => (
        <OutLink key={place} href={href}>
          {t(`board.places.${place}`)} {placeName(href)}
        </OutLink>
      ))}
      {known.length === 0 && <span className="quiet">{t('board.places.empty')}</span>}
      {can.edit && (
        <button type="button" className="icon-only" aria-label={t('board.edit', { what: t('board.places') })} title={t('board.edit', { what: t('board.places') })} aria-expanded="false" onClick={() => setEditing(true)}>
          <PencilIcon />
        </button>
      )}
    </div>
  );
}
