import { useVirtualizer } from '@tanstack/react-virtual';
import { KeyboardIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress, useChangeAddress } from '../frame/use-address.js';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import { formatCount } from '../words/numbers.js';
import { HeldAlarms } from '../holds/HeldAlarms.js';
import { AlarmLine, lineId } from './AlarmLine.js';
import type { AlarmDesk } from './use-alarm-desk.js';
import styles from './alarms.module.css';

const LINE_HEIGHT = 66;

/** The open alarms, worst first. */
export function AlarmPane({ desk, onHelp }: { readonly desk: AlarmDesk; readonly onHelp: () => void }) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const { shown, waiting, cursor, find } = desk;
  const lines = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    getItemKey: (index) => shown[index] ?? index,
    overscan: 4,
  });

  const at = cursor === undefined ? -1 : shown.indexOf(cursor);
  useEffect(() => {
    if (at >= 0) lines.scrollToIndex(at, { align: 'auto' });
  }, [at, lines]);

  return (
    <section className={styles.pane} aria-label={t('alarms.list')} data-testid="alarm-list">
      <header className={styles.head}>
        <h2>{t('alarms.title')}</h2>
        <span className="quiet" data-testid="open-count">
          {desk.loaded ? t('alarms.open', { count: desk.openCount }) : t('words.loading')}
        </span>
        <UtilityChosen />
        <button
          type="button"
          className={styles.quietButton}
          onClick={onHelp}
          aria-label={t('keys.title')}
          title={t('keys.title')}
        >
          <KeyboardIcon size={18} strokeWidth={1.5} aria-hidden />
        </button>
      </header>
      {waiting > 0 && (
        <button
          type="button"
          className={styles.waiting}
          onClick={desk.release}
          aria-label={t('alarms.showWaiting', { count: waiting })}
          data-testid="new-alarms"
        >
          {t('alarms.waiting', { count: waiting })}
        </button>
      )}
      <div
        ref={scroller}
        className={styles.scroller}
        onPointerEnter={(event) => event.pointerType === 'mouse' && desk.hold()}
        onPointerLeave={desk.release}
      >
        {!desk.loaded && <Skeleton />}
        {desk.loaded && shown.length === 0 && <Empty />}
        <div
          role="grid"
          tabIndex={0}
          aria-label={t('alarms.list')}
          aria-rowcount={shown.length}
          aria-activedescendant={at < 0 ? undefined : lineId(shown[at]!)}
          onKeyDown={(event) => {
            const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : undefined;
            if (by === undefined) return;
            event.preventDefault();
            desk.step(by);
          }}
          style={{ height: lines.getTotalSize(), position: 'relative' }}
        >
          {lines.getVirtualItems().map((line) => {
            const alarm = find(shown[line.index]!);
            if (alarm === undefined) return null;
            return (
              <div
                key={line.key}
                className={styles.slot}
                role="row"
                aria-rowindex={line.index + 1}
                style={{ height: line.size, transform: `translateY(${line.start}px)` }}
              >
                <AlarmLine
                  alarm={alarm}
                  chosen={cursor === alarm.alarmId}
                  onChoose={desk.choose}
                  onAcknowledge={desk.acknowledge}
                />
              </div>
            );
          })}
        </div>
      </div>
      <HeldAlarms />
    </section>
  );
}

function UtilityChosen() {
  const { t } = useTranslation();
  const utility = useAddress('utility');
  const change = useChangeAddress();
  if (utility === undefined) return null;
  return (
    <button type="button" className={styles.chosen} onClick={() => change({ utility: undefined })}>
      {t(`utility.${utility}`)} <span aria-hidden>×</span>
    </button>
  );
}

function Empty() {
  const { t } = useTranslation();
  const health = useCell(useLive().health);
  const utility = useAddress('utility');
  if (utility !== undefined) return <p className={styles.empty}>{t('alarms.emptyFiltered')}</p>;
  return (
    <p className={styles.empty} data-testid="no-alarms">
      {health === undefined
        ? t('alarms.emptyQuiet')
        : t('alarms.empty', { reporting: formatCount(health.reporting), sensors: formatCount(health.sensors) })}
    </p>
  );
}

function Skeleton() {
  return (
    <div aria-hidden>
      {Array.from({ length: 8 }, (_, line) => (
        <div key={line} className={styles.skeleton} style={{ height: LINE_HEIGHT }} />
      ))}
    </div>
  );
}
