import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDownIcon, ChevronUpIcon } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress, useChangeAddress, useSelection } from '../frame/use-address.js';
import { PriorityMark } from '../alarms/PriorityMark.js';
import { HELD_ORDER, heldOf, shownState, type StandingAlarm } from '../live/alarm-book.js';
import { useOpenAlarms } from '../live/live-context.js';
import { formatCount } from '../words/numbers.js';
import { UtilityIcon } from '../words/UtilityIcon.js';
import { useSensorNames } from '../words/use-sensor-names.js';
import { EndHold } from './HoldActions.js';
import { useHoldWords } from './use-hold-words.js';
import styles from './holds.module.css';

const ROW_HEIGHT = 70;

/** How many alarms are held back, always to be seen; opens the list of them. */
export function HeldAlarms() {
  const { t } = useTranslation();
  const open = useOpenAlarms();
  const utility = useAddress('utility');
  const isShown = useAddress('held') === 'shown';
  const change = useChangeAddress();
  const held = useMemo(
    () => heldOf(open).filter((alarm) => utility === undefined || alarm.utility === utility),
    [open, utility],
  );
  const counts = HELD_ORDER.map((state) => {
    const count = formatCount(held.filter((alarm) => shownState(alarm) === state).length);
    return t('holds.count', { state: t(`holds.stateShort.${state as 'shelved'}`), count });
  });
  const Icon = isShown ? ChevronDownIcon : ChevronUpIcon;
  return (
    <div className={isShown ? styles.heldOpen : styles.held} data-testid="held">
      <button
        type="button"
        className={styles.counts}
        aria-expanded={isShown}
        title={t('holds.list')}
        data-testid="held-count"
        onClick={() => change({ held: isShown ? undefined : 'shown' })}
      >
        <span className="one-line">{counts.join(' · ')}</span>
        <Icon size={16} strokeWidth={1.6} aria-hidden />
      </button>
      {isShown && <HeldList held={held} />}
    </div>
  );
}

function HeldList({ held }: { readonly held: readonly StandingAlarm[] }) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: held.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => held[index]?.alarmId ?? index,
    overscan: 4,
  });
  return (
    <div ref={scroller} className={styles.list} tabIndex={0} role="region" aria-label={t('holds.list')}>
      {held.length === 0 && <p className={styles.empty}>{t('holds.none')}</p>}
      <ul style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => (
          <HeldRow key={row.key} alarm={held[row.index]!} top={row.start} />
        ))}
      </ul>
    </div>
  );
}

function HeldRow({ alarm, top }: { readonly alarm: StandingAlarm; readonly top: number }) {
  const { t } = useTranslation();
  const { select } = useSelection();
  const name = useSensorNames().ofAlarm(alarm);
  const words = useHoldWords()(alarm);
  const state = shownState(alarm);
  return (
    <li
      className={styles.row}
      style={{ height: ROW_HEIGHT, transform: `translateY(${top}px)` }}
      data-testid="held-line"
      data-alarm-id={alarm.alarmId}
      data-state={state}
    >
      <PriorityMark priority={alarm.priority} state={state} size={18} />
      <div>
        <button type="button" className={styles.name} title={name.full} onClick={() => select(alarm.sensorId)}>
          <UtilityIcon utility={alarm.utility} size={14} />
          <span className="one-line">{name.full}</span>
        </button>
        <div className={`${styles.small} one-line`} title={words?.why}>
          {words?.why ?? t('words.loading')}
        </div>
        <div className={styles.foot}>
          <span className={`${styles.small} one-line`}>
            {t(`holds.stateShort.${state as 'shelved'}`)}
            {words?.left !== undefined && ` · ${words.left}`}
            {alarm.holds !== null && ` · ${t(alarm.holds.active ? 'holds.active' : 'holds.notActive')}`}
          </span>
          <EndHold alarm={alarm} />
        </div>
      </div>
    </li>
  );
}
