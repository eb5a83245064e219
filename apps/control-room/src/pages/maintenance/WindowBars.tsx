import { windowEndMs, windowState, type ListedWindow } from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';
import { shortTime } from '../../words/times.js';
import { useZone } from '../../words/use-words.js';
import { barSpan, ticksOf } from './bar-span.js';
import { useScopeWords } from './use-scope-words.js';
import styles from './maintenance.module.css';

/** Bars shown; more are in the table. */
const MOST_BARS = 12;

/** When what is on and what comes is: one bar each, with the present as a line. What it says stands in the table too. */
export function WindowBars({ windows, nowMs }: { readonly windows: readonly ListedWindow[]; readonly nowMs: number }) {
  const { t } = useTranslation();
  const zone = useZone();
  const scopeWords = useScopeWords();
  const shown = windows.slice(0, MOST_BARS);
  const { fromMs, toMs } = barSpan(shown, nowMs);
  const percent = (atMs: number): number => (100 * (Math.min(toMs, Math.max(fromMs, atMs)) - fromMs)) / (toMs - fromMs);
  return (
    <div className={styles.bars} role="img" aria-label={t('maintenance.bars')} data-testid="window-bars">
      <div className={styles.ticks}>
        {ticksOf(fromMs, toMs).map((atMs) => (
          <span key={atMs} style={{ left: `${percent(atMs)}%` }}>
            {shortTime(atMs, nowMs, zone)}
          </span>
        ))}
      </div>
      {shown.map((window) => {
        const [left, right] = [percent(window.fromMs), percent(windowEndMs(window))];
        return (
          <div key={window.windowId} className={styles.lane}>
            <div
              className={styles.bar}
              data-state={windowState(window, nowMs)}
              style={{ left: `${left}%`, width: `${Math.max(0.4, right - left)}%` }}
            />
            <span
              className={`${styles.barWords} one-line`}
              style={left < 60 ? { left: `calc(${left}% + 6px)` } : { right: `calc(${100 - right}% + 6px)` }}
            >
              {t(`maintenance.kind.${window.kind}`)} · {scopeWords(window.scope)}
            </span>
          </div>
        );
      })}
      <div className={styles.nowLine} style={{ left: `${percent(nowMs)}%` }} title={t('maintenance.now')} />
    </div>
  );
}
