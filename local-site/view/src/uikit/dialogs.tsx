/** Dialogs of a surface, over the whole window. */
import { useEffect, type ComponentProps } from 'react';
import AtlaskitModal, { ModalBody, ModalFooter, ModalHeader, ModalTitle, ModalTransition } from '@atlaskit/modal-dialog';
import { report } from '../bridge/unmodelled';
import { Nodes, plain, propsOf, type Drawing } from './draw';

type ModalProps = Omit<ComponentProps<typeof AtlaskitModal>, 'children'>;
/** Sizes that only the real product knows. */
const FOREIGN = new Set<unknown>(['fullscreen', 'resizable']);

const Modal: Drawing = ({ node }) => {
  const { width, height, ...props } = propsOf<ModalProps>(node);
  const foreign = [width, height].find((size) => FOREIGN.has(size));
  useEffect(() => {
    if (foreign !== undefined) void report(`UI Kit Modal size ${String(foreign)}`);
  }, [foreign]);
  return (
    <AtlaskitModal {...props} {...(width === undefined ? {} : { width: FOREIGN.has(width) ? 'x-large' : width })} {...(height === undefined || FOREIGN.has(height) ? {} : { height })}>
      <Nodes of={node.children} />
    </AtlaskitModal>
  );
};

export const dialogs = {
  Modal, ModalTransition: plain(ModalTransition), ModalHeader: plain(ModalHeader), ModalTitle: plain(ModalTitle), ModalBody: plain(ModalBody), ModalFooter: plain(ModalFooter),
};
