/** "More actions" of an issue; what the person may not do is not offered. */
import { useRef, useState, type ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { IconButton } from '@atlaskit/button/new';
import DropdownMenu, { DropdownItem, DropdownItemGroup } from '@atlaskit/dropdown-menu';
import MoreIcon from '@atlaskit/icon/core/show-more-horizontal';
import type { IssueView } from '../../../web/api-types';
import { showFlag } from '../bridge/flags';
import { SiteDialog } from '../parts/SiteDialog';
import { go } from '../router';
import { api } from '../session';
import { useWords } from '../words';
import { issuePath } from './use-issue';

export function IssueMenu({ issue }: { readonly issue: IssueView }): ReactElement | null {
  const say = useWords();
  const [dialog, setDialog] = useState<'move' | 'delete' | null>(null);
  const holder = useRef<HTMLSpanElement>(null);
  const canMove = issue.moveTo.length > 0;
  if (!canMove && !issue.canDelete) return null;
  // The item that opened the dialog is gone with its menu; the focus goes back to the menu's button.
  const close = (): void => {
    flushSync(() => setDialog(null));
    holder.current?.querySelector('button')?.focus();
  };
  return (
    <span ref={holder}>
      <DropdownMenu<HTMLButtonElement>
        shouldRenderToParent
        placement="bottom-end"
        trigger={({ triggerRef, ...props }) => <IconButton {...props} ref={triggerRef} icon={MoreIcon} label={say('moreActions')} appearance="subtle" />}
      >
        <DropdownItemGroup>
          {canMove ? <DropdownItem onClick={() => setDialog('move')}>{say('move')}</DropdownItem> : null}
          {issue.canDelete ? <DropdownItem onClick={() => setDialog('delete')}>{say('deleteIssue')}</DropdownItem> : null}
        </DropdownItemGroup>
      </DropdownMenu>
      {dialog === 'move' ? <MoveDialog issue={issue} onClose={close} /> : null}
      {dialog === 'delete' ? <DeleteDialog issue={issue} onClose={close} /> : null}
    </span>
  );
}

interface DialogProps {
  readonly issue: IssueView;
  readonly onClose: () => void;
}
function MoveDialog({ issue, onClose }: DialogProps): ReactElement {
  const say = useWords();
  const [projectKey, setProjectKey] = useState(issue.moveTo[0]?.key ?? '');
  const move = async (): Promise<void> => {
    const { key } = await api<{ key: string }>(`${issuePath(issue.key)}/move`, 'POST', { projectKey });
    onClose();
    go(`/browse/${key}`, 'replace');
  };
  return (
    <SiteDialog title={say('moveIssueTitle', { key: issue.key })} submit={say('move')} refusal={say('jiraRefused')} onSubmit={move} onClose={onClose}>
      <label className="field">
        {say('toProject')}
        <select value={projectKey} onChange={(event) => setProjectKey(event.target.value)}>
          {issue.moveTo.map(({ key, name }) => (
            <option key={key} value={key}>
              {name} ({key})
            </option>
          ))}
        </select>
      </label>
    </SiteDialog>
  );
}

function DeleteDialog({ issue, onClose }: DialogProps): ReactElement {
  const say = useWords();
  const remove = async (): Promise<void> => {
    await api(issuePath(issue.key), 'DELETE');
    onClose();
    showFlag({ id: `deleted-${issue.key}`, type: 'success', title: say('deleted', { title: issue.key }), isAutoDismiss: true });
    go(`/jira/projects/${issue.project.key}`);
  };
  return (
    <SiteDialog title={say('deleteIssueTitle', { key: issue.key })} submit={say('deleteIssue')} danger refusal={say('jiraRefused')} onSubmit={remove} onClose={onClose}>
      <p>{say('deleteIssueText')}</p>
    </SiteDialog>
  );
}
