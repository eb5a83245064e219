import type { Utility } from '@lifeline/contracts';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../i18n/languages.js';
import { useAppearance } from '../../../theme/appearance.js';
import { useCity } from '../../../words/use-words.js';
import { PickerMap, type PickerLook, type PickerMark } from './picker-map.js';
import styles from './form.module.css';

interface PickerProps {
  readonly utility: Utility;
  readonly marks: readonly PickerMark[];
  readonly activeKey: string | undefined;
  /** The mark that was moved, or undefined where the map itself was clicked. */
  readonly onPick: (key: string | undefined, lon: number, lat: number) => void;
}

/** The map beside the form: click sets the place of the sensor at hand, drag moves a mark. The fields do the same. */
export function PlacePicker({ utility, marks, activeKey, onPick }: PickerProps) {
  const { t } = useTranslation();
  const city = useCity().data;
  const { palette, name: theme } = useAppearance();
  const { language } = useLanguage();
  const look = useMemo<PickerLook | undefined>(
    () => city && { basemap: city.basemap, paint: palette.map, palette, theme, language, utility },
    [city, palette, theme, language, utility],
  );
  if (city === undefined || look === undefined) {
    return <div className={styles.map} aria-busy="true" aria-label={t('words.loading')} />;
  }
  const home = { lng: city.centre[0], lat: city.centre[1], zoom: city.zoom };
  return <DrawnPicker look={look} home={home} marks={marks} activeKey={activeKey} onPick={onPick} />;
}

interface DrawnProps extends Omit<PickerProps, 'utility'> {
  readonly look: PickerLook;
  readonly home: { readonly lng: number; readonly lat: number; readonly zoom: number };
}

function DrawnPicker({ look, home, marks, activeKey, onPick }: DrawnProps) {
  const { t } = useTranslation();
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<PickerMap>();
  const [drawn, setDrawn] = useState(true);
  const pick = useRef(onPick);
  useEffect(() => {
    pick.current = onPick;
  }, [onPick]);
  const begin = useRef({ look, view: marks[0] ? { lng: marks[0].lon, lat: marks[0].lat, zoom: 15 } : home });

  useEffect(() => {
    if (container.current === null) return undefined;
    let made: PickerMap;
    try {
      made = new PickerMap(container.current, begin.current.look, begin.current.view, (...picked) =>
        pick.current(...picked),
      );
    } catch {
      queueMicrotask(() => setDrawn(false));
      return undefined;
    }
    queueMicrotask(() => setMap(made));
    return () => {
      setMap(undefined);
      made.stop();
    };
  }, []);
  useEffect(() => map?.setLook(look), [map, look]);
  useEffect(() => map?.setMarks(marks, activeKey), [map, marks, activeKey]);

  return (
    <div className={styles.mapFrame}>
      {drawn ? (
        <div
          ref={container}
          className={styles.map}
          role="application"
          aria-label={t('sensors.form.mapLabel')}
          data-testid="place-map"
        />
      ) : (
        <p className={styles.noMap}>{t('sensors.form.noMap')}</p>
      )}
      <p className={styles.mapHint}>{t('sensors.form.mapHint')}</p>
    </div>
  );
}
