import { wallClock, weekBars, type DutyHours } from '@lifeline/contracts';
import { useZone } from '../../words/use-words.js';
import { useHoursWords } from './use-hours-words.js';
import styles from './duty.module.css';

const MINUTES_A_DAY = 1440;
const WEEK = 7 * MINUTES_A_DAY;

interface WeekStripProps {
  readonly hours: DutyHours;
  readonly nowMs: number;
}

/** The week as one strip, Monday to Sunday: when they are on call, and where in it now is. */
export function WeekStrip({ hours, nowMs }: WeekStripProps) {
  const zone = useZone();
  const hoursWords = useHoursWords();
  const { day, minute } = wallClock(nowMs, zone);
  const words = hoursWords(hours);
  return (
    <div className={styles.strip} role="img" aria-label={words} title={words} data-testid="week-strip">
      {[1, 2, 3, 4, 5, 6].map((border) => (
        <span key={border} className={styles.border} style={{ left: `${(border / 7) * 100}%` }} />
      ))}
      {weekBars(hours).map((bar) => (
        <span
          key={`${bar.day} ${bar.from}`}
          className={styles.bar}
          style={{
            left: `${(((bar.day - 1) * MINUTES_A_DAY + bar.from) / WEEK) * 100}%`,
            width: `${((bar.to - bar.from) / WEEK) * 100}%`,
          }}
        />
      ))}
      <span className={styles.now} style={{ left: `${(((day - 1) * MINUTES_A_DAY + minute) / WEEK) * 100}%` }} />
    </div>
  );
}
