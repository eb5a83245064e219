import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface ConfirmProps {
  readonly title: string;
  readonly act: string;
  readonly testId: string;
  readonly shown: 'shown' | 'hidden';
  readonly progress: 'idle' | 'busy';
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  /** What the act does and why it cannot be undone. */
  readonly children: ReactNode;
}

/** Asks before what cannot be undone. */
export function Confirm({ title, act, testId, shown, progress, onConfirm, onCancel, children }: ConfirmProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={shown === 'shown'}
      onClose={onCancel}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': t('words.close') }}
    >
      {children}
      <Group justify="flex-end" gap={8} mt={16}>
        <Button size="xs" variant="default" onClick={onCancel} data-autofocus>
          {t('sensors.cancel')}
        </Button>
        <Button size="xs" loading={progress === 'busy'} onClick={onConfirm} data-testid={testId}>
          {act}
        </Button>
      </Group>
    </Modal>
  );
}
