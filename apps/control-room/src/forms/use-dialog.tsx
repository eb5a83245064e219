import { Modal, type ModalProps } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Drawn {
  readonly title: string;
  readonly size: NonNullable<ModalProps['size']>;
  readonly body: ReactNode;
}

export interface Dialog<Asked> {
  open(asked: Asked): void;
  close(): void;
  /** To be drawn. */
  readonly dialog: ReactNode;
}

/** A small dialog about what it is opened for, begun anew each time. */
export function useDialog<Asked>(draw: (asked: Asked, close: () => void) => Drawn): Dialog<Asked> {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<{ readonly of: Asked; readonly time: number }>();
  const [shown, setShown] = useState<'shown' | 'hidden'>('hidden');
  const close = (): void => setShown('hidden');
  const open = (of: Asked): void => {
    setAsked((before) => ({ of, time: (before?.time ?? 0) + 1 }));
    setShown('shown');
  };
  if (asked === undefined) return { open, close, dialog: null };
  const { title, size, body } = draw(asked.of, close);
  // It stays as it closes: the Escape that closes it must not close the drawer behind it as well.
  const dialog = (
    <Modal
      key={asked.time}
      opened={shown === 'shown'}
      onClose={close}
      title={title}
      centered
      size={size}
      closeButtonProps={{ 'aria-label': t('words.close') }}
    >
      {body}
    </Modal>
  );
  return { open, close, dialog };
}
