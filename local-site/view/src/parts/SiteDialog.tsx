/** A question of the site itself, over the whole window. */
import { useLayoutEffect, useRef, useState, type FormEvent, type ReactElement, type ReactNode } from 'react';
import Button from '@atlaskit/button/new';
import { Failure } from '../session';
import { useWords } from '../words';

export interface SiteDialogProps {
  readonly title: string;
  readonly submit: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** Who refuses; Confluence unless named. */
  readonly refusal?: string;
  readonly children: ReactNode;
  /** What it throws is shown and the dialog stays, with what was typed. */
  readonly onSubmit: () => Promise<void>;
  readonly onClose: () => void;
}

export function SiteDialog({ title, submit, danger = false, disabled = false, refusal, children, onSubmit, onClose }: SiteDialogProps): ReactElement {
  const say = useWords();
  const ref = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    // Closing, unlike removing, gives the focus back.
    return () => dialog?.close();
  }, []);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    onSubmit().catch((error: unknown) => {
      setBusy(false);
      setFailure(error instanceof Failure ? error.message : String(error));
    });
  };
  return (
    <dialog
      ref={ref}
      className="site-dialog"
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === ref.current && onClose()}
    >
      <form onSubmit={send} className="site-dialog-body">
        <h1>{title}</h1>
        {children}
        {failure === null ? null : (
          <div className="notice notice-error" role="alert">
            <strong>{refusal ?? say('refused')}</strong>
            <p>{failure}</p>
          </div>
        )}
        <div className="dialog-actions">
          <Button appearance="subtle" onClick={onClose}>
            {say('cancel')}
          </Button>
          <Button appearance={danger ? 'danger' : 'primary'} type="submit" isLoading={busy} isDisabled={disabled}>
            {submit}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
