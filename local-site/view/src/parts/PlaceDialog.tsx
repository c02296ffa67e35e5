/** Where a page is copied or moved to: a space the person may write in, and a page there to be below. */
import { useState, type ReactElement } from 'react';
import type { PageView, SpacePages, WebSpace } from '../../../web/api-types';
import { go } from '../router';
import { api, useApi, useSession } from '../session';
import { useWords } from '../words';
import { SiteDialog } from './SiteDialog';

interface PlaceDialogProps {
  readonly page: PageView;
  readonly kind: 'copy' | 'move';
  readonly onMoved: () => void;
  readonly onClose: () => void;
}
export function PlaceDialog({ page, kind, onMoved, onClose }: PlaceDialogProps): ReactElement {
  const say = useWords();
  const spaces = useSession().spaces.filter((space) => space.canCreate);
  const [title, setTitle] = useState(say('copyOf', { title: page.title }));
  const [space, setSpace] = useState<WebSpace | undefined>(spaces.find(({ key }) => key === page.space.key) ?? spaces[0]);
  const [chosen, setChosen] = useState<string | null>(null);
  const parentId = chosen ?? (space?.key === page.space.key && page.parentId !== null ? page.parentId : (space?.homepageId ?? ''));
  const submit = async (): Promise<void> => {
    const { url } = await api<{ url: string }>(`/__web/pages/${page.id}/${kind}`, 'POST', kind === 'copy' ? { title, parentId } : { parentId });
    onClose();
    go(url);
    if (kind === 'move') onMoved();
  };
  return (
    <SiteDialog title={say(kind === 'copy' ? 'copyTitle' : 'moveTitle')} submit={say(kind)} disabled={!space || (kind === 'copy' && title.trim() === '')} onSubmit={submit} onClose={onClose}>
      {kind === 'copy' ? (
        <label className="field">
          {say('title')}
          <input value={title} maxLength={255} onChange={(event) => setTitle(event.target.value)} />
        </label>
      ) : null}
      <label className="field">
        {say('inSpace')}
        <select
          value={space?.key}
          onChange={(event) => {
            setSpace(spaces.find(({ key }) => key === event.target.value));
            setChosen(null);
          }}
        >
          {spaces.map(({ key, name }) => (
            <option key={key} value={key}>
              {name} ({key})
            </option>
          ))}
        </select>
      </label>
      {space ? <Parents key={space.key} space={space} value={parentId} without={kind === 'move' ? page.id : null} onChoose={setChosen} /> : null}
    </SiteDialog>
  );
}

interface ParentsProps {
  readonly space: WebSpace;
  readonly value: string;
  /** A page cannot be below itself. */
  readonly without: string | null;
  readonly onChoose: (id: string) => void;
}
function Parents({ space, value, without, onChoose }: ParentsProps): ReactElement {
  const say = useWords();
  const { loaded } = useApi<SpacePages>(`/__web/spaces/${encodeURIComponent(space.key)}`);
  const pages = loaded.state === 'ready' ? loaded.value.pages.filter(({ id }) => id !== without) : [];
  return (
    <label className="field">
      {say('parentPage')}
      <select value={value} disabled={loaded.state !== 'ready'} onChange={(event) => onChoose(event.target.value)}>
        {pages.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
