import { MapPinIcon, XIcon } from 'lucide-react';
import { Marker } from 'maplibre-gl';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useNameIn } from '../words/use-words.js';
import type { CityMap } from './city-map.js';
import type { FoundPlace } from './use-search.js';
import styles from './map.module.css';

interface PlacePinProps {
  readonly map: CityMap;
  readonly place: FoundPlace;
  readonly onClose: () => void;
}

/** Marks on the map the place that was looked for, by its name, until it is taken away. */
export function PlacePin({ map, place, onClose }: PlacePinProps) {
  const { t } = useTranslation();
  const name = useNameIn()(place.name);
  const [element] = useState(() => document.createElement('div'));
  const { lon, lat } = place;
  useEffect(() => {
    const marker = new Marker({ element, anchor: 'bottom' }).setLngLat([lon, lat]).addTo(map.mapLibre);
    return () => void marker.remove();
  }, [element, map, lon, lat]);
  return createPortal(
    <div className={styles.pin} data-testid="place-pin">
      <span className={styles.pinName}>
        {name}
        <button type="button" aria-label={t('map.unpin', { name })} data-testid="unpin" onClick={onClose}>
          <XIcon size={14} strokeWidth={1.8} aria-hidden />
        </button>
      </span>
      <MapPinIcon size={22} strokeWidth={1.8} aria-hidden />
    </div>,
    element,
  );
}
