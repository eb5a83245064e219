import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../../words/numbers.js';
import type { ImportError } from './import-preview.js';
import { useImportWords } from './use-import-words.js';
import styles from './import.module.css';

interface ErrorsProps {
  readonly errors: readonly ImportError[];
  /** Brings a row of the file into view. */
  readonly onShow: (row: number) => void;
}

const LINE_PX = 26;

/** All that is wrong with the file, cell by cell; each line leads to its row. */
export function ImportErrors({ errors, onShow }: ErrorsProps) {
  const { t } = useTranslation();
  const say = useImportWords();
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useVirtualizer({
    count: errors.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 10,
  });
  if (errors.length === 0) return null;
  return (
    <section aria-labelledby="import-errors" data-testid="import-errors" className={styles.errors}>
      <h2 id="import-errors">
        {t('sensors.import.errors', { count: errors.length, shown: formatCount(errors.length) })}
      </h2>
      <div ref={scroller} className={styles.errorList}>
        <ol style={{ height: lines.getTotalSize() }}>
          {lines.getVirtualItems().map(({ index, start }) => {
            const error = errors[index]!;
            return (
              <li key={index} style={{ transform: `translateY(${start}px)` }} data-testid="import-error">
                <button type="button" onClick={() => onShow(error.row)} title={say(error)}>
                  <span className={styles.where}>
                    {error.row === 0
                      ? t('sensors.import.header')
                      : t('sensors.import.row', { row: formatCount(error.row) })}
                  </span>
                  <span className={styles.where}>{error.column}</span>
                  <span className="one-line">{say(error)}</span>
                </button>
              </li>
            );
          })}
        </ol>
      </div>
    </section>
  );
}
