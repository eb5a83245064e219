import { windowEndMs, windowState, type ListedWindow } from '@lifeline/contracts';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useActsClosed } from '../../past/use-past.js';
import { useMay } from '../../session/use-user.js';
import { formatCount } from '../../words/numbers.js';
import { shortTime } from '../../words/times.js';
import { useAgeWords, useZone } from '../../words/use-words.js';
import { useScopeWords } from './use-scope-words.js';
import styles from './maintenance.module.css';

interface WindowTableProps {
  readonly windows: readonly ListedWindow[];
  readonly nowMs: number;
  readonly onEdit: (window: ListedWindow) => void;
  readonly onEnd: (window: ListedWindow) => void;
}

const COLUMNS = ['state', 'scope', 'kind', 'from', 'to', 'worker', 'permit', 'held', 'acts'] as const;

export function WindowTable({ windows, nowMs, onEdit, onEnd }: WindowTableProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.scroller} tabIndex={0} role="region" aria-label={t('maintenance.table')}>
      <table className={styles.table} data-testid="windows">
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {column === 'acts' ? (
                  <span className="only-read-aloud">{t('maintenance.column.acts')}</span>
                ) : (
                  t(`maintenance.column.${column}`)
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {windows.map((window) => (
            <WindowRow key={window.windowId} window={window} nowMs={nowMs} onEdit={onEdit} onEnd={onEnd} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps extends Omit<WindowTableProps, 'windows'> {
  readonly window: ListedWindow;
}

function WindowRow({ window, nowMs, onEdit, onEnd }: RowProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const ageWords = useAgeWords();
  const scopeWords = useScopeWords();
  const isEngineer = useMay('engineer');
  const closed = useActsClosed();
  const state = windowState(window, nowMs);
  const endMs = windowEndMs(window);
  const scope = scopeWords(window.scope);
  const small =
    state === 'next'
      ? t('maintenance.begins', { age: ageWords(window.fromMs - nowMs) })
      : state === 'now'
        ? t('maintenance.left', { age: ageWords(endMs - nowMs) })
        : window.endedAtMs !== null && window.endedAtMs < window.toMs
          ? t('maintenance.endedEarly', { who: window.changedBy })
          : undefined;
  const plain = { size: 'compact-xs', variant: 'default', disabled: closed !== undefined, title: closed } as const;
  return (
    <tr data-testid="window-row" data-window-id={window.windowId} data-state={state}>
      <td>
        <span className={styles.state} data-state={state}>
          {t(`maintenance.state.${state}`)}
        </span>
        {small !== undefined && <div className={styles.small}>{small}</div>}
      </td>
      <th scope="row" className={styles.what}>
        <span title={scope}>{scope}</span>
        <div className={styles.small}>
          {t('maintenance.sensors', { count: formatCount(window.sensors) })}
          {window.coversGasDanger && ` · ${t('maintenance.gasToo')}`}
          {window.note !== '' && ` · ${window.note}`}
        </div>
      </th>
      <td>{t(`maintenance.kind.${window.kind}`)}</td>
      <td className={styles.time}>{shortTime(window.fromMs, nowMs, zone)}</td>
      <td className={styles.time}>{shortTime(endMs, nowMs, zone)}</td>
      <td>{window.worker}</td>
      <td>{window.permit}</td>
      <td data-testid="window-held">
        {window.held === 0
          ? '–'
          : t('maintenance.held', { count: formatCount(window.held), active: formatCount(window.heldActive) })}
      </td>
      <td className={styles.acts}>
        {state !== 'past' && isEngineer && (
          <Button {...plain} onClick={() => onEdit(window)} data-testid="window-edit">
            {t('maintenance.edit')}
          </Button>
        )}
        {state !== 'past' && (
          <Button {...plain} onClick={() => onEnd(window)} data-testid="window-end">
            {t(state === 'now' ? 'maintenance.end' : 'maintenance.cancelWindow')}
          </Button>
        )}
      </td>
    </tr>
  );
}
