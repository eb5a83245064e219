import { ListIcon, MinusIcon, PlusIcon, ScanIcon, ShieldAlertIcon } from 'lucide-react';
import { UTILITIES } from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';
import { UtilityIcon } from '../words/UtilityIcon.js';
import type { CityMap } from './city-map.js';
import type { MapView } from './map-look.js';
import { useMapLayers } from './use-map-layers.js';
import styles from './map.module.css';

interface MapToolsProps {
  readonly map: CityMap;
  readonly home: MapView;
  /** Whether the list of what is in view is open. */
  readonly list: 'shown' | 'hidden';
  readonly onToggleList: () => void;
}

/** Zoom, the whole city, and what the map shows: the layers are in the address, so that a link shows the same. */
export function MapTools({ map, home, list, onToggleList }: MapToolsProps) {
  const { t } = useTranslation();
  const { hidden, toggle, isRiskShown, toggleRisk } = useMapLayers();
  return (
    <div className={styles.tools}>
      <div className={styles.toolGroup}>
        <button type="button" aria-label={t('map.zoomIn')} title={t('map.zoomIn')} onClick={() => map.camera.zoomBy(1)}>
          <PlusIcon size={16} strokeWidth={1.6} aria-hidden />
        </button>
        <button
          type="button"
          aria-label={t('map.zoomOut')}
          title={t('map.zoomOut')}
          onClick={() => map.camera.zoomBy(-1)}
        >
          <MinusIcon size={16} strokeWidth={1.6} aria-hidden />
        </button>
        <button
          type="button"
          aria-label={t('map.wholeCity')}
          title={t('map.wholeCity')}
          onClick={() => map.camera.view(home)}
        >
          <ScanIcon size={16} strokeWidth={1.6} aria-hidden />
        </button>
        <button
          type="button"
          aria-expanded={list === 'shown'}
          aria-label={t('map.list.open')}
          title={t('map.list.open')}
          data-testid="open-view-list"
          onClick={onToggleList}
        >
          <ListIcon size={16} strokeWidth={1.6} aria-hidden />
        </button>
      </div>
      <div className={styles.toolGroup} role="group" aria-label={t('map.layers')}>
        {UTILITIES.map((utility) => (
          <button
            key={utility}
            type="button"
            aria-pressed={!hidden.has(utility)}
            aria-label={t(`utility.${utility}`)}
            title={t(`utility.${utility}`)}
            onClick={() => toggle(utility)}
          >
            <UtilityIcon utility={utility} size={16} />
          </button>
        ))}
      </div>
      <div className={styles.toolGroup}>
        <button
          type="button"
          aria-pressed={isRiskShown}
          aria-label={t('map.risk.show')}
          title={t('map.risk.show')}
          data-testid="show-risk"
          onClick={toggleRisk}
        >
          <ShieldAlertIcon size={16} strokeWidth={1.6} aria-hidden />
        </button>
      </div>
    </div>
  );
}
