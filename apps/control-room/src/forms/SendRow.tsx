import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './forms.module.css';

interface SendRowProps {
  /** What the button that sends says. */
  readonly children: ReactNode;
  /** Of the button that sends; the refusal's ends in `-refused` instead of its last word. */
  readonly testId: string;
  readonly isSending?: boolean;
  /** Why it was refused; undefined while it was not. */
  readonly refused?: string | undefined;
  readonly onCancel: () => void;
}

/** The end of a form: why it was refused, and the two buttons that leave it. */
export function SendRow({ children, testId, isSending = false, refused, onCancel }: SendRowProps) {
  const { t } = useTranslation();
  return (
    <>
      {refused !== undefined && (
        <p role="alert" className={styles.refused} data-testid={testId.replace(/-[a-z]+$/, '-refused')}>
          {refused}
        </p>
      )}
      <Group justify="flex-end" gap={8} mt={12}>
        <Button size="xs" variant="default" onClick={onCancel}>
          {t('words.cancel')}
        </Button>
        <Button size="xs" type="submit" loading={isSending} data-testid={testId}>
          {children}
        </Button>
      </Group>
    </>
  );
}
