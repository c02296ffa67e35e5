import '@atlaskit/css-reset';
import './style.css';
import { useState, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import type { Session } from '../../web/api-types';
import { Dialogs } from './bridge/dialogs';
import { InlineDialogs } from './bridge/inline-dialogs';
import { Flags } from './bridge/flags';
import { applyColorMode } from './color-mode';
import { AppPage } from './pages/AppPage';
import { EditPage, NewPage } from './pages/Edit';
import { Issue } from './pages/Issue';
import { Project } from './pages/Project';
import { Page } from './pages/Page';
import { Space } from './pages/Space';
import { Start } from './pages/Start';
import { Trash } from './pages/Trash';
import { Template } from './pages/Template';
import { NotFound } from './parts/Empty';
import { SideBar } from './parts/SideBar';
import { TopBar } from './parts/TopBar';
import { usePath } from './router';
import { api, SessionContext } from './session';
import { useWords } from './words';

function Content(): ReactElement {
  const path = usePath();
  const say = useWords();
  const [, first, second, third, fourth, fifth] = path.split('/').map(decodeURIComponent);
  if (path === '/' || path === '/wiki' || path === '/wiki/' || path === '/wiki/home') return <Start />;
  if (first === 'wiki' && second === 'apps' && third) return <AppPage key={third} route={third} />;
  if (first === 'browse' && second) return <Issue key={second} issueKey={second} />;
  if (first === 'jira' && second === 'projects' && third) return <Project key={third} projectKey={third} />;
  if (first !== 'wiki' || second !== 'spaces' || !third) return <NotFound title={say('nothingHere')} />;
  if (fourth === undefined || fourth === '' || fourth === 'overview') return <Space key={third} spaceKey={third} />;
  if (fourth === 'trash') return <Trash key={third} spaceKey={third} />;
  if (fourth === 'templates' && fifth) return <Template key={path} spaceKey={third} id={fifth} edit={path.split('/')[6] === 'edit'} />;
  if (fourth !== 'pages' || !fifth) return <NotFound title={say('nothingHere')} />;
  if (fifth === 'create') return <NewPage spaceKey={third} />;
  if (fifth === 'edit' || fifth === 'edit-v2') return <EditPage key={path} id={path.split('/')[6] ?? ''} />;
  return <Page key={fifth} id={fifth} />;
}

function Site(): ReactElement {
  const say = useWords();
  const [menu, setMenu] = useState(false);
  return (
    <>
      <a className="skip" href="#content">
        {say('skip')}
      </a>
      <TopBar menuOpen={menu} onMenu={() => setMenu((open) => !open)} />
      <div className="below">
        <SideBar open={menu} onClose={() => setMenu(false)} />
        <main id="content">
          <Content />
        </main>
      </div>
      <InlineDialogs />
      <Dialogs />
      <Flags />
    </>
  );
}

async function begin(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) return;
  try {
    const [session] = await Promise.all([api<Session>('/__web/session'), applyColorMode()]);
    document.documentElement.lang = session.lang;
    createRoot(root).render(
      <SessionContext.Provider value={session}>
        <Site />
      </SessionContext.Provider>,
    );
  } catch (error) {
    root.textContent = (error as Error).message;
  }
}
void begin();
