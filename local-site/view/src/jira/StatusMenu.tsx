/** The status: a menu of where the issue may go, or only its name. */
import type { ReactElement } from 'react';
import DropdownMenu, { DropdownItem, DropdownItemGroup } from '@atlaskit/dropdown-menu';
import ChevronIcon from '@atlaskit/icon/core/chevron-down';
import Lozenge from '@atlaskit/lozenge';
import type { StatusCategory } from '../../../products/issues-for-web';
import type { IssueView } from '../../../web/api-types';
import { useWords } from '../words';

const LOOK = { new: 'default', indeterminate: 'inprogress', done: 'success' } as const;

export function StatusLozenge({ name, category }: { readonly name: string; readonly category: StatusCategory }): ReactElement {
  return <Lozenge appearance={LOOK[category]}>{name}</Lozenge>;
}

export function StatusMenu({ issue, onChoose }: { readonly issue: IssueView; readonly onChoose: (transitionId: string) => void }): ReactElement {
  const say = useWords();
  const { status, transitions } = issue;
  if (transitions.length === 0) return <StatusLozenge {...status} />;
  return (
    <DropdownMenu<HTMLButtonElement>
      shouldRenderToParent
      placement="bottom-start"
      trigger={({ triggerRef, isSelected, testId, ...props }) => (
        <button type="button" {...props} ref={triggerRef} className={`status-button status-${status.category}`} aria-pressed={isSelected} aria-label={`${say('status')}: ${status.name}`} data-testid={testId}>
          {status.name}
          <ChevronIcon label="" size="small" />
        </button>
      )}
    >
      <DropdownItemGroup>
        {transitions.map(({ id, name }) => (
          <DropdownItem key={id} onClick={() => onChoose(id)}>
            {name}
          </DropdownItem>
        ))}
      </DropdownItemGroup>
    </DropdownMenu>
  );
}
