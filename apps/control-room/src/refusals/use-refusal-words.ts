import { REFUSAL_CODES, type RefusalCode } from '@lifeline/contracts';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError } from '../api/call.js';

function isRefusalCode(code: string): code is RefusalCode {
  return (REFUSAL_CODES as readonly string[]).includes(code);
}

/** The code by which the server told why it refused; undefined where it told none that this page knows. */
export function refusalCodeOf(error: unknown): RefusalCode | undefined {
  const code = error instanceof CallError ? error.problem?.code : undefined;
  return code !== undefined && isRefusalCode(code) ? code : undefined;
}

/** Says in the chosen language why a call did not succeed. */
export function useRefusalWords(): (error: unknown) => string {
  const { t } = useTranslation();
  return useCallback(
    (error) => {
      const code = refusalCodeOf(error);
      // What is named may be named in the registry's own language; nothing of it is a key.
      if (code !== undefined) return t(`refusals.${code}`, { ...(error as CallError).problem?.params });
      return error instanceof CallError && error.status !== 0 ? error.message : t('errors.notReached');
    },
    [t],
  );
}
