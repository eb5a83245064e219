import type { Incident } from '@lifeline/contracts';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../../alarms/PriorityMark.js';
import { markState } from '../../incidents/mark-state.js';
import { useNowMs } from '../../live/now.js';
import { formatCount } from '../../words/numbers.js';
import { dayOf, shortTime } from '../../words/times.js';
import { UtilityIcon } from '../../words/UtilityIcon.js';
import { useAgeWords, useNameIn, useZone } from '../../words/use-words.js';
import styles from './incidents-page.module.css';

const COLUMNS = ['priority', 'headline', 'since', 'length', 'alarms', 'state', 'conclusion'] as const;

interface IncidentTableProps {
  readonly rows: readonly Incident[];
  /** The row the keys are on, and the one that is shown beside. */
  readonly current: string | undefined;
  readonly selected: string | undefined;
  readonly onChoose: (incidentId: string) => void;
}

export function IncidentTable({ rows, current, selected, onChoose }: IncidentTableProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.scroller} tabIndex={0} role="region" aria-label={t('incidentsPage.table')}>
      <table className={styles.table} data-testid="incidents">
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th
                key={column}
                scope="col"
                className={column === 'length' || column === 'alarms' ? 'number' : undefined}
              >
                {column === 'priority' ? (
                  <span className="only-read-aloud">{t('incidentsPage.column.priority')}</span>
                ) : (
                  t(`incidentsPage.column.${column}`)
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((incident) => (
            <IncidentRow
              key={incident.incidentId}
              incident={incident}
              isCurrent={incident.incidentId === current}
              isSelected={incident.incidentId === selected}
              onChoose={() => onChoose(incident.incidentId)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly incident: Incident;
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  readonly onChoose: () => void;
}

function IncidentRow({ incident, isCurrent, isSelected, onChoose }: RowProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const nowMs = useNowMs(5000);
  const ageWords = useAgeWords();
  const nameIn = useNameIn();
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isCurrent]);
  const { incidentId, priority, utilities, counts, state, closedAtMs, conclusion, mergedInto } = incident;
  const sinceMs = Math.min(incident.firstOut.raisedAtMs, incident.openedAtMs);
  const headline = nameIn(incident.headline);
  const isFarBack = nowMs - sinceMs > 300 * 86_400_000;
  return (
    <tr
      ref={row}
      data-testid="incident-row"
      data-incident-id={incidentId}
      data-state={state}
      data-current={isCurrent}
      aria-selected={isSelected}
      onClick={onChoose}
    >
      <td>
        <PriorityMark priority={priority} state={state === 'open' ? markState(incident) : 'normal'} size={17} />
      </td>
      <td className={styles.headline}>
        <span className={styles.what}>
          {utilities.map((utility) => (
            <UtilityIcon key={utility} utility={utility} size={14} />
          ))}
          <button type="button" className={styles.name} title={headline}>
            {headline}
          </button>
        </span>
      </td>
      <td className={styles.time}>
        <time dateTime={new Date(sinceMs).toISOString()}>
          {isFarBack ? dayOf(sinceMs, zone) : shortTime(sinceMs, nowMs, zone)}
        </time>
      </td>
      <td className="number">{ageWords((closedAtMs ?? nowMs) - sinceMs)}</td>
      <td className="number">{formatCount(counts.members)}</td>
      <td className={styles.state}>
        {t(`incidents.state.${state}`)}
        {state === 'open' && counts.unacknowledged > 0 && (
          <span className="quiet"> · {t('incidents.unacknowledged', { count: counts.unacknowledged })}</span>
        )}
        {state === 'open' && counts.open === 0 && <span className="quiet"> · {t('incidents.noneStanding')}</span>}
      </td>
      <td className={styles.conclusion}>
        {conclusion === null ? (
          state === 'closed' && (
            <span className="quiet">{t(mergedInto === null ? 'incidentsPage.allOver' : 'incidentsPage.merged')}</span>
          )
        ) : (
          <span title={conclusion.text}>
            {t('incidents.act.conclusion', { cause: t(`incidents.cause.${conclusion.cause}`), text: conclusion.text })}
          </span>
        )}
      </td>
    </tr>
  );
}
