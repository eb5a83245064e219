import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftError } from './draft.js';

/** Says what is wrong with a field; undefined where nothing is. */
export function useErrorWords(): (error: DraftError | undefined) => string | undefined {
  const { t } = useTranslation();
  return useMemo(
    () => (error) => {
      if (error === undefined) return undefined;
      return 'bound' in error
        ? t(`definitions.error.${error.kind}`, { bound: error.bound })
        : t(`definitions.error.${error.kind}`);
    },
    [t],
  );
}
