// Question before something is deleted or replaced: the only dialog that blocks the window.

import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './button.tsx';
import './confirm-dialog.css';

export interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly text: string;
  readonly confirmLabel: string;
  readonly cancelLabel: string;
  /** `main`: nothing is lost by confirming. */
  readonly look?: 'danger' | 'main';
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, title, text, confirmLabel, cancelLabel, look = 'danger', onConfirm, onClose } = props;
  const confirm = (): void => {
    onClose();
    onConfirm();
  };
  return (
    <ModalOverlay
      className="veil"
      isOpen={isOpen}
      onOpenChange={(isStillOpen) => !isStillOpen && onClose()}
      isDismissable
    >
      <Modal className="dialog">
        <Dialog role="alertdialog">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          <p className="soft">{text}</p>
          <div className="dialog__actions">
            <Button onPress={onClose} autoFocus>
              {cancelLabel}
            </Button>
            <Button look={look} onPress={confirm}>
              {confirmLabel}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
