import type { OperatorLine } from '@lifeline/incidents';
import { ChevronDownIcon, ChevronRightIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../alarms/PriorityMark.js';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import { useNowMs } from '../live/now.js';
import { useActsClosed } from '../past/use-past.js';
import { formatCount } from '../words/numbers.js';
import { shortTime } from '../words/times.js';
import { UtilityIcon } from '../words/UtilityIcon.js';
import { CallOutMark } from '../call-out/CallOutMark.js';
import { useAgeWords, useNameIn, useZone } from '../words/use-words.js';
import { useCauseWords } from './use-cause-words.js';
import styles from './lines.module.css';

export interface GroupLineProps {
  readonly id: string;
  readonly chosen: boolean;
  readonly level: number;
  readonly isOpen: boolean;
  readonly onChoose: () => void;
  readonly onAcknowledge: () => void;
}

interface IncidentLineProps extends GroupLineProps {
  readonly line: Extract<OperatorLine, { kind: 'incident' }>;
  readonly onToggle: () => void;
}

/** One incident: what happened, why its alarms are one, how many they are and how many of them wait. */
export function IncidentLine(props: IncidentLineProps) {
  const { id, line, chosen, level, isOpen, onChoose, onAcknowledge, onToggle } = props;
  const { t } = useTranslation();
  const zone = useZone();
  const nowMs = useNowMs(5000);
  const ageWords = useAgeWords();
  const nameIn = useNameIn();
  const causeWords = useCauseWords();
  const closed = useActsClosed();
  const incident = useCell(useLive().incidents.book).byId.get(line.incidentId)?.incident;
  const sinceMs = incident?.firstOut.raisedAtMs ?? line.newestAtMs;
  const headline = nameIn(line.words);
  const cause = incident === undefined ? '' : causeWords(incident);
  const Chevron = isOpen ? ChevronDownIcon : ChevronRightIcon;
  const waits = line.unacknowledged > 0;
  const over = incident === undefined ? 0 : incident.counts.members - incident.counts.open;
  return (
    <div
      className={styles.incident}
      data-testid="incident-line"
      data-incident-id={line.incidentId}
      data-priority={line.priority}
      data-waits={waits}
      data-short={line.what === 'incident-asset'}
      data-level={level}
      role="gridcell"
      id={id}
      aria-selected={chosen}
      onClick={onChoose}
    >
      <div className={styles.marks}>
        <PriorityMark
          priority={line.priority}
          state={line.isQuiet ? 'normal' : waits ? 'unacknowledged' : 'acknowledged'}
          size={20}
        />
        <button
          type="button"
          tabIndex={-1}
          className={styles.toggle}
          aria-label={t(isOpen ? 'incidents.close' : 'incidents.open', { headline })}
          data-testid="incident-toggle"
          onClick={(event) => {
            event.stopPropagation();
            onToggle();
          }}
        >
          <Chevron size={16} strokeWidth={1.8} aria-hidden />
        </button>
      </div>
      <div className={styles.body}>
        <div className={styles.top}>
          <span className={styles.headline} title={headline}>
            {headline}
          </span>
          <span className={styles.when}>
            <time dateTime={new Date(sinceMs).toISOString()}>{shortTime(sinceMs, nowMs, zone)}</time>
            <span className="quiet"> · {ageWords(nowMs - sinceMs)}</span>
          </span>
        </div>
        <div className={styles.cause}>
          {(incident?.utilities ?? [line.utility]).map((utility) => (
            <UtilityIcon key={utility} utility={utility} size={14} />
          ))}
          <span className="one-line" title={cause}>
            {cause}
          </span>
          <CallOutMark about={{ incidentId: line.incidentId }} />
        </div>
        <div className={styles.foot}>
          <span className="one-line">
            <span className={styles.count} data-testid="incident-count">
              {t('incidents.alarms', { count: line.alarms, shown: formatCount(line.alarms) })}
            </span>
            {waits && <span> · {t('incidents.unacknowledged', { count: line.unacknowledged })}</span>}
            {over > 0 && <span className="quiet"> · {t('incidents.over', { count: over })}</span>}
          </span>
          {waits ? (
            <button
              type="button"
              tabIndex={-1}
              className={styles.acknowledge}
              data-testid="acknowledge-incident"
              aria-label={t('incidents.acknowledgeThis', { count: line.unacknowledged, headline })}
              disabled={closed !== undefined}
              title={closed}
              onClick={(event) => {
                event.stopPropagation();
                onAcknowledge();
              }}
            >
              {t('incidents.acknowledgeAll', { count: line.unacknowledged })}
            </button>
          ) : (
            <span className="quiet">{t(line.isQuiet ? 'incidents.noneStanding' : 'state.acknowledged')}</span>
          )}
        </div>
      </div>
    </div>
  );
}
