import { isHeld } from '@lifeline/alarms';
import type { AlarmState, Priority } from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';
import { priorityNumber } from '../live/alarm-book.js';
import styles from './mark.module.css';

/** Outlines in a box of 18: red square, orange triangle, yellow diamond, blue disc. */
const OUTLINES: Readonly<Record<Priority, string>> = {
  red: 'M2 2h14v14H2z',
  orange: 'M9 1 17.4 16.4H.6z',
  yellow: 'M9 .6 17.4 9 9 17.4.6 9z',
  blue: 'M9 1a8 8 0 1 1 0 16A8 8 0 0 1 9 1z',
};

interface MarkProps {
  readonly priority: Priority;
  readonly state: AlarmState;
  readonly size?: number;
}

/**
 * A priority as shape, number and colour; hollow once returned to normal, hollow and grey where it is held back,
 * pulsing while nobody has acknowledged it.
 */
export function PriorityMark({ priority, state, size = 18 }: MarkProps) {
  const { t } = useTranslation();
  const held = isHeld(state);
  const hollow = held || state === 'returned-unacknowledged' || state === 'normal';
  const ink = held ? 'var(--quiet)' : `var(--p-${priority}-ink)`;
  return (
    <svg
      className={state === 'unacknowledged' ? styles.pulsing : styles.still}
      width={size}
      height={size}
      viewBox="0 0 18 18"
      role="img"
      aria-label={t(`priority.${priority}`)}
    >
      <path
        d={OUTLINES[priority]}
        fill={hollow ? 'none' : `var(--p-${priority}-fill)`}
        stroke={ink}
        strokeWidth={1.4}
        strokeLinejoin="round"
      />
      <text
        x={9}
        y={priority === 'orange' ? 14.6 : 12.8}
        textAnchor="middle"
        fontSize={priority === 'orange' ? 9.5 : 10.5}
        fontWeight={700}
        fill={held ? 'var(--quiet)' : hollow ? 'var(--text)' : `var(--p-${priority}-on)`}
      >
        {priorityNumber(priority)}
      </text>
    </svg>
  );
}
