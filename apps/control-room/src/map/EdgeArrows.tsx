import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../alarms/PriorityMark.js';
import { useCell } from '../live/cell.js';
import type { CityMap } from './city-map.js';
import styles from './map.module.css';

/** At the edges of the map: where alarms are that are out of view, and how many. */
export function EdgeArrows({ map }: { readonly map: CityMap }) {
  const { t } = useTranslation();
  const arrows = useCell(map.arrows);
  return arrows.map(({ sector, x, y, angle, count, worst, lon, lat }) => (
    <button
      key={sector}
      type="button"
      className={styles.arrow}
      style={{ left: x, top: y }}
      aria-label={t('map.outOfView', { count })}
      title={t('map.outOfView', { count })}
      data-testid="edge-arrow"
      onClick={() => map.camera.goTo(lon, lat)}
    >
      <svg width={12} height={12} viewBox="0 0 12 12" style={{ transform: `rotate(${angle}deg)` }} aria-hidden>
        <path d="M2 1.5 11 6 2 10.5z" fill="var(--text)" />
      </svg>
      <PriorityMark priority={worst} state="acknowledged" size={14} />
      {count}
    </button>
  ));
}
