/** To the trash, back from it, and out of it for good. */
import { useState, type ReactElement } from 'react';
import Button from '@atlaskit/button/new';
import type { TrashedPage } from '../../../web/api-types';
import { closeFlag, showFlag } from '../bridge/flags';
import { go } from '../router';
import { api, Failure } from '../session';
import { useWords } from '../words';
import { SiteDialog } from './SiteDialog';

interface Named {
  readonly id: string;
  readonly title: string;
}
const act = (page: Named, what: 'trash' | 'restore' | 'purge'): Promise<unknown> => api(`/__web/pages/${page.id}/${what}`, 'POST');

/** A failure becomes a notice; nothing else changes. */
export function useTrash(): { throwAway(page: Named, then: () => void): void; bringBack(page: Named, then: (url: string) => void): void } {
  const say = useWords();
  const attempt = (page: Named, work: () => Promise<void>): void =>
    void work().catch((error: unknown) =>
      showFlag({ id: `refused-${page.id}`, type: 'error', title: say('refused'), description: error instanceof Failure ? error.message : String(error) }),
    );
  const bringBack = (page: Named, then: (url: string) => void): void =>
    attempt(page, async () => then(((await act(page, 'restore')) as { url: string }).url));
  return {
    bringBack,
    throwAway: (page, then) =>
      attempt(page, async () => {
        await act(page, 'trash');
        const id = `trash-${page.id}`;
        const undo = (): void => {
          closeFlag(id);
          bringBack(page, go);
        };
        showFlag({ id, type: 'success', title: say('inTrash', { title: page.title }), isAutoDismiss: true, actions: [{ text: say('undo'), onClick: undo }] });
        then();
      }),
  };
}

/** Buttons of a page in the trash, as far as the person may press them. */
export function TrashedActions({ page, onRestored, onDeleted }: { readonly page: TrashedPage; readonly onRestored: (url: string) => void; readonly onDeleted: () => void }): ReactElement {
  const say = useWords();
  const { bringBack } = useTrash();
  const [asking, setAsking] = useState(false);
  const purge = async (): Promise<void> => {
    await act(page, 'purge');
    setAsking(false);
    showFlag({ id: `purged-${page.id}`, type: 'success', title: say('deleted', { title: page.title }), isAutoDismiss: true });
    onDeleted();
  };
  return (
    <span className="trash-actions">
      {page.canEdit ? <Button onClick={() => bringBack(page, onRestored)}>{say('restore')}</Button> : null}
      {page.canPurge ? (
        <Button appearance="subtle" onClick={() => setAsking(true)}>
          {say('deleteForGood')}
        </Button>
      ) : null}
      {asking ? (
        <SiteDialog title={say('deleteForGoodTitle', { title: page.title })} submit={say('deleteForGood')} danger onSubmit={purge} onClose={() => setAsking(false)}>
          <p>{say('deleteForGoodText')}</p>
        </SiteDialog>
      ) : null}
    </span>
  );
}
