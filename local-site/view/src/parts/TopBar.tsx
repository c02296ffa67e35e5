/** The bar above every page: product, Create, apps, theme, person. */
import { useState, type ReactElement } from 'react';
import Avatar from '@atlaskit/avatar';
import Button, { IconButton } from '@atlaskit/button/new';
import DropdownMenu, { DropdownItem, DropdownItemGroup, DropdownItemRadio, DropdownItemRadioGroup } from '@atlaskit/dropdown-menu';
import AddIcon from '@atlaskit/icon/core/add';
import AppsIcon from '@atlaskit/icon/core/apps';
import MenuIcon from '@atlaskit/icon/core/menu';
import ThemeIcon from '@atlaskit/icon/core/theme';
import { colorMode, switchColorMode } from '../color-mode';
import mark from '../mark.svg';
import { go, Link, usePath } from '../router';
import { switchUser, useSession } from '../session';
import { useStore } from '../store';
import { useWords } from '../words';
import { CreateDialog } from './Create';

export function TopBar({ onMenu, menuOpen }: { readonly onMenu: () => void; readonly menuOpen: boolean }): ReactElement {
  const say = useWords();
  const session = useSession();
  const mode = useStore(colorMode);
  const [creating, setCreating] = useState(false);
  const name = session.user?.displayName ?? say('anonymous');
  const apps = session.modules.filter((module) => module.type === 'confluence:globalPage');
  const [project] = session.projects;
  const inJira = /^\/(browse|jira)\//.test(usePath());
  return (
    <header className="top-bar">
      <div className="top-left">
        <span className="only-narrow">
          <IconButton icon={MenuIcon} label={say('menu')} appearance="subtle" onClick={onMenu} aria-expanded={menuOpen} />
        </span>
        <Link href="/" className="brand">
          <img src={mark} alt={say('home')} width="24" height="24" />
          <span className="brand-name">{say('product')}</span>
          <span className="brand-tag">{say('local')}</span>
        </Link>
        {project ? (
          <Link href={`/jira/projects/${project.key}`} className="top-link" {...(inJira ? { 'aria-current': 'page' as const } : {})}>
            {say('jira')}
          </Link>
        ) : null}
      </div>
      <div className="top-right">
        <Button appearance="primary" iconBefore={AddIcon} onClick={() => setCreating(true)} isDisabled={!session.user}>
          {say('create')}
        </Button>
        {apps.length > 0 ? (
          <DropdownMenu<HTMLButtonElement>
            shouldRenderToParent
            placement="bottom-end"
            trigger={({ triggerRef, ...props }) => <IconButton {...props} ref={triggerRef} icon={AppsIcon} label={say('apps')} appearance="subtle" />}
          >
            <DropdownItemGroup title={say('apps')}>
              {apps.map((module) => (
                <DropdownItem key={module.key} onClick={() => go(`/wiki/apps/${module.route ?? module.key}`)} description={session.app.name}>
                  {module.title}
                </DropdownItem>
              ))}
            </DropdownItemGroup>
          </DropdownMenu>
        ) : null}
        <IconButton icon={ThemeIcon} label={say(mode === 'dark' ? 'light' : 'dark')} appearance="subtle" onClick={switchColorMode} />
        <DropdownMenu<HTMLButtonElement>
          shouldRenderToParent
          placement="bottom-end"
          trigger={({ triggerRef, isSelected, testId, ...props }) => (
            <button type="button" {...props} ref={triggerRef} className="person" aria-pressed={isSelected} aria-label={`${say('signedInAs', { name })}. ${say('switchUser')}`} data-testid={testId}>
              <Avatar size="small" name={name} borderColor="transparent" />
            </button>
          )}
        >
          <DropdownItemRadioGroup id="user" title={say('switchUser')}>
            {[...session.users, { name: 'anonymous', displayName: say('anonymous'), accountId: '' }].map((user) => (
              <DropdownItemRadio
                key={user.name}
                id={user.name}
                isSelected={(session.user?.name ?? 'anonymous') === user.name}
                onClick={() => void switchUser(user.name)}
                description={roleOf(user.name, say)}
              >
                {user.displayName}
              </DropdownItemRadio>
            ))}
          </DropdownItemRadioGroup>
        </DropdownMenu>
      </div>
      {creating ? <CreateDialog onClose={() => setCreating(false)} /> : null}
    </header>
  );
}

const ROLES = ['admin', 'alice', 'bob', 'viewer', 'mallory', 'anonymous'] as const;
/** What a seeded person may do, in words; others have none. */
export function roleOf(name: string, say: ReturnType<typeof useWords>): string {
  const role = ROLES.find((known) => known === name);
  return role ? say(`role_${role}`) : '';
}
