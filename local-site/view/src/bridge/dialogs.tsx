/** The app's dialogs: drawn by the host over the whole window, each with a frame of its own. */
import { lazy, Suspense, useEffect, useLayoutEffect, useRef, type ReactElement } from 'react';
import CloseIcon from '@atlaskit/icon/core/close';
import { IconButton } from '@atlaskit/button/new';
import type { Session, WebModule } from '../../../web/api-types';
import { createStore, useStore } from '../store';
import { useWords } from '../words';
import { Frame } from './Frame';
import type { FrameScope, Place } from './scope';

const NativeDialog = lazy(() => import('./NativeDialog'));

export interface ModalRequest {
  readonly resource: string | null;
  readonly onClose: (payload: unknown) => unknown;
  readonly size: string | { readonly width: string; readonly height?: string };
  /** What the opener hands over; null: the product opened it. */
  readonly context: Readonly<Record<string, unknown>> | null;
  readonly closeOnEscape: boolean;
  readonly closeOnOverlayClick: boolean;
  readonly title: string;
}
interface Dialog {
  readonly id: number;
  readonly request: ModalRequest;
  readonly opener: Pick<FrameScope, 'module' | 'session'>;
  readonly place: Place;
  readonly closing: Set<() => unknown>;
}
const dialogs = createStore<readonly Dialog[]>([]);
let next = 1;

/** False when the manifest has no such resource, as the platform answers. */
export function openDialog(request: ModalRequest, opener: FrameScope): boolean {
  const { session, module, place } = opener;
  const resource = request.resource ?? module.resource;
  const src = session.resources[resource];
  if (src === undefined) return false;
  const dialog: Dialog = {
    id: next++,
    request,
    opener: { session, module: { ...module, resource, src, render: request.resource === null ? module.render : 'default' } },
    place: request.context === null ? place : { ...place, extra: { ...place.extra, modal: request.context } },
    closing: new Set(),
  };
  dialogs.set((all) => [...all, dialog]);
  opener.cleanup.add(() => close(dialog));
  return true;
}

/** The dialog of a module that the product itself opens, such as a menu's item. */
export function openModule(session: Session, module: WebModule, place: Place, onClose: () => void = () => undefined): void {
  const request = { resource: null, onClose, size: module.viewportSize ?? 'medium', context: null, closeOnEscape: true, closeOnOverlayClick: true, title: module.title };
  openDialog(request, { session, module, place, basePath: null, dialog: null, setHeight: () => undefined, setThemed: () => undefined, uiKit: null, cleanup: new Set() });
}

function close(dialog: Dialog, payload?: unknown): void {
  if (!dialogs.get().includes(dialog)) return;
  dialogs.set((all) => all.filter((other) => other !== dialog));
  for (const work of dialog.closing) void work();
  void Promise.resolve(dialog.request.onClose(payload)).catch(() => undefined);
}

/** Somebody pressed Escape in the dialog or in its frame. */
function escape(dialog: Dialog): void {
  if (dialog.request.closeOnEscape) close(dialog);
}

export function Dialogs(): ReactElement {
  const all = useStore(dialogs);
  return (
    <>
      {all.map((dialog) =>
        dialog.opener.module.render === 'native' ? (
          <Suspense key={dialog.id} fallback={null}>
            <NativeDialog request={dialog.request} frame={{ module: dialog.opener.module, place: dialog.place, dialog: endOf(dialog) }} />
          </Suspense>
        ) : (
          <AppDialog key={dialog.id} dialog={dialog} />
        ),
      )}
    </>
  );
}

/** What the surface in it may do to a dialog. */
const endOf = (dialog: Dialog): NonNullable<FrameScope['dialog']> => ({
  close: (payload) => close(dialog, payload),
  escape: () => escape(dialog),
  onClosing: (work) => void dialog.closing.add(work),
});

function AppDialog({ dialog }: { readonly dialog: Dialog }): ReactElement {
  const { request, opener, place } = dialog;
  const say = useWords();
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    element?.showModal();
    element?.querySelector('iframe')?.focus();
    // Closing, unlike removing, gives the focus back to the frame that opened it.
    return () => element?.close();
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing || dialogs.get().at(-1) !== dialog) return;
      // Left alone, a browser closes its dialog at the second press whatever we say.
      event.preventDefault();
      escape(dialog);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [dialog]);
  const named = typeof request.size === 'string';
  const style = typeof request.size === 'string' ? {} : { width: request.size.width, ...(request.size.height ? { height: request.size.height } : {}) };
  return (
    <dialog
      ref={ref}
      className={`app-dialog ${named ? `app-dialog-${String(request.size)}` : ''}`}
      style={style}
      aria-label={request.title || opener.module.title}
      onCancel={(event) => {
        event.preventDefault();
        escape(dialog);
      }}
      onClick={(event) => event.target === ref.current && request.closeOnOverlayClick && close(dialog)}
    >
      <div className="app-dialog-body">
        {request.title ? (
          <header className="app-dialog-head">
            <h1>{request.title}</h1>
            <IconButton icon={CloseIcon} label={say('close')} appearance="subtle" onClick={() => close(dialog)} />
          </header>
        ) : null}
        <Frame module={opener.module} place={place} fill dialog={endOf(dialog)} />
      </div>
    </dialog>
  );
}
