import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** The name of a test in the chosen language; one that the page does not know yet by its own code. */
export function useTestWords(): (test: string) => string {
  const { t } = useTranslation();
  return useMemo(() => (test) => t(`test.${test}`, { defaultValue: test.replaceAll('-', ' ') }), [t]);
}
