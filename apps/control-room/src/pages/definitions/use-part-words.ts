import type { AlarmDefinitionContent } from '@lifeline/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Part } from './versions/content-changes.js';

/** Says a part of a definition as lines of text in one of the two languages; a procedure a line each step. */
export function usePartLines(): (content: AlarmDefinitionContent, part: Part, language: 'en' | 'zh') => string[] {
  const { t } = useTranslation();
  return useMemo(
    () => (content, part, language) => {
      switch (part) {
        case 'procedure':
          return content.procedure.map((step) => step[language]);
        case 'consequenceClass':
          return [t(`definitions.class.${content.consequenceClass}`)];
        case 'minutesToRespond':
          return [t('definitions.minutes', { minutes: content.minutesToRespond })];
        case 'reAlarmMinutes':
          return [
            content.reAlarmMinutes === null
              ? t('definitions.never')
              : t('definitions.minutes', { minutes: content.reAlarmMinutes }),
          ];
        case 'latches':
        case 'mayBeShelved':
          return [t(content[part] ? 'definitions.yes' : 'definitions.no')];
        case 'source':
          return content.source === '' ? [] : [content.source];
        default:
          return [content[part][language]];
      }
    },
    [t],
  );
}

/** True of a part that is written in two languages. */
export function isTwofold(part: Part): boolean {
  return ['title', 'cause', 'consequence', 'action', 'procedure', 'owner'].includes(part);
}
