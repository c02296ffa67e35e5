import { useCallback, useState } from 'react';
import type { ParentPage } from '../../../../src/contract';
import { findPages } from '../api';
import { Button } from '../parts/basics';
import { SearchPicker } from '../parts/SearchPicker';
import { useWords } from '../words';

/** The page below which a service's pages are made; looked for in its space by title, or by its address. */
export function Parent(props: { readonly n: number; readonly spaceKey: string; readonly parent: ParentPage | null; readonly edit: (parent: ParentPage | null) => void }) {
  const { t } = useWords();
  const { n, spaceKey, parent, edit } = props;
  const [looking, setLooking] = useState(false);
  const find = useCallback((typed: string) => findPages(spaceKey, typed), [spaceKey]);
  return (
    // Enter in its field would save the page.
    <div className="parent-page" onKeyDown={(event) => event.key === 'Enter' && event.target instanceof HTMLInputElement && event.preventDefault()}>
      <span className="quiet small">{parent === null ? t('settings.services.parent.none') : t('settings.services.parent.is', { title: parent.title })}</span>
      <Button look="quiet" className="small-button" aria-expanded={looking} aria-label={t('settings.services.parent.choose-of', { n })} disabled={spaceKey === ''} onClick={() => setLooking(!looking)}>
        {t('settings.services.parent.choose')}
      </Button>
      {parent !== null && (
        <Button look="quiet" className="small-button" aria-label={t('settings.services.parent.remove-of', { n })} onClick={() => edit(null)}>
          {t('settings.services.parent.remove')}
        </Button>
      )}
      {looking && (
        <SearchPicker
          label={t('settings.services.parent.search')}
          placeholder={t('settings.services.parent.placeholder')}
          none={t('settings.services.parent.no-match')}
          unread={t('settings.services.parent.unread')}
          find={find}
          onPick={({ id, name }) => {
            edit({ id, title: name });
            setLooking(false);
          }}
        />
      )}
    </div>
  );
}
