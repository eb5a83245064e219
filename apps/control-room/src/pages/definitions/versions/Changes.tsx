import { priorityByConsequence, type AlarmDefinitionContent, type Priority } from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../i18n/languages.js';
import { isTwofold, usePartLines } from '../use-part-words.js';
import { changedParts, linesOfChange } from './content-changes.js';
import styles from './versions.module.css';

interface ChangesProps {
  readonly before: AlarmDefinitionContent;
  readonly after: AlarmDefinitionContent;
}

/** What changed from one content to another: struck out and underlined, so that no hue is needed to read it. */
export function Changes({ before, after }: ChangesProps) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const partLines = usePartLines();
  const other = language === 'en' ? 'zh' : 'en';
  const was = priorityOf(before);
  const is = priorityOf(after);
  return (
    <dl className={styles.changes}>
      {was !== is && (
        <div data-part="priority">
          <dt>{t('definitions.priority')}</dt>
          <dd>
            <del>{t(`priorityShort.${was}`)}</del>
            <ins>{t(`priorityShort.${is}`)}</ins>
          </dd>
        </div>
      )}
      {changedParts(before, after).map((part) => (
        <div key={part} data-part={part}>
          <dt>{t(`definitions.part.${part}`)}</dt>
          {(isTwofold(part) ? ([language, other] as const) : ([language] as const)).map((tongue) => {
            const lines = linesOfChange(partLines(before, part, tongue), partLines(after, part, tongue));
            if (lines.every(({ kind }) => kind === 'kept')) return null;
            return (
              <dd key={tongue} lang={isTwofold(part) ? (tongue === 'zh' ? 'zh-CN' : 'en') : undefined}>
                {lines.map(({ kind, text }, at) =>
                  kind === 'kept' ? (
                    part === 'procedure' && (
                      <span key={at} className={styles.kept}>
                        {text}
                      </span>
                    )
                  ) : kind === 'gone' ? (
                    <del key={at}>{text}</del>
                  ) : (
                    <ins key={at}>{text}</ins>
                  ),
                )}
              </dd>
            );
          })}
        </div>
      ))}
    </dl>
  );
}

function priorityOf({ consequenceClass, minutesToRespond }: AlarmDefinitionContent): Priority {
  return priorityByConsequence(consequenceClass, minutesToRespond);
}
