/** "More actions" of a page; what the person may not do is not offered. */
import { useRef, useState, type ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { IconButton } from '@atlaskit/button/new';
import DropdownMenu, { DropdownItem, DropdownItemGroup } from '@atlaskit/dropdown-menu';
import MoreIcon from '@atlaskit/icon/core/show-more-horizontal';
import type { PageView } from '../../../web/api-types';
import { openModule } from '../bridge/dialogs';
import { showFlag } from '../bridge/flags';
import { templatePath } from '../pages/Template';
import { go } from '../router';
import { api, useSession } from '../session';
import { useWords } from '../words';
import { PlaceDialog } from './PlaceDialog';
import { TrashedActions, useTrash } from './trash';

export function PageMenu({ page, onMoved }: { readonly page: PageView; readonly onMoved: () => void }): ReactElement | null {
  const say = useWords();
  const { throwAway } = useTrash();
  const [dialog, setDialog] = useState<'copy' | 'move' | null>(null);
  const session = useSession();
  const items = session.user === null ? [] : session.modules.filter((module) => module.type === 'confluence:contentAction');
  const canCopy = session.spaces.some((space) => space.canCreate);
  const canChange = page.canEdit && !page.isHome;
  const holder = useRef<HTMLSpanElement>(null);
  const canTemplate = page.space.canAdminister;
  if (page.trashed || (!canCopy && !canChange && !canTemplate && items.length === 0)) return null;
  // The item that opened the dialog is gone with its menu; the focus goes back to the menu's button.
  const close = (): void => {
    flushSync(() => setDialog(null));
    holder.current?.querySelector('button')?.focus();
  };
  const place = { contentId: page.id, spaceKey: page.space.key, extra: { location: window.location.href } };
  const saveAsTemplate = async (): Promise<void> => {
    try {
      const { id } = await api<{ id: string }>('/__web/templates', 'POST', { spaceKey: page.space.key, name: page.title, description: '', body: JSON.stringify(page.body) });
      go(templatePath(page.space.key, id));
    } catch (error) {
      showFlag({ id: 'template', title: say('refused'), description: (error as Error).message, type: 'error' });
    }
  };
  return (
    <span ref={holder}>
      <DropdownMenu<HTMLButtonElement>
        shouldRenderToParent
        placement="bottom-end"
        trigger={({ triggerRef, ...props }) => <IconButton {...props} ref={triggerRef} icon={MoreIcon} label={say('moreActions')} appearance="subtle" />}
      >
        <DropdownItemGroup>
          {canCopy ? <DropdownItem onClick={() => setDialog('copy')}>{say('copy')}</DropdownItem> : null}
          {canTemplate ? <DropdownItem onClick={() => void saveAsTemplate()}>{say('saveAsTemplate')}</DropdownItem> : null}
          {canChange ? <DropdownItem onClick={() => setDialog('move')}>{say('move')}</DropdownItem> : null}
          {canChange ? <DropdownItem onClick={() => throwAway(page, () => go(`/wiki/spaces/${page.space.key}/overview`))}>{say('moveToTrash')}</DropdownItem> : null}
        </DropdownItemGroup>
        {items.length > 0 ? (
          <DropdownItemGroup title={say('apps')} hasSeparator>
            {items.map((module) => (
              <DropdownItem key={module.key} onClick={() => openModule(session, module, place, close)}>
                {module.title}
              </DropdownItem>
            ))}
          </DropdownItemGroup>
        ) : null}
      </DropdownMenu>
      {dialog ? <PlaceDialog page={page} kind={dialog} onMoved={onMoved} onClose={close} /> : null}
    </span>
  );
}

/** Says that the page is in the trash, and leads out of it. */
export function TrashedNotice({ page, onRestored }: { readonly page: PageView; readonly onRestored: () => void }): ReactElement {
  const say = useWords();
  return (
    <div className="notice notice-warning trashed">
      <span>{say('trashed')}</span>
      <TrashedActions page={page} onRestored={onRestored} onDeleted={() => go(`/wiki/spaces/${page.space.key}/trash`)} />
    </div>
  );
}
