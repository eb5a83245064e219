import { useVirtualizer } from '@tanstack/react-virtual';
import { KeyboardIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { LIST_ID, focusOn } from '../frame/focus-places.js';
import { useAddress, useChangeAddress } from '../frame/use-address.js';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import { formatCount } from '../words/numbers.js';
import { HeldAlarms } from '../holds/HeldAlarms.js';
import { ListRow, rowId } from './ListRow.js';
import type { Row } from './list-rows.js';
import type { AlarmDesk } from './use-alarm-desk.js';
import styles from './alarms.module.css';

const ALARM_HEIGHT = 66;

/** Fixed by what a row shows: the headline of one asset is short, that of a cause takes two lines. */
function heightOf(row: Row | undefined): number {
  if (row === undefined || row.kind === 'alarm') return ALARM_HEIGHT;
  if (row.kind === 'incident') return row.line.what === 'incident-asset' ? 70 : 86;
  return 48;
}

/** The open alarms, worst first: what shares a cause on one line, which opens in place. */
export function AlarmPane({ desk, onHelp }: { readonly desk: AlarmDesk; readonly onHelp: () => void }) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, waiting, at, current } = desk;
  const lines = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(rows[index]),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 4,
  });
  // Rows differ in height: where they come and go, what was measured no longer holds.
  useEffect(() => lines.measure(), [rows, lines]);
  const cursor = current?.key;
  const place = useRef(at);
  useEffect(() => void (place.current = at), [at]);
  useEffect(() => {
    if (cursor !== undefined) lines.scrollToIndex(place.current, { align: 'auto' });
  }, [cursor, lines]);
  // Whoever has just come in begins at the list; whoever came by the rail is at the rail.
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement?.tagName === 'MAIN') focusOn(LIST_ID);
  }, []);
  return (
    <section className={styles.pane} aria-label={t('alarms.list')} data-testid="alarm-list">
      <header className={styles.head}>
        <h2>{t('alarms.title')}</h2>
        <Totals desk={desk} />
        <UtilityChosen />
        <button
          type="button"
          data-testid="show-keys"
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
        {desk.loaded && rows.length === 0 && <Empty />}
        <div
          id={LIST_ID}
          className={styles.grid}
          role="treegrid"
          tabIndex={0}
          aria-label={t('alarms.list')}
          aria-rowcount={rows.length}
          aria-activedescendant={current === undefined ? undefined : rowId(current)}
          onKeyDown={(event) => {
            if (!moves(event.key, desk)) return;
            event.preventDefault();
          }}
          style={{ height: lines.getTotalSize(), position: 'relative' }}
        >
          {lines.getVirtualItems().map((line) => {
            const row = rows[line.index];
            if (row === undefined) return null;
            const isGroup = row.kind === 'incident' || row.kind === 'fold';
            return (
              <div
                key={line.key}
                className={styles.slot}
                role="row"
                aria-rowindex={line.index + 1}
                aria-level={row.level}
                aria-expanded={isGroup ? row.isOpen : undefined}
                style={{ height: heightOf(row), transform: `translateY(${line.start}px)` }}
              >
                <ListRow row={row} desk={desk} chosen={line.index === at} />
              </div>
            );
          })}
        </div>
      </div>
      <HeldAlarms />
    </section>
  );
}

/** The keys of every tree: up and down, first and last, right opens, left closes. True where the key did something. */
function moves(key: string, desk: AlarmDesk): boolean {
  const { current } = desk;
  if (key === 'Home' || key === 'End') {
    desk.goToEnd(key === 'Home' ? 'first' : 'last');
    return true;
  }
  if (key === 'ArrowDown' || key === 'ArrowUp') {
    desk.step(key === 'ArrowDown' ? 1 : -1);
    return true;
  }
  if (current === undefined || (current.kind !== 'incident' && current.kind !== 'fold')) return false;
  if (key === 'ArrowRight' && !current.isOpen) desk.open(current);
  else if (key === 'ArrowLeft' && current.isOpen) desk.close(current);
  else return false;
  return true;
}

/** How many alarms stand behind the lines: what is in incidents and what is single add up to it. */
function Totals({ desk: { loaded, totals } }: { readonly desk: AlarmDesk }) {
  const { t } = useTranslation();
  const text = !loaded
    ? t('words.loading')
    : totals.incidents === 0
      ? t('alarms.open', { count: totals.alarms, shown: formatCount(totals.alarms) })
      : t('incidents.totals', {
          alarms: t('incidents.alarms', { count: totals.alarms, shown: formatCount(totals.alarms) }),
          incidents: t('incidents.incidents', { count: totals.incidents }),
          single: t('incidents.single', { count: totals.single, shown: formatCount(totals.single) }),
        });
  return (
    <span className={`${styles.totals} quiet`} title={text} data-testid="open-count">
      {text}
    </span>
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
        <div key={line} className={styles.skeleton} style={{ height: ALARM_HEIGHT }} />
      ))}
    </div>
  );
}
