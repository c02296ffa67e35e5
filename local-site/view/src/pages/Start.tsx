/** The first page: steps from an alert to a live incident page, and what has happened so far. */
import { useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';
import Avatar from '@atlaskit/avatar';
import Button, { LinkButton } from '@atlaskit/button/new';
import type { PageLink } from '../../../web/api-types';
import { showFlag } from '../bridge/flags';
import { BylineItem } from '../parts/Byline';
import { roleOf } from '../parts/TopBar';
import { go, Link, useTitle } from '../router';
import { api, switchUser, useApi, useSession } from '../session';
import { useTime, useWords } from '../words';

export function Start(): ReactElement {
  const say = useWords();
  const session = useSession();
  useTitle(null);
  const { loaded } = useApi<readonly PageLink[]>('/__web/recent', 1_500);
  const recent = loaded.state === 'ready' ? loaded.value : [];
  useArrival(loaded.state === 'ready' ? (recent[0] ?? null) : undefined);
  return (
    <div className="start">
      <h1>{say('startTitle')}</h1>
      <p className="lead">{say(session.realMackerel ? 'realText' : 'startText')}</p>
      <div className="start-columns">
        {session.realMackerel ? <RealSteps newest={recent[0]} /> : <StandInSteps newest={recent[0]} />}
        <div className="start-side">
          <section aria-labelledby="newest">
            <h2 id="newest">{say('newest')}</h2>
            {recent.length === 0 ? <p className="quiet">{say('noIncidents')}</p> : null}
            <ul className="cards" aria-live="polite">
              {recent.map((page) => (
                <IncidentCard key={page.id} page={page} />
              ))}
            </ul>
          </section>
          <section aria-labelledby="as-who">
            <h2 id="as-who">{say('asWho')}</h2>
            <p className="quiet">{say('asWhoText')}</p>
            <ul className="people">
              {[...session.users, { name: 'anonymous', displayName: say('anonymous'), accountId: '' }].map((user) => {
                const current = (session.user?.name ?? 'anonymous') === user.name;
                return (
                  <li key={user.name}>
                    <button type="button" className="person-row" aria-pressed={current} onClick={() => void switchUser(user.name)}>
                      <Avatar size="small" name={user.displayName} />
                      <span>
                        <strong>{user.displayName}</strong>
                        <small>{roleOf(user.name, say)}</small>
                      </span>
                    </button>
                  </li>
                );
              })}
            </ul>
          </section>
          <LinkButton href={session.urls.mackerel} target="_blank">
            {say(session.realMackerel ? 'mackerelItself' : 'mackerelConsole')}
          </LinkButton>
        </div>
      </div>
    </div>
  );
}

type Newest = { readonly newest: PageLink | undefined };

function StandInSteps({ newest }: Newest): ReactElement {
  const say = useWords();
  return (
    <ol className="steps">
      <Step n={1} title={say('step1')} text={say('step1Text')}>
        <PressButton appearance="danger" label={say('step1Button')} done={say('step1Done')} press={() => api('/__web/scenario', 'POST', { action: 'break' })} />
      </Step>
      <Step n={2} title={say('step2')} text={say('step2Text')}>
        <NewestButton newest={newest} />
      </Step>
      <Step n={3} title={say('step3')} text={say('step3Text')}>
        <IncidentsButton />
      </Step>
      <Step n={4} title={say('step4')} text={say('step4Text')}>
        <PressButton label={say('step4Button')} done={say('step4Done')} press={() => api('/__web/scenario', 'POST', { action: 'recover' })} />
      </Step>
    </ol>
  );
}

/** Nothing can be broken here: alerts are those the organization has. */
function RealSteps({ newest }: Newest): ReactElement {
  const say = useWords();
  return (
    <ol className="steps">
      <Step n={1} title={say('real1')} text={say('real1Text')}>
        <PressButton label={say('real1Button')} done={say('real1Done')} press={() => api('/__site/run/sweep', 'POST')} />
      </Step>
      <Step n={2} title={say('real2')} text={say('real2Text')}>
        <IncidentsButton />
      </Step>
      <Step n={3} title={say('step3')} text={say('step3Text')}>
        <NewestButton newest={newest} />
      </Step>
    </ol>
  );
}

function NewestButton({ newest }: Newest): ReactElement {
  const say = useWords();
  return (
    <Button isDisabled={!newest} onClick={() => newest && go(newest.url)}>
      {say(newest ? 'step2Button' : 'step2Waiting')}
    </Button>
  );
}

function IncidentsButton(): ReactElement | null {
  const say = useWords();
  const incidents = useSession().modules.find((module) => module.type === 'confluence:globalPage');
  return incidents ? <Button onClick={() => go(`/wiki/apps/${incidents.route ?? incidents.key}`)}>{say('step3Button')}</Button> : null;
}

/** Says when a page appears that was not there before. undefined: not known yet. */
function useArrival(newest: PageLink | null | undefined): void {
  const say = useWords();
  const known = useRef<string | null | undefined>(undefined);
  useEffect(() => {
    if (newest === undefined) return;
    const before = known.current;
    known.current = newest?.id ?? null;
    if (newest === null || before === undefined || before === newest.id) return;
    showFlag({ id: 'arrival', type: 'info', title: newest.title, description: say('arrived'), actions: [{ text: say('arrivedOpen'), onClick: () => go(newest.url) }] });
  }, [newest, say]);
}

function Step({ n, title, text, children }: { readonly n: number; readonly title: string; readonly text: string; readonly children: ReactNode }): ReactElement {
  return (
    <li className="step">
      <span className="step-number" aria-hidden="true">
        {n}
      </span>
      <div>
        <h2>{title}</h2>
        <p>{text}</p>
        {children}
      </div>
    </li>
  );
}

function PressButton(props: { readonly label: string; readonly done: string; readonly appearance?: 'danger'; readonly press: () => Promise<unknown> }): ReactElement {
  const say = useWords();
  const [busy, setBusy] = useState(false);
  const press = async (): Promise<void> => {
    setBusy(true);
    try {
      await props.press();
      showFlag({ id: 'pressed', type: 'success', title: props.done, isAutoDismiss: true });
    } catch (error) {
      showFlag({ id: 'pressed', type: 'error', title: say('failed'), description: (error as Error).message });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button appearance={props.appearance ?? 'primary'} isLoading={busy} onClick={() => void press()}>
      {props.label}
    </Button>
  );
}

function IncidentCard({ page }: { readonly page: PageLink }): ReactElement {
  const say = useWords();
  const when = useTime();
  return (
    <li>
      <Link href={page.url} className="card">
        <strong>{page.title}</strong>
        <span className="card-line">
          {page.byline ? <BylineItem byline={page.byline} /> : null}
          {page.restricted ? <span>{say('private')}</span> : null}
          <time dateTime={new Date(page.at).toISOString()}>{when(page.at)}</time>
        </span>
      </Link>
    </li>
  );
}
