/** The fields beside the description. */
import { lazy, Suspense, useState, type FormEvent, type ReactElement, type ReactNode } from 'react';
import Avatar from '@atlaskit/avatar';
import DropdownMenu, { DropdownItemRadio, DropdownItemRadioGroup } from '@atlaskit/dropdown-menu';
import Tag from '@atlaskit/tag';
import type { IssueChange } from '../../../products/issues-for-web';
import type { IssueView } from '../../../web/api-types';
import { useSession } from '../session';
import { useWords } from '../words';

const DueDate = lazy(() => import('./DueDate'));

interface Props {
  readonly issue: IssueView;
  readonly onEdit: (edit: IssueChange) => void;
}
export function Details({ issue, onEdit }: Props): ReactElement {
  const say = useWords();
  const { canEdit } = issue;
  return (
    <section className="issue-group" aria-label={say('details')}>
      <h2>{say('details')}</h2>
      <dl className="issue-fields">
        <Field name={say('assignee')}>{canEdit ? <AssigneeMenu issue={issue} onEdit={onEdit} /> : <Person name={issue.assignee} />}</Field>
        <Field name={say('dueDate')}>
          {canEdit ? (
            <Suspense fallback={issue.dueDate ?? say('none')}>
              <DueDate value={issue.dueDate} onChange={(dueDate) => onEdit({ dueDate })} />
            </Suspense>
          ) : (
            (issue.dueDate ?? say('none'))
          )}
        </Field>
        <Field name={say('priority')}>{issue.priority ?? say('none')}</Field>
        <Field name={say('labels')}>
          <Labels labels={issue.labels} canEdit={canEdit} onChange={(labels) => onEdit({ labels })} />
        </Field>
        <Field name={say('resolution')}>{issue.resolution ?? say('unresolved')}</Field>
        <Field name={say('security')}>{issue.securityLevel ?? say('none')}</Field>
        <Field name={say('reporter')}>
          <Person name={issue.reporter} />
        </Field>
      </dl>
    </section>
  );
}

function Field({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="issue-field">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Person({ name }: { readonly name: string | null }): ReactElement {
  const say = useWords();
  return (
    <span className="issue-person">
      <Avatar size="xsmall" {...(name === null ? {} : { name })} borderColor="transparent" />
      {name ?? say('unassigned')}
    </span>
  );
}

function AssigneeMenu({ issue, onEdit }: Props): ReactElement {
  const say = useWords();
  const { users } = useSession();
  const choices = [{ accountId: null, displayName: say('unassigned') }, ...users];
  return (
    <DropdownMenu<HTMLButtonElement>
      shouldRenderToParent
      placement="bottom-start"
      trigger={({ triggerRef, isSelected, testId, ...props }) => (
        <button type="button" {...props} ref={triggerRef} className="field-button" aria-pressed={isSelected} aria-label={`${say('assignee')}: ${issue.assignee ?? say('unassigned')}`} data-testid={testId}>
          <Person name={issue.assignee} />
        </button>
      )}
    >
      <DropdownItemRadioGroup id="assignee" title={say('assignee')}>
        {choices.map(({ accountId, displayName }) => (
          <DropdownItemRadio key={accountId ?? ''} id={accountId ?? 'nobody'} isSelected={issue.assigneeId === accountId} onClick={() => onEdit({ assigneeId: accountId })}>
            {displayName}
          </DropdownItemRadio>
        ))}
      </DropdownItemRadioGroup>
    </DropdownMenu>
  );
}

interface LabelsProps {
  readonly labels: readonly string[];
  readonly canEdit: boolean;
  readonly onChange: (labels: readonly string[]) => void;
}
function Labels({ labels, canEdit, onChange }: LabelsProps): ReactElement {
  const say = useWords();
  const [typed, setTyped] = useState('');
  const add = (event: FormEvent): void => {
    event.preventDefault();
    const label = typed.trim().replace(/\s+/g, '-');
    setTyped('');
    if (label !== '' && !labels.includes(label)) onChange([...labels, label]);
  };
  return (
    <>
      {labels.length === 0 && !canEdit ? say('none') : null}
      <span className="issue-labels">
        {labels.map((label) => (
          <Tag key={label} text={label} isRemovable={canEdit} removeButtonLabel={say('removeLabel', { label })} onAfterRemoveAction={() => onChange(labels.filter((other) => other !== label))} />
        ))}
      </span>
      {canEdit ? (
        <form onSubmit={add}>
          <input className="label-field" aria-label={say('addLabel')} placeholder={say('addLabel')} maxLength={255} value={typed} onChange={(event) => setTyped(event.target.value)} />
        </form>
      ) : null}
    </>
  );
}
