/** The trash of a space. */
import type { ReactElement } from 'react';
import PageIcon from '@atlaskit/icon/core/page';
import type { SpaceTrash } from '../../../web/api-types';
import { showFlag } from '../bridge/flags';
import { Failed, NotFound, Waiting } from '../parts/Empty';
import { TrashedActions } from '../parts/trash';
import { go, Link, useTitle } from '../router';
import { useApi } from '../session';
import { useWords } from '../words';

export function Trash({ spaceKey }: { readonly spaceKey: string }): ReactElement {
  const say = useWords();
  const { loaded, reload } = useApi<SpaceTrash>(`/__web/spaces/${encodeURIComponent(spaceKey)}/trash`);
  useTitle(say('trash'));
  if (loaded.state === 'loading') return <Waiting />;
  if (loaded.state === 'failed') return loaded.failure.status === 404 ? <NotFound title={say('spaceNotFound')} /> : <Failed failure={loaded.failure} retry={reload} />;
  const { space, pages } = loaded.value;
  const restored = (title: string, url: string): void => {
    showFlag({ id: `restored-${url}`, type: 'success', title: say('restored', { title }), isAutoDismiss: true, actions: [{ text: say('open'), onClick: () => go(url) }] });
    reload();
  };
  return (
    <div className="sheet">
      <p className="crumbs">
        <Link href={`/wiki/spaces/${space.key}/overview`}>{space.name}</Link>
      </p>
      <h1 className="page-title">{say('trash')}</h1>
      {pages.length === 0 ? <p className="quiet">{say('trashEmpty')}</p> : null}
      <ul className="page-list">
        {pages.map((page) => (
          <li key={page.id}>
            <PageIcon label="" color="var(--ds-icon-subtle)" />
            <Link href={page.url}>{page.title}</Link>
            <TrashedActions page={page} onRestored={(url) => restored(page.title, url)} onDeleted={reload} />
          </li>
        ))}
      </ul>
    </div>
  );
}
