import type { Alarm } from '@lifeline/contracts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../../alarms/PriorityMark.js';
import { useAcknowledge } from '../../live/acknowledge.js';
import { awaitsAcknowledge, shownState, type StandingAlarm } from '../../live/alarm-book.js';
import { useCell } from '../../live/cell.js';
import { useLive } from '../../live/live-context.js';
import { useNowMs } from '../../live/now.js';
import { formatNumber, withUnit } from '../../words/numbers.js';
import { monthDayTime } from '../../words/times.js';
import { UtilityIcon } from '../../words/UtilityIcon.js';
import { useSensorNames } from '../../words/use-sensor-names.js';
import { useAgeWords, useNameIn, useZone } from '../../words/use-words.js';
import styles from './alarms-page.module.css';

const ROW_HEIGHT = 40;

interface AlarmTableProps {
  readonly alarms: readonly Alarm[];
  readonly chosen: string | undefined;
  readonly onChoose: (alarmId: string) => void;
}

export function AlarmTable({ alarms, chosen, onChoose }: AlarmTableProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: alarms.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => alarms[index]?.alarmId ?? index,
    overscan: 10,
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    const by =
      event.key === 'j' || event.key === 'ArrowDown' ? 1 : event.key === 'k' || event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const at = alarms.findIndex((alarm) => alarm.alarmId === chosen);
    const next = Math.min(alarms.length - 1, Math.max(0, at + by));
    const alarm = alarms[next];
    if (alarm === undefined) return;
    onChoose(alarm.alarmId);
    rows.scrollToIndex(next, { align: 'auto' });
  };
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      onKeyDown={onKeyDown}
      tabIndex={0}
      role="grid"
      aria-rowcount={alarms.length + 1}
      data-testid="alarm-table"
    >
      <div className={`${styles.row} ${styles.header}`} role="row">
        {(['priority', 'raised', 'lifeline', 'sensor', 'value', 'reason', 'state', 'acknowledgedBy'] as const).map(
          (word) => (
            <span key={word} role="columnheader" className={word === 'value' ? 'number' : undefined}>
              {word === 'lifeline' ? (
                <span className="only-read-aloud">{t('alarmsPage.lifeline')}</span>
              ) : (
                t(`alarmsPage.${word}`)
              )}
            </span>
          ),
        )}
      </div>
      <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map((row) => {
          const alarm = alarms[row.index]!;
          return (
            <AlarmRow
              key={row.key}
              alarm={alarm}
              top={row.start}
              chosen={alarm.alarmId === chosen}
              onChoose={() => onChoose(alarm.alarmId)}
            />
          );
        })}
      </div>
    </div>
  );
}

interface AlarmRowProps {
  readonly alarm: Alarm;
  readonly top: number;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function AlarmRow({ alarm, top, chosen, onChoose }: AlarmRowProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const nameIn = useNameIn();
  const ageWords = useAgeWords();
  const nowMs = useNowMs(5000);
  const acknowledge = useAcknowledge();
  const live = useLive();
  const known = useCell(live.alarms).byId.get(alarm.alarmId);
  const sensor = useCell(live.sensors).byId.get(alarm.sensorId);
  const standing: StandingAlarm = { ...alarm, asked: known?.asked, heldBy: known?.heldBy };
  const name = useSensorNames().ofAlarm(alarm);
  const state = shownState(standing);
  const endMs = alarm.state === 'normal' ? (alarm.clearedAtMs ?? alarm.atMs) : nowMs;
  return (
    <div
      className={styles.row}
      style={{ height: ROW_HEIGHT, transform: `translateY(${top}px)` }}
      role="row"
      aria-selected={chosen}
      data-testid="alarm-row"
      data-alarm-id={alarm.alarmId}
      data-state={state}
      onClick={onChoose}
    >
      <span role="gridcell">
        <PriorityMark priority={alarm.priority} state={state} size={17} />
      </span>
      <span role="gridcell" className={styles.twoRows}>
        <time dateTime={new Date(alarm.raisedAtMs).toISOString()}>{monthDayTime(alarm.raisedAtMs, zone)}</time>
        <span className={styles.second} title={t('alarmsPage.age')}>
          {ageWords(endMs - alarm.raisedAtMs)}
        </span>
      </span>
      <span role="gridcell" title={t(`utility.${alarm.utility}`)} aria-label={t(`utility.${alarm.utility}`)}>
        <UtilityIcon utility={alarm.utility} size={15} />
      </span>
      <span role="gridcell" className={styles.twoRows} title={`${name.full} · ${alarm.sensorId}`}>
        <span className="one-line">{name.what}</span>
        <span className={`${styles.second} one-line`}>{name.place ?? alarm.sensorId}</span>
      </span>
      <span role="gridcell" className={`number ${styles.twoRows}`}>
        <span>{withUnit(alarm.value, alarm.unit, sensor)}</span>
        <span className={styles.second} title={t('alarmsPage.limit')}>
          {alarm.limit === null
            ? '–'
            : `${t(`limit.${alarm.limit.kind}`)} ${alarm.limit.value === null ? '' : formatNumber(alarm.limit.value, sensor)}`}
        </span>
      </span>
      <span role="gridcell" className={styles.wrapped} title={nameIn(alarm.reason)}>
        {nameIn(alarm.reason)}
      </span>
      <span role="gridcell" className={styles.wrapped}>
        {t(`state.${state}`)}
      </span>
      <span role="gridcell">
        {awaitsAcknowledge(state) ? (
          <button
            type="button"
            className={styles.acknowledge}
            data-testid="acknowledge"
            data-alarm-id={alarm.alarmId}
            aria-label={t('alarms.acknowledgeThis', { name: name.full })}
            onClick={(event) => {
              event.stopPropagation();
              void acknowledge(alarm.alarmId);
            }}
          >
            {t('alarms.acknowledge')}
          </button>
        ) : (
          (alarm.acknowledgedBy ?? '–')
        )}
      </span>
    </div>
  );
}
