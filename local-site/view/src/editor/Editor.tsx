/** A simple editor: the document as a page or as its source, checked by the site when it is saved. */
import { Component, lazy, Suspense, useEffect, useState, type ReactElement, type ReactNode } from 'react';
import Button from '@atlaskit/button/new';
import AddIcon from '@atlaskit/icon/core/add';
import type { Place } from '../bridge/scope';
import { Waiting } from '../parts/Empty';
import { useTitle } from '../router';
import { useWords } from '../words';
import { Source, syntaxError } from './Source';

const PageEditor = lazy(() => import('./PageEditor'));

/** `body` is ADF as text. */
export interface Draft {
  readonly title: string;
  readonly body: string;
}
interface EditorProps {
  readonly heading: string;
  readonly initial: Draft;
  /** What macros in the document are told of their place. */
  readonly where: Place;
  readonly note: ReactNode;
  readonly publish: (draft: Draft) => Promise<void>;
  readonly publishLabel?: string;
  readonly leave: readonly { readonly label: string; readonly act: (draft: Draft) => Promise<void> }[];
}

export function Editor({ heading, initial, where, note, publish, publishLabel, leave }: EditorProps): ReactElement {
  const say = useWords();
  useTitle(heading);
  const [draft, setDraft] = useState(initial);
  const [place] = useState(where);
  const [mode, setMode] = useState<'page' | 'source'>('page');
  const [why, setWhy] = useState<string | null>(null);
  const [inserting, setInserting] = useState(0);
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
  const show = (next: 'page' | 'source'): void => {
    setMode(next);
    setInserting(0);
    setWhy(null);
  };
  const onlySource = (message: string): void => {
    setMode('source');
    setWhy(message);
  };
  const setBody = (body: string): void => setDraft((before) => ({ ...before, body }));
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
            {publishLabel ?? say('publish')}
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
      {why === null ? null : (
        <div className="notice notice-warning" role="status">
          {say('cannotEdit', { why })}
        </div>
      )}
      <input className="editor-title" aria-label={say('title')} placeholder={say('untitled')} maxLength={255} value={draft.title} onChange={(event) => setDraft({ ...draft, title: event.target.value })} />
      <div className="editor-tools">
        <Button spacing="compact" isSelected={mode === 'page'} isDisabled={syntax !== null} onClick={() => show('page')}>
          {say('asPage')}
        </Button>
        <Button spacing="compact" isSelected={mode === 'source'} onClick={() => show('source')}>
          {say('asSource')}
        </Button>
        {mode === 'page' ? (
          <Button spacing="compact" appearance="subtle" iconBefore={AddIcon} onClick={() => setInserting((n) => n + 1)}>
            {say('insert')}
          </Button>
        ) : null}
      </div>
      {mode === 'source' ? (
        <Source body={draft.body} syntax={syntax} onChange={setBody} />
      ) : (
        <EditBoundary onFail={onlySource}>
          <Suspense fallback={<Waiting />}>
            <PageEditor initial={JSON.parse(draft.body)} where={place} onChange={(adf) => setBody(JSON.stringify(adf, null, 2))} insertRequest={inserting} />
            <p className="quiet">{say('slashHint')}</p>
          </Suspense>
        </EditBoundary>
      )}
    </div>
  );
}

/** A document that cannot be opened as a page is edited as its source; nothing of it is lost. */
class EditBoundary extends Component<{ readonly children: ReactNode; readonly onFail: (message: string) => void }, { readonly failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }
  override componentDidCatch(error: unknown): void {
    this.props.onFail(error instanceof Error ? error.message : String(error));
  }
  override render(): ReactNode {
    return this.state.failed ? null : this.props.children;
  }
}
