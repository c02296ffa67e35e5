import { useCallback, useEffect, useRef, useState } from 'react';
import Tabs, { Tab, TabList, TabPanel } from '@atlaskit/tabs';
import type { CandidateView, HomeView } from '../../../../src/contract';
import { goToSettings, type Route } from '../api';
import { Board } from '../board/Board';
import { momentOfPath } from '../board/rewind/link';
import { incidentOfPath } from '../context';
import { Button, Notice } from '../parts/basics';
import { useWords } from '../words';
import { AllTab } from './AllTab';
import { NewIncident } from './NewIncident';
import { NowTab } from './NowTab';
import { useHome } from './use-home';

/** Which incident the address names. Without a history from the host the choice lives on the screen only. */
function useRoute(openRoute: () => Promise<Route>): { readonly ready: boolean; readonly incidentId: string | null; readonly at: number | null; readonly go: (incidentId: string | null) => void } {
  const [path, setPath] = useState<string | null>(null);
  const route = useRef<Route | null>(null);
  useEffect(() => {
    void openRoute().then(
      (opened) => {
        route.current = opened;
        opened.listen(() => setPath(opened.path()));
        setPath(opened.path());
      },
      () => setPath('/'),
    );
  }, [openRoute]);
  const go = useCallback((incidentId: string | null) => {
    const to = incidentId === null ? '/' : `/board/${encodeURIComponent(incidentId)}`;
    if (route.current === null) setPath(to);
    else route.current.go(to);
  }, []);
  return { ready: path !== null, incidentId: incidentOfPath(path ?? ''), at: momentOfPath(path ?? ''), go };
}

export function Home(props: { readonly openRoute: () => Promise<Route> }) {
  const { t } = useWords();
  const { ready, incidentId, at, go } = useRoute(props.openRoute);
  if (!ready) return <div className="first-paint-home" role="status" aria-label={t('common.loading')} />;
  if (incidentId !== null) {
    return (
      <main className="full-screen">
        <Button look="quiet" className="back" onClick={() => go(null)}>
          ← {t('board.back')}
        </Button>
        <Board key={incidentId} target={{ pageId: null, incidentId }} place="full-screen" at={at} />
      </main>
    );
  }
  return <Lists openBoard={go} />;
}

function Lists(props: { readonly openBoard: (incidentId: string) => void }) {
  const words = useWords();
  const { t } = words;
  const { home, error, staleSince, refresh } = useHome(true);
  const [form, setForm] = useState<{ readonly candidate: CandidateView | null } | null>(null);
  const opener = useRef<HTMLElement | null>(null);

  const openForm = (candidate: CandidateView | null): void => {
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setForm({ candidate });
  };
  const closeForm = (): void => {
    setForm(null);
    opener.current?.focus();
  };

  return (
    <main className="home">
      <header className="home-head">
        <h1>{t('home.title')}</h1>
        <Button look="primary" onClick={() => openForm(null)} disabled={home === null || !home.configured}>
          {t('home.new')}
        </Button>
      </header>
      {form !== null && home !== null && (
        <NewIncident key={form.candidate?.id ?? 'new'} candidate={form.candidate} spaces={home.spaces} close={closeForm} changed={refresh} openBoard={props.openBoard} />
      )}
      {home === null ? (
        <Unread error={error} refresh={refresh} />
      ) : !home.configured ? (
        <SetUp home={home} />
      ) : (
        <>
          {staleSince !== null && (
            <p className="home-stale" role="status">
              {t('home.stale', { time: words.clock(staleSince) })}
            </p>
          )}
          <Tabs id="home-tabs">
            <TabList>
              <Tab>{t('home.tab.now')}</Tab>
              <Tab>{t('home.tab.all')}</Tab>
            </TabList>
            <TabPanel>
              <NowTab home={home} declare={openForm} openBoard={props.openBoard} changed={refresh} />
            </TabPanel>
            <TabPanel>
              <AllTab incidents={home.incidents} now={home.now} openBoard={props.openBoard} />
            </TabPanel>
          </Tabs>
        </>
      )}
    </main>
  );
}

function Unread(props: { readonly error: unknown; readonly refresh: () => void }) {
  const words = useWords();
  const { t } = words;
  if (props.error === null) {
    return (
      <div className="cards skeleton" role="status" aria-label={t('common.loading')}>
        <div className="card bone-card" />
        <div className="card bone-card" />
      </div>
    );
  }
  return (
    <Notice tone="warning" live title={t('home.error.title')} actions={<Button onClick={props.refresh}>{t('common.retry')}</Button>}>
      <p>{words.reason(props.error)}</p>
    </Notice>
  );
}

function SetUp(props: { readonly home: HomeView }) {
  const { t } = useWords();
  return (
    <Notice
      title={t('home.setup.title')}
      actions={
        props.home.isAdmin && (
          <Button look="primary" onClick={goToSettings}>
            {t('home.setup.open')}
          </Button>
        )
      }
    >
      <ol className="steps">
        <li>{t('home.setup.step1')}</li>
        <li>{t('home.setup.step2')}</li>
        <li>{t('home.setup.step3')}</li>
      </ol>
      {!props.home.isAdmin && <p>{t('home.setup.ask')}</p>}
    </Notice>
  );
}
