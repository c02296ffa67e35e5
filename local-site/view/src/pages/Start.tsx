/** The first page: four steps from an alert to a live incident page, and what has happened so far. */
import { useState, type ReactElement, type ReactNode } from 'react';
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
  const newest = recent[0];
  const incidents = session.modules.find((module) => module.type === 'confluence:globalPage');
  return (
    <div className="start">
      <h1>{say('startTitle')}</h1>
      <p className="lead">{say('startText')}</p>
      <div className="start-columns">
        <ol className="steps">
          <Step n={1} title={say('step1')} text={say('step1Text')}>
            <ScenarioButton action="break" label={say('step1Button')} done={say('step1Done')} />
          </Step>
          <Step n={2} title={say('step2')} text={say('step2Text')}>
            <Button isDisabled={!newest} onClick={() => newest && go(newest.url)}>
              {say(newest ? 'step2Button' : 'step2Waiting')}
            </Button>
          </Step>
          <Step n={3} title={say('step3')} text={say('step3Text')}>
            {incidents ? (
              <Button appearance="subtle" onClick={() => go(`/wiki/apps/${incidents.route ?? incidents.key}`)}>
                {say('step3Button')}
              </Button>
            ) : null}
          </Step>
          <Step n={4} title={say('step4')} text={say('step4Text')}>
            <ScenarioButton action="recover" label={say('step4Button')} done={say('step4Done')} />
          </Step>
        </ol>
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
            {say('mackerelConsole')}
          </LinkButton>
        </div>
      </div>
    </div>
  );
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

function ScenarioButton({ action, label, done }: { readonly action: 'break' | 'recover'; readonly label: string; readonly done: string }): ReactElement {
  const say = useWords();
  const [busy, setBusy] = useState(false);
  const press = async (): Promise<void> => {
    setBusy(true);
    try {
      await api('/__web/scenario', 'POST', { action });
      showFlag({ id: 'scenario', type: 'success', title: done, isAutoDismiss: true });
    } catch (error) {
      showFlag({ id: 'scenario', type: 'error', title: say('failed'), description: (error as Error).message });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button appearance={action === 'break' ? 'danger' : 'primary'} isLoading={busy} onClick={() => void press()}>
      {label}
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
