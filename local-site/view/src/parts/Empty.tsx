/** What stands where something is missing, refused or still coming. */
import type { ReactElement, ReactNode } from 'react';
import Button, { LinkButton } from '@atlaskit/button/new';
import { switchUser, useSession, type Failure } from '../session';
import { useWords } from '../words';

export function Empty({ title, children, action }: { readonly title: string; readonly children?: ReactNode; readonly action?: ReactNode }): ReactElement {
  return (
    <section className="empty">
      <svg viewBox="0 0 120 90" width="120" height="90" aria-hidden="true">
        <rect x="26" y="8" width="68" height="74" rx="6" fill="var(--ds-background-neutral)" />
        <rect x="36" y="22" width="34" height="6" rx="3" fill="var(--ds-background-neutral-pressed)" />
        <rect x="36" y="36" width="48" height="4" rx="2" fill="var(--ds-background-neutral-hovered)" />
        <rect x="36" y="46" width="42" height="4" rx="2" fill="var(--ds-background-neutral-hovered)" />
        <circle cx="88" cy="64" r="15" fill="var(--ds-surface)" stroke="var(--ds-border-bold)" strokeWidth="4" />
        <path d="M99 75l9 9" stroke="var(--ds-border-bold)" strokeWidth="5" strokeLinecap="round" />
      </svg>
      <h1>{title}</h1>
      {children}
      {action ? <p className="empty-action">{action}</p> : null}
    </section>
  );
}

export function NotFound({ title }: { readonly title: string }): ReactElement {
  const say = useWords();
  const { user } = useSession();
  return (
    <Empty title={title} action={<LinkButton href="/">{say('toStart')}</LinkButton>}>
      <p>{say('notFoundText')}</p>
      <p className="quiet">{say('notFoundUser', { name: user?.displayName ?? say('anonymous') })}</p>
    </Empty>
  );
}

export function AdminOnly(): ReactElement {
  const say = useWords();
  return (
    <Empty title={say('adminOnly')} action={<Button onClick={() => void switchUser('admin')}>{say('beAdmin')}</Button>}>
      <p>{say('adminOnlyText')}</p>
    </Empty>
  );
}

export function Failed({ failure, retry }: { readonly failure: Failure; readonly retry: () => void }): ReactElement {
  const say = useWords();
  return (
    <Empty title={say('failed')} action={<Button onClick={retry}>{say('retry')}</Button>}>
      <p>{failure.message}</p>
    </Empty>
  );
}

/** Reserved room while something loads. */
export function Waiting(): ReactElement {
  return (
    <div className="waiting" role="status" aria-busy="true">
      <div className="bone bone-title" />
      <div className="bone" />
      <div className="bone" />
      <div className="bone bone-short" />
    </div>
  );
}
