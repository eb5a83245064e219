import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CallError } from '../api/call.js';
import { useRefusalWords } from '../refusals/use-refusal-words.js';

interface FailedProps {
  /** What could not be read, in the chosen language. */
  readonly what: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** What failed, why, and a way to try again; or that the person may not see it. */
export function Failed({ what, error, onRetry }: FailedProps) {
  const { t } = useTranslation();
  const refusalWords = useRefusalWords();
  if (error instanceof CallError && error.status === 403) return <p role="alert">{t('errors.noPermission')}</p>;
  const why = refusalWords(error);
  return (
    <div role="alert" data-testid="failed">
      <p>{t('errors.failed', { what, why })}</p>
      <Button size="xs" variant="default" onClick={onRetry}>
        {t('words.retry')}
      </Button>
    </div>
  );
}
