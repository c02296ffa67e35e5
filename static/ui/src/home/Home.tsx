import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import Tabs, { Tab, TabList, TabPanel } from '@atlaskit/tabs';
import type { CandidateView, HomeView } from '../../../../src/contract';
import { goToSettings, type Route } from '../api';
import { Board } from '../board/Board';
import { momentOfPath } from '../board/rewind/link';
import { incidentOfPath } from '../context';
import { Boundary } from '../parts/Boundary';
import { Button, Notice } from '../parts/basics';
import { PausedNote, usePaused } from '../parts/paused';
import { useWords, WordsProvider } from '../words';
import { AllTab } from './AllTab';
import { PageTemplates } from '../parts/templates';
import { NewIncident } from './NewIncident';
import { Needs } from './Needs';
import { NowTab } from './NowTab';
import { useHealth } from './use-health';
import { useHome } from './use-home';

const Improvements = lazy(() => import('./Improvements'));
const Reviews = lazy(() => import('./Reviews'));
const Health = lazy(() => import('./Health'));
const KeptSettings = lazy(() => import('./KeptSettings'));

/** Addresses of the tabs everybody has, in their order; those of some come after them. */
const TABS = ['/', '/all', '/improvements', '/reviews'] as const;
const HEALTH = '/health';
const SETTINGS = '/settings';
const plain = (path: string): string => path.split(/[?#]/)[0]?.replace(/(?<=.)\/$/, '') ?? '/';

interface Place {
  readonly ready: boolean;
  readonly incidentId: string | null;
  readonly at: number | null;
  readonly tab: string;
  /** To the board of an incident; null: to the lists. */
  readonly go: (incidentId: string | null) => void;
  readonly goToTab: (tab: string) => void;
}
/** Which incident or tab the address names. Without a history from the host the choice lives on the screen only. */
function useRoute(openRoute: () => Promise<Route>): Place {
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
  const follow = useCallback((to: string) => {
    setPath(to);
    route.current?.go(to);
  }, []);
  const go = useCallback((incidentId: string | null) => follow(incidentId === null ? '/' : `/board/${encodeURIComponent(incidentId)}`), [follow]);
  return { ready: path !== null, incidentId: incidentOfPath(path ?? ''), at: momentOfPath(path ?? ''), tab: plain(path ?? '/'), go, goToTab: follow };
}

export function Home(props: { readonly openRoute: () => Promise<Route> }) {
  const { t } = useWords();
  const { ready, incidentId, at, tab, go, goToTab } = useRoute(props.openRoute);
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
  return <Lists tab={tab} goToTab={goToTab} openBoard={go} />;
}

function Lists(props: { readonly tab: string; readonly goToTab: (tab: string) => void; readonly openBoard: (incidentId: string) => void }) {
  const { home, error, staleSince, refresh } = useHome(true);
  const words = useWords().named(home?.scheme ?? null);
  const { t } = words;
  const isAdmin = home?.isAdmin === true && home.configured;
  const health = useHealth(isAdmin);
  const isPaused = usePaused();
  const keeps = home?.keepsSettings === true;
  // Until it is known who looks there are no more, and for most there never are.
  const tabs: readonly string[] = [...TABS, ...(isAdmin ? [HEALTH] : []), ...(keeps ? [SETTINGS] : [])];
  const selected = Math.max(0, tabs.indexOf(props.tab));
  const [form, setForm] = useState<{ readonly candidate: CandidateView | null } | null>(null);
  const opener = useRef<HTMLElement | null>(null);

  // The third and fourth have answers of their own and wait for none of these.
  const unread = <Unread error={error} refresh={refresh} />;
  const openForm = (candidate: CandidateView | null): void => {
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setForm({ candidate });
  };
  const closeForm = (): void => {
    setForm(null);
    opener.current?.focus();
  };

  return (
    <WordsProvider words={words}>
      <main className="home">
        <header className="home-head">
          <h1>{t('home.title')}</h1>
          <Button look="primary" onClick={() => openForm(null)} disabled={home === null || !home.configured || isPaused}>
            {t('home.new')}
          </Button>
        </header>
        <PausedNote />
        {form !== null && home !== null && (
          <PageTemplates pages={home.pageTemplates}>
            <NewIncident key={form.candidate?.id ?? 'new'} candidate={form.candidate} spaces={home.spaces} declareGroup={home.declareGroup} incidents={home.incidents} close={closeForm} changed={refresh} openBoard={props.openBoard} />
          </PageTemplates>
        )}
        {home !== null && !home.configured ? (
          <SetUp home={home} />
        ) : (
          <>
            {staleSince !== null && (
              <p className="home-stale" role="status">
                {t('home.stale', { time: words.clock(staleSince) })}
              </p>
            )}
            {tabs[selected] !== HEALTH && <Needs needs={(health.view?.needs ?? []).filter(({ key }) => !isPaused || key !== 'health.need.license')} open={() => props.goToTab(HEALTH)} />}
            <Tabs id="home-tabs" selected={selected} onChange={(index) => props.goToTab(tabs[index] ?? '/')}>
              <TabList>
                <Tab>{t('home.tab.now')}</Tab>
                <Tab>{t('home.tab.all')}</Tab>
                <Tab>{t('home.tab.improvements')}</Tab>
                <Tab>{t('home.tab.reviews')}</Tab>
                {isAdmin && <Tab>{t('home.tab.health')}</Tab>}
                {keeps && <Tab>{t('home.tab.settings')}</Tab>}
              </TabList>
              <TabPanel>{home === null ? unread : <NowTab home={home} declare={openForm} openBoard={props.openBoard} changed={refresh} />}</TabPanel>
              <TabPanel>{home === null ? unread : <AllTab incidents={home.incidents} now={home.now} openBoard={props.openBoard} changed={refresh} importTo={home.isAdmin && !isPaused ? home.spaces : null} />}</TabPanel>
              <TabPanel>
                <Boundary fallback={<Notice title={t('ticket.unavailable')} />}>
                  <Suspense fallback={<div className="all" role="status" aria-label={t('common.loading')} />}>
                    <Improvements openBoard={props.openBoard} />
                  </Suspense>
                </Boundary>
              </TabPanel>
              <TabPanel>
                <Boundary fallback={<Notice title={t('home.error.title')} />}>
                  <Suspense fallback={<div className="all" role="status" aria-label={t('common.loading')} />}>
                    <Reviews openBoard={props.openBoard} />
                  </Suspense>
                </Boundary>
              </TabPanel>
              {isAdmin && (
                <TabPanel>
                  <Boundary fallback={<Notice title={t('health.error.title')} />}>
                    <Suspense fallback={<div className="all" role="status" aria-label={t('common.loading')} />}>
                      <Health health={health} openBoard={props.openBoard} />
                    </Suspense>
                  </Boundary>
                </TabPanel>
              )}
              {keeps && (
                <TabPanel>
                  <Boundary fallback={<Notice title={t('settings.error.title')} />}>
                    <Suspense fallback={<div className="all" role="status" aria-label={t('common.loading')} />}>
                      <KeptSettings />
                    </Suspense>
                  </Boundary>
                </TabPanel>
              )}
            </Tabs>
          </>
        )}
      </main>
    </WordsProvider>
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
