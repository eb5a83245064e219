import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { cellKey, type Preview } from './import-preview.js';
import { useImportWords } from './use-import-words.js';
import styles from './import.module.css';

interface PreviewProps {
  readonly preview: Preview;
  /** A row to bring into view. */
  readonly shownRow: number | undefined;
}

const ROW_PX = 26;

/** The rows of the file as they were read; what is wrong is outlined, says why on hover, and is in the list above. */
export function PreviewTable({ preview, shownRow }: PreviewProps) {
  const { t } = useTranslation();
  const say = useImportWords();
  const scroller = useRef<HTMLDivElement>(null);
  const { columns, rows, byCell } = preview;
  const lines = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
  });
  useEffect(() => {
    const index = rows.findIndex(({ row }) => row === shownRow);
    if (index >= 0) lines.scrollToIndex(index, { align: 'center' });
  }, [shownRow, rows, lines]);
  const wrong = (row: number, column: string): string | undefined =>
    byCell.get(cellKey(row, column))?.map(say).join('\n');
  const template = `56px ${columns.map((column) => (column === 'name' ? '220px' : '116px')).join(' ')}`;
  return (
    <div
      className={styles.preview}
      ref={scroller}
      role="table"
      aria-label={t('sensors.import.preview')}
      aria-rowcount={rows.length + 1}
      tabIndex={0}
      data-testid="import-preview"
    >
      <div className={styles.previewHead} role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
        <span role="columnheader">
          <span className="only-read-aloud">{t('sensors.import.rowNumber')}</span>
        </span>
        {columns.map((column, index) => (
          <span
            key={`${index} ${column}`}
            role="columnheader"
            className="one-line"
            data-wrong={wrong(0, column) !== undefined}
            title={wrong(0, column)}
          >
            {column}
          </span>
        ))}
      </div>
      <div className={styles.previewRows} role="rowgroup" style={{ height: lines.getTotalSize() }}>
        {lines.getVirtualItems().map(({ index, start }) => {
          const { row, cells } = rows[index]!;
          const whole = wrong(row, '');
          return (
            <div
              key={row}
              role="row"
              aria-rowindex={row + 1}
              className={styles.previewRow}
              style={{ transform: `translateY(${start}px)`, gridTemplateColumns: template }}
              data-shown={row === shownRow}
            >
              <span role="rowheader" className="number quiet" data-wrong={whole !== undefined} title={whole}>
                {row}
              </span>
              {columns.map((column, at) => {
                const why = wrong(row, column);
                return (
                  <span
                    key={`${at} ${column}`}
                    role="cell"
                    className="one-line"
                    data-wrong={why !== undefined}
                    title={why ?? cells[at]}
                  >
                    {cells[at]}
                    {why !== undefined && <span className="only-read-aloud">{why}</span>}
                  </span>
                );
              })}
            </div>
          );
        })}
      </div>
    </div>
  );
}
