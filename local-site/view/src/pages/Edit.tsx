/** An honest, simple editor: the document as ADF, checked by the site; one draft shared by everybody. */
import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import Button from '@atlaskit/button/new';
import type { Editable } from '../../../web/api-types';
import { Failed, NotFound, Waiting } from '../parts/Empty';
import { go, useTitle } from '../router';
import { api, useApi, useSession } from '../session';
import { useWords } from '../words';

const BLANK = JSON.stringify({ type: 'doc', version: 1, content: [{ type: 'paragraph', content: [] }] }, null, 2);

export function EditPage({ id }: { readonly id: string }): ReactElement {
  const say = useWords();
  const { loaded, reload } = useApi<Editable>(`/__web/pages/${encodeURIComponent(id)}/edit`);
  if (loaded.state === 'loading') return <Waiting />;
  if (loaded.state === 'failed') return loaded.failure.status === 404 ? <NotFound title={say('notFound')} /> : <Failed failure={loaded.failure} retry={reload} />;
  const { title, body, version, isDraft, url } = loaded.value;
  const put = (input: object): Promise<unknown> => api(`/__web/pages/${encodeURIComponent(id)}`, 'PUT', input);
  return (
    <Editor
      heading={say('editing')}
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
      initial={{ title: '', body: BLANK }}
      note={null}
      publish={async (draft) => go((await api<{ url: string }>('/__web/pages', 'POST', { ...draft, spaceKey })).url)}
      leave={[{ label: say('cancel'), act: async () => go(`/wiki/spaces/${spaceKey}/overview`) }]}
    />
  );
}

interface Draft {
  readonly title: string;
  readonly body: string;
}
interface EditorProps {
  readonly heading: string;
  readonly initial: Draft;
  readonly note: ReactNode;
  readonly publish: (draft: Draft) => Promise<void>;
  readonly leave: readonly { readonly label: string; readonly act: (draft: Draft) => Promise<void> }[];
}

function Editor({ heading, initial, note, publish, leave }: EditorProps): ReactElement {
  const say = useWords();
  useTitle(heading);
  const [draft, setDraft] = useState(initial);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const syntax = syntaxError(draft.body);
  const changed = draft.title !== initial.title || draft.body !== initial.body;
  useEffect(() => {
    if (!changed) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [changed]);

  const run = async (act: (draft: Draft) => Promise<void>): Promise<void> => {
    setBusy(true);
    setRefusal(null);
    try {
      await act(draft);
    } catch (error) {
      setRefusal((error as Error).message);
      setBusy(false);
    }
  };
  return (
    <div className="editor">
      <div className="editor-bar">
        <h1 className="editor-heading quiet">{heading}</h1>
        <span className="editor-actions">
          {leave.map(({ label, act }) => (
            <Button key={label} appearance="subtle" isDisabled={busy} onClick={() => void run(act)}>
              {label}
            </Button>
          ))}
          <Button appearance="primary" isLoading={busy} isDisabled={syntax !== null || draft.title.trim() === ''} onClick={() => void run(publish)}>
            {say('publish')}
          </Button>
        </span>
      </div>
      {note === null ? null : (
        <div className="notice notice-warning" role="status">
          {note}
        </div>
      )}
      {refusal === null ? null : (
        <div className="notice notice-error" role="alert">
          <strong>{say('refused')}</strong>
          <pre>{refusal}</pre>
        </div>
      )}
      <input
        className="editor-title"
        aria-label={say('title')}
        placeholder={say('untitled')}
        maxLength={255}
        value={draft.title}
        onChange={(event) => setDraft({ ...draft, title: event.target.value })}
      />
      <label className="field">
        <span className="field-head">
          {say('body')}
          <Button appearance="subtle" spacing="compact" isDisabled={syntax !== null} onClick={() => setDraft({ ...draft, body: JSON.stringify(JSON.parse(draft.body), null, 2) })}>
            {say('format')}
          </Button>
        </span>
        <textarea
          className="editor-body"
          spellCheck={false}
          aria-describedby="body-hint"
          aria-invalid={syntax !== null}
          value={draft.body}
          onChange={(event) => setDraft({ ...draft, body: event.target.value })}
        />
      </label>
      <p id="body-hint" className={syntax === null ? 'quiet' : 'field-error'} role={syntax === null ? undefined : 'alert'}>
        {syntax === null ? say('bodyHint') : say('notJson', { why: syntax })}
      </p>
    </div>
  );
}

function syntaxError(body: string): string | null {
  try {
    JSON.parse(body);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
