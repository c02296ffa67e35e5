/** A value that turns into its field. `@forge/react` keeps the value and says which of both views stands. */
import type { ReactElement } from 'react';
import { IconButton } from '@atlaskit/button/new';
import { Label } from '@atlaskit/form';
import CheckIcon from '@atlaskit/icon/core/check-mark';
import CloseIcon from '@atlaskit/icon/core/close';
import { useWords } from '../words';
import { Nodes, propsOf, type Drawing } from './draw';

interface Props {
  readonly label?: string;
  readonly isEditing?: boolean;
  readonly hideActionButtons?: boolean;
  readonly keepEditViewOpenOnBlur?: boolean;
  readonly readViewFitContainerWidth?: boolean;
  readonly editButtonLabel?: string;
  readonly confirmButtonLabel?: string;
  readonly cancelButtonLabel?: string;
  readonly onConfirm?: () => void;
  readonly onCancel?: () => void;
  readonly onEdit?: () => void;
}
const InlineEdit: Drawing = ({ node }) => {
  const say = useWords();
  const { label, isEditing = false, hideActionButtons = false, keepEditViewOpenOnBlur = false, ...props } = propsOf<Props>(node);
  const view = (name: string): ReactElement => <Nodes of={node.children.find((child) => child.type === 'ContentWrapper' && child.props['name'] === name)?.children ?? []} />;
  const title = label === undefined ? null : <Label htmlFor="">{label}</Label>;
  if (!isEditing) {
    return (
      <div>
        {title}
        <button type="button" className={`uikit-read-view ${props.readViewFitContainerWidth ? 'uikit-read-view-wide' : ''}`} aria-label={props.editButtonLabel ?? label} onClick={() => props.onEdit?.()}>
          {view('readView')}
        </button>
      </div>
    );
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        props.onConfirm?.();
      }}
      onKeyDown={(event) => event.key === 'Escape' && !event.nativeEvent.isComposing && props.onCancel?.()}
      onBlur={(event) => !keepEditViewOpenOnBlur && !event.currentTarget.contains(event.relatedTarget) && props.onConfirm?.()}
    >
      {title}
      {view('editView')}
      {hideActionButtons ? null : (
        <div className="uikit-edit-actions">
          <IconButton type="submit" spacing="compact" icon={CheckIcon} label={props.confirmButtonLabel ?? say('save')} />
          <IconButton spacing="compact" icon={CloseIcon} label={props.cancelButtonLabel ?? say('cancel')} onClick={() => props.onCancel?.()} />
        </div>
      )}
    </form>
  );
};

export const inlineEdit = { InlineEdit };
