import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../i18n/languages.js';
import type { ImportError } from './import-preview.js';

/** Says what is wrong with a cell: in English the server's own sentence, which names the cell; else the word of its code. */
export function useImportWords(): (error: ImportError) => string {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return useCallback(
    ({ code, message }) =>
      language === 'en' ? message : t('sensors.import.said', { word: t(`sensors.importCode.${code}`), message }),
    [t, language],
  );
}
