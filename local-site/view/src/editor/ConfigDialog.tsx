/** The dialog in which a macro's own screen configures it. */
import { useMemo, type ReactElement } from 'react';
import Modal, { CloseButton, ModalBody, ModalHeader, ModalTitle, ModalTransition } from '@atlaskit/modal-dialog';
import type { WebMacroConfig, WebModule } from '../../../web/api-types';
import { parseSubmit } from '../bridge/config';
import { Frame } from '../bridge/Frame';
import { placeOfMacro, type MacroAttrs } from '../bridge/macro';
import type { Place } from '../bridge/scope';
import { useWords } from '../words';

const WIDTHS: Readonly<Record<string, string | number>> = { small: 'small', medium: 'medium', large: 'large', xlarge: 'x-large', max: '100%', fullscreen: '100%' };

/** The macro as it was when its configuration was opened. */
export interface Configuring {
  readonly module: WebModule;
  readonly config: WebMacroConfig;
  readonly localId: string;
  readonly attrs: MacroAttrs;
  readonly isInserting: boolean;
}
interface Props {
  readonly configuring: Configuring | null;
  readonly where: Place;
  /** Stores it in the document; throws when the macro is gone. */
  readonly onSubmit: (localId: string, config: Readonly<Record<string, unknown>>) => void;
  readonly onClose: () => void;
}
export function ConfigDialog({ configuring, ...rest }: Props): ReactElement {
  return <ModalTransition>{configuring ? <Open key={configuring.localId} configuring={configuring} {...rest} /> : null}</ModalTransition>;
}

function Open({ configuring, where, onSubmit, onClose }: Props & { readonly configuring: Configuring }): ReactElement {
  const say = useWords();
  const { module, config, attrs, localId, isInserting } = configuring;
  const surface = useMemo(() => ({ ...module, resource: config.resource, src: config.src, render: config.render }), [module, config]);
  const place = useMemo(() => placeOfMacro(attrs, { ...where, extra: { ...where.extra, isEditing: true, macro: { isConfiguring: true, isInserting } } }), [attrs, where, isInserting]);
  const dialog = {
    close: onClose,
    onClosing: () => undefined,
    submit: (payload: unknown) => {
      const submitted = parseSubmit(payload);
      onSubmit(localId, submitted.config);
      if (!submitted.keepEditing) onClose();
    },
  };
  const { viewportSize: size } = config;
  const fixed = typeof size !== 'string';
  return (
    <Modal onClose={onClose} width={fixed ? size.width : (WIDTHS[size] ?? 'medium')} {...(fixed ? { height: size.height } : {})} shouldCloseOnOverlayClick={false}>
      <ModalHeader hasCloseButton={false}>
        <ModalTitle>{config.title}</ModalTitle>
        <CloseButton label={say('close')} onClick={onClose} />
      </ModalHeader>
      <ModalBody>
        <div className="config-frame">
          <Frame module={surface} place={place} dialog={dialog} />
        </div>
      </ModalBody>
    </Modal>
  );
}
