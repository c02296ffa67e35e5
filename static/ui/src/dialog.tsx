/**
 * Every dialog of the app. They are drawn by the product over the whole window: inside a page's frame a dialog could lie
 * where nobody looks. The opener names one and hands it what it needs; the answer goes back when it closes.
 */
import './styles/base.css';
import './styles/dialog.css';
import './styles/notes.css';
import './styles/people.css';
import './styles/tickets.css';
import './styles/review.css';
import './styles/report.css';
import './styles/evidence.css';
import './styles/update.css';
import './styles/audit.css';
import { lazy, Suspense, type ComponentType, type ReactNode } from 'react';
import type { SchemeView } from '../../../src/contract';
import { closeDialog } from './api';
import type { DialogName } from './dialogs/names';
import { start } from './start';
import { useWords, WordsProvider } from './words';

export interface DialogProps {
  /** What the opener handed over; the component parses it. */
  readonly given: Readonly<Record<string, unknown>>;
  /** Ends the dialog with an answer; null: nothing was decided. */
  readonly done: (answer: Readonly<Record<string, unknown>> | null) => void;
}

const dialogs: Readonly<Record<DialogName, ComponentType<DialogProps>>> = {
  help: lazy(() => import('./dialogs/Help')),
  confirm: lazy(() => import('./dialogs/Confirm')),
  audience: lazy(() => import('./dialogs/Audience')),
  attach: lazy(() => import('./dialogs/Attach')),
  'move-alert': lazy(() => import('./dialogs/MoveAlert')),
  merge: lazy(() => import('./dialogs/Merge')),
  metrics: lazy(() => import('./dialogs/Metrics')),
  note: lazy(() => import('./dialogs/Note')),
  'note-history': lazy(() => import('./dialogs/NoteHistory')),
  paste: lazy(() => import('./dialogs/Paste')),
  copy: lazy(() => import('./dialogs/CopyTimeline')),
  ticket: lazy(() => import('./dialogs/Ticket')),
  'ticket-link': lazy(() => import('./dialogs/TicketLink')),
  'refresh-page': lazy(() => import('./dialogs/RefreshPage')),
  review: lazy(() => import('./dialogs/Review')),
  'ticket-tasks': lazy(() => import('./dialogs/TicketTasks')),
  report: lazy(() => import('./dialogs/Report')),
  evidence: lazy(() => import('./dialogs/Evidence')),
  update: lazy(() => import('./dialogs/Update')),
  audit: lazy(() => import('./dialogs/Audit')),
};

function Named(props: { readonly scheme: SchemeView | null; readonly children: ReactNode }) {
  return <WordsProvider words={useWords().named(props.scheme)}>{props.children}</WordsProvider>;
}

void start((context) => {
  const Shown = context.dialog === null ? undefined : dialogs[context.dialog.name];
  if (context.dialog === null || Shown === undefined) return null;
  return (
    <main className="dialog">
      <Suspense fallback={null}>
        <Named scheme={context.dialog.scheme}>
          <Shown given={context.dialog.given} done={closeDialog} />
        </Named>
      </Suspense>
    </main>
  );
});
