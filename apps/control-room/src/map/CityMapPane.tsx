import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { isTyping } from '../frame/typing.js';
import { useAddress, useChangeAddress, useSelection } from '../frame/use-address.js';
import { useLanguage } from '../i18n/languages.js';
import { Cell, useCell } from '../live/cell.js';
import { useInterest, useLive, useOpenAlarms, useTrust, useWorstBySensor } from '../live/live-context.js';
import { useAppearance } from '../theme/appearance.js';
import { useCity } from '../words/use-words.js';
import { useFindingPlaces } from '../why/use-finding-places.js';
import { usePlaceWords } from '../why/use-place-words.js';
import { EdgeArrows } from './EdgeArrows.js';
import { MapTools } from './MapTools.js';
import { Minimap } from './Minimap.js';
import { PlacePin } from './PlacePin.js';
import { RiskLegend } from './RiskLegend.js';
import { SensorSearch } from './SensorSearch.js';
import { ViewList } from './ViewList.js';
import { CityMap } from './city-map.js';
import type { Look, MapHandle, MapView } from './map-look.js';
import { useMapLayers } from './use-map-layers.js';
import type { FoundPlace } from './use-search.js';
import { useSelectedPoint } from './use-selected-point.js';
import styles from './map.module.css';

interface CityMapPaneProps {
  /** Told once the map can be moved from elsewhere. */
  readonly onReady: (handle: MapHandle | undefined) => void;
}

/** The map of the city with what lies over it: search, arrows to what is out of view, zoom. */
export function CityMapPane({ onReady }: CityMapPaneProps) {
  const { t } = useTranslation();
  const city = useCity().data;
  const appearance = useAppearance();
  const { language } = useLanguage();
  const look = useMemo<Look | undefined>(
    () =>
      city && {
        basemap: city.basemap,
        paint: appearance.palette.map,
        palette: appearance.palette,
        theme: appearance.name,
        language,
      },
    [city, appearance.palette, appearance.name, language],
  );
  const home = useMemo<MapView | undefined>(
    () => city && { lng: city.centre[0], lat: city.centre[1], zoom: city.zoom },
    [city],
  );
  if (look === undefined || home === undefined) {
    return <div className={styles.pane} aria-busy="true" aria-label={t('words.loading')} />;
  }
  return <DrawnMap look={look} home={home} onReady={onReady} />;
}

function DrawnMap({ look, home, onReady }: CityMapPaneProps & { readonly look: Look; readonly home: MapView }) {
  const { t } = useTranslation();
  const live = useLive();
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<CityMap>();
  const [trouble, setTrouble] = useState<'noWebgl' | 'baseFailed'>();
  const [loaded, setLoaded] = useState(false);
  const [place, setPlace] = useState<FoundPlace>();
  const showPlace = useCallback(
    (found: FoundPlace): void => {
      setPlace(found);
      map?.camera.showExtent(found.extent);
      map?.camera.focus();
    },
    [map],
  );
  const lng = useAddress('lng');
  const lat = useAddress('lat');
  const z = useAddress('z');
  const change = useChangeAddress();
  const { select } = useSelection();
  const start = useRef({
    look,
    view: { lng: lng ?? home.lng, lat: lat ?? home.lat, zoom: z ?? home.zoom },
    change,
    select,
  });

  useEffect(() => {
    if (container.current === null) return undefined;
    const begin = start.current;
    let made: CityMap;
    try {
      made = new CityMap(container.current, begin.look, begin.view, live.values, {
        onMove: (view) => begin.change({ lng: round(view.lng, 5), lat: round(view.lat, 5), z: round(view.zoom, 2) }),
        onSelect: (id) => begin.select(id),
        onLoaded: () => setLoaded(true),
        onBaseFailed: () => setTrouble('baseFailed'),
      });
    } catch {
      queueMicrotask(() => setTrouble('noWebgl'));
      return undefined;
    }
    queueMicrotask(() => setMap(made));
    onReady(made.camera);
    return () => {
      onReady(undefined);
      setMap(undefined);
      made.stop();
    };
  }, [live, onReady]);

  const viewList = useViewList(map);
  return (
    <div className={styles.pane} onKeyDown={viewList.onKeyDown}>
      <MapFrame container={container} map={map} loaded={loaded} />
      {map !== undefined && <Drawing map={map} look={look} />}
      <SensorsTrouble />
      {trouble !== undefined && (
        <div className={styles.trouble} role="status">
          {t(`map.${trouble}`)}
        </div>
      )}
      <SensorSearch onPlace={showPlace} />
      {map !== undefined && place !== undefined && (
        <PlacePin map={map} place={place} onClose={() => setPlace(undefined)} />
      )}
      {map !== undefined && <MapTools map={map} home={home} list={viewList.list} onToggleList={viewList.toggle} />}
      {map !== undefined && <EdgeArrows map={map} />}
      {map !== undefined && <RiskLegend map={map} />}
      {map !== undefined && <Minimap map={map} />}
      {map !== undefined && viewList.list === 'shown' && <ViewList map={map} onClose={viewList.toggle} />}
    </div>
  );
}

/** The list of what is in view: opened by its button or by `l` upon the map; what it was opened from has the focus again after it. */
function useViewList(map: CityMap | undefined) {
  const [list, setList] = useState<'shown' | 'hidden'>('hidden');
  const openedFrom = useRef<Element>(undefined);
  const toggle = (): void => {
    if (list === 'hidden') openedFrom.current = document.activeElement ?? undefined;
    else if (openedFrom.current instanceof HTMLElement && openedFrom.current.isConnected) openedFrom.current.focus();
    else map?.camera.focus();
    setList(list === 'hidden' ? 'shown' : 'hidden');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'l' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    event.preventDefault();
    toggle();
  };
  return { list, toggle, onKeyDown };
}

function SensorsTrouble() {
  const { t } = useTranslation();
  const { loading } = useCell(useLive().sensors);
  if (loading !== 'failed') return null;
  return (
    <div className={styles.trouble} role="status">
      {t('map.sensorsFailed')}
    </div>
  );
}

const NO_COUNTS = new Cell({ sensors: 0, abnormal: 0 });

function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

interface MapFrameProps {
  readonly container: RefObject<HTMLDivElement | null>;
  readonly map: CityMap | undefined;
  readonly loaded: boolean;
}

/** The element that the map fills; it says in numbers what the map shows, for whoever cannot see it. */
function MapFrame({ container, map, loaded }: MapFrameProps) {
  const { t } = useTranslation();
  const label = t('map.label');
  useEffect(() => map?.setLabel(label), [map, label]);
  const counts = useCell(map === undefined ? NO_COUNTS : map.counts);
  return (
    <div
      ref={container}
      className={styles.map}
      data-testid="map"
      data-loaded={loaded}
      data-sensors={counts.sensors}
      data-abnormal={counts.abnormal}
    />
  );
}

/** Hands the map what it is to draw; draws nothing itself. */
function Drawing({ map, look }: { readonly map: CityMap; readonly look: Look }) {
  const live = useLive();
  const sensors = useCell(live.sensors);
  const open = useOpenAlarms();
  const worst = useWorstBySensor();
  const trust = useTrust();
  const box = useCell(map.valuesBox);
  const { selected } = useSelection();
  const point = useSelectedPoint();
  useInterest(
    'map',
    useMemo(() => (box === undefined ? undefined : { bbox: box }), [box]),
  );
  useEffect(() => map.setLook(look), [map, look]);
  const columns = useCell(live.columns);
  const states = useCell(live.states);
  useEffect(() => map.setColumns(columns), [map, columns]);
  useEffect(() => {
    if (states !== undefined) map.takeStates(states);
  }, [map, states]);
  useEffect(() => map.setSensors(sensors.byId), [map, sensors.byId]);
  useEffect(() => map.setAlarms(open, worst), [map, open, worst]);
  useEffect(() => map.setTrust(trust.kind === 'stopped' ? 'stopped' : 'live'), [map, trust.kind]);
  const { hidden, isRiskShown } = useMapLayers();
  useEffect(() => map.setHidden(hidden), [map, hidden]);
  useEffect(() => map.showRisk(isRiskShown), [map, isRiskShown]);
  const places = useFindingPlaces();
  const placeWords = usePlaceWords();
  const lon = point?.[0];
  const lat = point?.[1];
  useEffect(() => {
    map.setSelected(selected?.id, lon === undefined || lat === undefined ? undefined : [lon, lat]);
  }, [map, selected?.id, lon, lat]);
  useEffect(() => {
    map.setFindings(places.map((place) => ({ ...place, label: placeWords(place) })));
  }, [map, places, placeWords]);
  return null;
}
