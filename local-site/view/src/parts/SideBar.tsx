/** Navigation beside every page; a drawer on narrow windows. */
import { type ReactElement, type ReactNode } from 'react';
import HomeIcon from '@atlaskit/icon/core/home';
import IncidentIcon from '@atlaskit/icon/core/incident';
import LinkExternalIcon from '@atlaskit/icon/core/link-external';
import PageIcon from '@atlaskit/icon/core/page';
import SettingsIcon from '@atlaskit/icon/core/settings';
import type { SpacePages } from '../../../web/api-types';
import { Link, usePath } from '../router';
import { useApi, useSession } from '../session';
import { useWords } from '../words';

export function SideBar({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }): ReactElement {
  const say = useWords();
  const session = useSession();
  const path = usePath();
  const here = /^\/wiki\/spaces\/([^/]+)/.exec(path)?.[1];
  const apps = session.modules.filter((module) => module.type === 'confluence:globalPage');
  const settings = session.modules.filter((module) => module.type === 'confluence:globalSettings');
  return (
    <>
      {open ? <div className="scrim" onClick={onClose} /> : null}
      <nav className={`side-bar ${open ? 'side-open' : ''}`} aria-label={say('menu')} onClick={(event) => (event.target as HTMLElement).closest('a') && onClose()}>
        <Item href="/" icon={<HomeIcon label="" />} current={path === '/'}>
          {say('home')}
        </Item>
        {apps.length > 0 ? <h2>{say('apps')}</h2> : null}
        {apps.map((module) => {
          const href = `/wiki/apps/${module.route ?? module.key}`;
          return (
            <Item key={module.key} href={href} icon={<IncidentIcon label="" />} current={path === href || path.startsWith(`${href}/`)}>
              {module.title}
            </Item>
          );
        })}
        {session.spaces.length > 0 ? <h2>{say('spaces')}</h2> : null}
        {session.spaces.map((space) => (
          <div key={space.key}>
            <Item href={`/wiki/spaces/${space.key}/overview`} icon={<span className="space-badge">{[...space.name][0]}</span>} current={path === `/wiki/spaces/${space.key}/overview`}>
              {space.name}
            </Item>
            {here === space.key ? <Pages spaceKey={space.key} path={path} /> : null}
          </div>
        ))}
        {session.projects.length > 0 ? <h2>{say('projects')}</h2> : null}
        {session.projects.map((project) => {
          const href = `/jira/projects/${project.key}`;
          return (
            <Item key={project.key} href={href} icon={<span className="space-badge">{[...project.name][0]}</span>} current={path === href}>
              {project.name}
            </Item>
          );
        })}
        {session.isAdmin && settings.length > 0 ? <h2>{say('administration')}</h2> : null}
        {session.isAdmin
          ? settings.map((module) => (
              <Item key={module.key} href={`/wiki/apps/${module.key}`} icon={<SettingsIcon label="" />} current={path === `/wiki/apps/${module.key}`}>
                {module.title}
              </Item>
            ))
          : null}
        <hr />
        <a className="nav-item" href={session.urls.mackerel} target="_blank" rel="noreferrer">
          <LinkExternalIcon label="" />
          <span>{say(session.realMackerel ? 'mackerelItself' : 'mackerelConsole')}</span>
        </a>
      </nav>
    </>
  );
}

function Item({ href, icon, current, children }: { readonly href: string; readonly icon: ReactNode; readonly current: boolean; readonly children: ReactNode }): ReactElement {
  return (
    <Link href={href} className="nav-item" {...(current ? { 'aria-current': 'page' as const } : {})}>
      {icon}
      <span>{children}</span>
    </Link>
  );
}

function Pages({ spaceKey, path }: { readonly spaceKey: string; readonly path: string }): ReactElement | null {
  const { loaded } = useApi<SpacePages>(`/__web/spaces/${spaceKey}`, 5_000);
  if (loaded.state !== 'ready') return null;
  return (
    <div className="nav-pages">
      {loaded.value.pages.slice(0, 12).map((page) => (
        <Item key={page.id} href={page.url} icon={<PageIcon label="" />} current={path.startsWith(`/wiki/spaces/${spaceKey}/pages/${page.id}`)}>
          {page.title}
        </Item>
      ))}
    </div>
  );
}
