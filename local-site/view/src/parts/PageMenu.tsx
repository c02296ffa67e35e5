/** What else can be done with a page. */
import type { ReactElement } from 'react';
import { IconButton } from '@atlaskit/button/new';
import DropdownMenu, { DropdownItem, DropdownItemGroup } from '@atlaskit/dropdown-menu';
import MoreIcon from '@atlaskit/icon/core/show-more-horizontal';
import type { PageView } from '../../../web/api-types';
import { showFlag } from '../bridge/flags';
import { templatePath } from '../pages/Template';
import { go } from '../router';
import { api } from '../session';
import { useWords } from '../words';

export function PageMenu({ page }: { readonly page: PageView }): ReactElement {
  const say = useWords();
  const saveAsTemplate = async (): Promise<void> => {
    try {
      const { id } = await api<{ id: string }>('/__web/templates', 'POST', { spaceKey: page.space.key, name: page.title, description: '', body: JSON.stringify(page.body) });
      go(templatePath(page.space.key, id));
    } catch (error) {
      showFlag({ id: 'template', title: say('refused'), description: (error as Error).message, type: 'error' });
    }
  };
  return (
    <DropdownMenu<HTMLButtonElement>
      shouldRenderToParent
      placement="bottom-end"
      trigger={({ triggerRef, ...props }) => <IconButton {...props} ref={triggerRef} icon={MoreIcon} label={say('more')} appearance="subtle" />}
    >
      <DropdownItemGroup>
        <DropdownItem onClick={() => void saveAsTemplate()}>{say('saveAsTemplate')}</DropdownItem>
      </DropdownItemGroup>
    </DropdownMenu>
  );
}
