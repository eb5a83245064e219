import { PRIORITIES } from '@lifeline/contracts';
import { XIcon } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../alarms/PriorityMark.js';
import { enterDrawer } from '../drawer/enter-drawer.js';
import { useSelection } from '../frame/use-address.js';
import { shownState } from '../live/alarm-book.js';
import { useWorstBySensor } from '../live/live-context.js';
import { formatCount } from '../words/numbers.js';
import { UtilityIcon } from '../words/UtilityIcon.js';
import { useNameIn } from '../words/use-words.js';
import type { CityMap } from './city-map.js';
import type { PlaceInView } from './in-view.js';
import { useInView } from './use-in-view.js';
import { usePlaceNames } from './use-place-names.js';
import styles from './view-list.module.css';

interface ViewListProps {
  readonly map: CityMap;
  readonly onClose: () => void;
}

const optionId = ({ sel }: PlaceInView): string => `in-view-${sel}`;

/** What the map shows, for whoever cannot see it or has no pointer: the abnormal first; Enter selects as a press on the mark does. */
export function ViewList({ map, onClose }: ViewListProps) {
  const { t } = useTranslation();
  const { select } = useSelection();
  const list = useRef<HTMLUListElement>(null);
  const told = useInView(map);
  const { rows } = told;
  const [chosen, setChosen] = useState<string>();
  const at = Math.max(
    0,
    rows.findIndex(({ sel }) => sel === chosen),
  );
  const active = rows[at];
  const activeId = active && optionId(active);
  useEffect(() => list.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  const open = ({ sel }: PlaceInView): void => {
    setChosen(sel);
    select(sel);
    enterDrawer(sel);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = stepOf(event.key, at, rows.length);
    if (to !== undefined) setChosen(rows[to]?.sel);
    else if (event.key === 'Enter' && active !== undefined) open(active);
    else if (event.key === 'Escape') onClose();
    else if (!ACTS.has(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section className={styles.pane} aria-label={t('map.list.title')} data-testid="view-list">
      <header className={styles.head}>
        <h3>{t('map.list.title')}</h3>
        <button type="button" aria-label={t('map.list.close')} title={t('map.list.close')} onClick={onClose}>
          <XIcon size={16} strokeWidth={1.6} aria-hidden />
        </button>
      </header>
      <p className={styles.counts} role="status" data-testid="view-counts">
        {t('map.list.counts', {
          abnormal: formatCount(told.abnormal),
          mute: formatCount(told.mute),
          sensors: formatCount(told.sensors),
          places: formatCount(told.places),
        })}
      </p>
      <ul
        ref={list}
        className={styles.list}
        role="listbox"
        tabIndex={0}
        aria-label={t('map.list.title')}
        aria-activedescendant={activeId}
        onKeyDown={onKeyDown}
      >
        {rows.map((place) => (
          <Place key={place.sel} place={place} isActive={place === active} onOpen={() => open(place)} />
        ))}
      </ul>
      {told.places > rows.length && (
        <p className={styles.counts} data-testid="view-more">
          {t('map.list.more', { count: told.places - rows.length, shown: formatCount(told.places - rows.length) })}
        </p>
      )}
    </section>
  );
}

/** Keys that act on an alarm: from here they would act on the operator's list, which is elsewhere. */
const ACTS: ReadonlySet<string> = new Set(['a', 's', 'i', 'c']);
/** Rows that a page of the keyboard goes over. */
const PAGE = 10;

/** The row that a key leads to; undefined for any other key. */
function stepOf(key: string, at: number, count: number): number | undefined {
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + PAGE, PageUp: at - PAGE, Home: 0, End: count - 1 }[
    key
  ];
  return to === undefined ? undefined : Math.min(count - 1, Math.max(0, to));
}

interface PlaceProps {
  readonly place: PlaceInView;
  readonly isActive: boolean;
  readonly onOpen: () => void;
}

function Place({ place, isActive, onOpen }: PlaceProps) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const worst = useWorstBySensor();
  const name = usePlaceNames()(place);
  const { severity, abnormal, mute, sensors } = place;
  const alarm = place.sensorIds
    .flatMap((sensorId) => worst.get(sensorId) ?? [])
    .find(({ priority }) => PRIORITIES.indexOf(priority) === PRIORITIES.length - severity);
  const said =
    severity > 0
      ? [
          ...(alarm === undefined ? [] : [nameIn(alarm.reason)]),
          ...(abnormal > 1 ? [t('map.list.alarms', { count: abnormal, shown: formatCount(abnormal) })] : []),
        ]
      : [
          mute > 0
            ? t('map.list.mute', { mute: formatCount(mute), sensors: formatCount(sensors) })
            : t('map.list.calm'),
        ];
  return (
    <li
      id={optionId(place)}
      className={styles.place}
      role="option"
      aria-selected={isActive}
      data-testid="in-view"
      data-sel={place.sel}
      data-severity={severity}
      onClick={onOpen}
    >
      {severity > 0 ? (
        <PriorityMark
          priority={PRIORITIES[PRIORITIES.length - severity]!}
          state={alarm === undefined ? 'acknowledged' : shownState(alarm)}
          size={18}
        />
      ) : (
        <span className={`${styles.mark} ${mute > 0 ? 'hatched' : ''}`} aria-hidden />
      )}
      <span className={styles.words}>
        <span className={styles.name} title={name}>
          <UtilityIcon utility={place.utility} size={14} />
          <span className="one-line">{name}</span>
        </span>
        <span className="quiet one-line" title={said.join(' · ')}>
          {said.join(' · ')}
        </span>
      </span>
    </li>
  );
}
