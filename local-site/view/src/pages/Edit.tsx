/** Editing a page and writing a new one; one draft shared by everybody. */
import type { ReactElement } from 'react';
import type { Editable } from '../../../web/api-types';
import { Editor } from '../editor/Editor';
import { Failed, NotFound, Waiting } from '../parts/Empty';
import { go } from '../router';
import { api, useApi, useSession } from '../session';
import { useWords } from '../words';

const BLANK = JSON.stringify({ type: 'doc', version: 1, content: [{ type: 'paragraph', content: [] }] }, null, 2);

export function EditPage({ id }: { readonly id: string }): ReactElement {
  const say = useWords();
  const { loaded, reload } = useApi<Editable>(`/__web/pages/${encodeURIComponent(id)}/edit`);
  if (loaded.state === 'loading') return <Waiting />;
  if (loaded.state === 'failed') return loaded.failure.status === 404 ? <NotFound title={say('notFound')} /> : <Failed failure={loaded.failure} retry={reload} />;
  const { title, body, version, isDraft, url, spaceKey } = loaded.value;
  const put = (input: object): Promise<unknown> => api(`/__web/pages/${encodeURIComponent(id)}`, 'PUT', input);
  return (
    <Editor
      heading={say('editing')}
      where={{ contentId: id, spaceKey }}
      initial={{ title, body }}
      note={isDraft ? say('openDraft') : null}
      publish={async (draft) => {
        await put({ ...draft, version, publish: true });
        go(url);
      }}
      leave={[
        {
          label: say('saveDraft'),
          act: async (draft) => {
            await put({ ...draft, version, publish: false });
            go(url);
          },
        },
        {
          label: say(isDraft ? 'discard' : 'cancel'),
          act: async () => {
            if (isDraft) await api(`/__web/pages/${encodeURIComponent(id)}/draft`, 'DELETE');
            go(url);
          },
        },
      ]}
    />
  );
}

export function NewPage({ spaceKey }: { readonly spaceKey: string }): ReactElement {
  const say = useWords();
  const { spaces } = useSession();
  const space = spaces.find((candidate) => candidate.key === spaceKey);
  if (!space) return <NotFound title={say('spaceNotFound')} />;
  return (
    <Editor
      heading={say('newPageIn', { space: space.name })}
      where={{ spaceKey }}
      initial={{ title: '', body: BLANK }}
      note={null}
      publish={async (draft) => go((await api<{ url: string }>('/__web/pages', 'POST', { ...draft, spaceKey })).url)}
      leave={[{ label: say('cancel'), act: async () => go(`/wiki/spaces/${spaceKey}/overview`) }]}
    />
  );
}
