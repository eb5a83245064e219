import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useErrorWords } from './use-error-words.js';
import type { DraftErrors } from './draft.js';
import styles from './form.module.css';

interface Words {
  readonly en: string;
  readonly zh: string;
}

interface WordsFieldProps {
  readonly label: string;
  /** Where it is in the draft (`title`, `procedure.2`). */
  readonly path: string;
  readonly value: Words;
  readonly errors: DraftErrors;
  readonly onChange: (value: Words) => void;
  readonly onLeave: (path: string) => void;
}

/** A text in both languages, each with its own error beside it. */
export function WordsField({ label, path, value, errors, onChange, onLeave }: WordsFieldProps) {
  const { t } = useTranslation();
  const errorWords = useErrorWords();
  return (
    <div className={styles.twofold}>
      {(['en', 'zh'] as const).map((tongue) => (
        <Textarea
          key={tongue}
          size="xs"
          autosize
          minRows={1}
          maxRows={8}
          lang={tongue === 'zh' ? 'zh-CN' : 'en'}
          label={`${label} · ${t(`definitions.form.${tongue}`)}`}
          value={value[tongue]}
          error={errorWords(errors.get(`${path}.${tongue}`))}
          onChange={(event) => onChange({ ...value, [tongue]: event.currentTarget.value })}
          onBlur={() => onLeave(`${path}.${tongue}`)}
          name={`${path}.${tongue}`}
          data-testid={`field-${path}.${tongue}`}
        />
      ))}
    </div>
  );
}
