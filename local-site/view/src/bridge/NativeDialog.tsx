/** A dialog whose content is drawn by this page: what the surface opens from it lies above. */
import type { ReactElement } from 'react';
import Modal, { CloseButton, ModalBody, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import { useWords } from '../words';
import { Frame } from './Frame';
import type { FrameProps } from './use-bridge';
import type { ModalRequest } from './dialogs';

const WIDTHS: Readonly<Record<string, string | number>> = { small: 'small', medium: 'medium', large: 'large', xlarge: 'x-large', max: '100%', fullscreen: '100%', resizable: 'large' };

interface Props {
  readonly request: ModalRequest;
  readonly frame: FrameProps & { readonly dialog: NonNullable<FrameProps['dialog']> };
}
export default function NativeDialog({ request, frame }: Props): ReactElement {
  const say = useWords();
  const { size, title } = request;
  const fixed = typeof size !== 'string';
  return (
    <Modal
      onClose={() => frame.dialog.close()}
      label={title || frame.module.title}
      width={fixed ? size.width : (WIDTHS[size] ?? 'medium')}
      {...(fixed && size.height !== undefined ? { height: size.height } : {})}
      shouldCloseOnEscapePress={request.closeOnEscape}
      shouldCloseOnOverlayClick={request.closeOnOverlayClick}
    >
      {title === '' ? null : (
        <ModalHeader hasCloseButton={false}>
          <ModalTitle>{title}</ModalTitle>
          <CloseButton label={say('close')} onClick={() => frame.dialog.close()} />
        </ModalHeader>
      )}
      <ModalBody>
        <div className="config-frame">
          <Frame {...frame} />
        </div>
      </ModalBody>
    </Modal>
  );
}
