import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { Suspense, lazy, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AlarmPane } from '../../alarms/AlarmPane.js';
import { KeysHelp } from '../../alarms/KeysHelp.js';
import type { Row } from '../../alarms/list-rows.js';
import { useAlarmDesk } from '../../alarms/use-alarm-desk.js';
import { useAlarmKeys } from '../../alarms/use-alarm-keys.js';
import { enterDrawer } from '../../drawer/enter-drawer.js';
import { useCallOutDialog } from '../../call-out/use-call-out-dialog.js';
import type { About } from '../../call-out/use-call-outs.js';
import { Drawer } from '../../drawer/Drawer.js';
import { LIST_ID, SEARCH_ID, focusOn } from '../../frame/focus-places.js';
import { Splitter } from '../../frame/Splitter.js';
import { useSelection } from '../../frame/use-address.js';
import { useHoldDialog } from '../../holds/use-hold-dialog.js';
import { useIncidentDialog } from '../../incidents/hand/use-incident-dialog.js';
import { useCell } from '../../live/cell.js';
import { useLive } from '../../live/live-context.js';
import type { MapHandle } from '../../map/map-look.js';
import { useSelectedPoint } from '../../map/use-selected-point.js';
import { useMayAct } from '../../past/use-past.js';
import { Timeline } from '../../timeline/Timeline.js';
import type { FindingPlace } from '../../why/finding-place.js';
import { ShowPlaceContext } from '../../why/show-place.js';
import { useFindingPlaces } from '../../why/use-finding-places.js';
import styles from './overview.module.css';

/** The map is more than half of the page's bytes: alarms do not wait for it. */
const CityMapPane = lazy(async () => ({ default: (await import('../../map/CityMapPane.js')).CityMapPane }));

/** Near enough to tell one manhole from the next. */
const CLOSE_ZOOM = 15.5;
const LEAST_PANE = 300;
const MOST_PANE = 720;

/** What an operator looks at for twelve hours: alarms, map, timeline, and what is selected. */
export function OverviewPage() {
  const { t } = useTranslation();
  const [alarmsWidth, setAlarmsWidth] = useLocalStorage({
    key: 'lifeline.alarms-width',
    defaultValue: 400,
    getInitialValueInEffect: false,
  });
  const [drawerWidth, setDrawerWidth] = useLocalStorage({
    key: 'lifeline.drawer-width',
    defaultValue: 440,
    getInitialValueInEffect: false,
  });
  const [help, setHelp] = useState(false);
  const isNarrow = useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false });
  const map = useRef<MapHandle>(undefined);
  const desk = useAlarmDesk();
  const { selected, select } = useSelection();
  const point = useSelectedPoint();
  const holdDialog = useHoldDialog();
  const callOutDialog = useCallOutDialog();
  const mayAct = useMayAct();
  const incidentDialog = useIncidentDialog();
  const [found] = useFindingPlaces();

  const onReady = useMemo(() => (handle: MapHandle | undefined) => void (map.current = handle), []);
  const showPlace = useMemo(() => (place: FindingPlace) => map.current?.showPlace(place), []);
  const incidents = useCell(useLive().incidents.book);
  const extentOf = (incidentId: string | undefined) =>
    incidents.byId.get(incidentId ?? '')?.incident.extent ?? undefined;
  const showOnMap = (): void => {
    const extent = extentOf(selected?.id);
    if (extent !== undefined) {
      map.current?.showExtent(extent);
      return;
    }
    if (found !== undefined) {
      showPlace(found);
      return;
    }
    const alarm = desk.currentAlarm;
    const place = point ?? (alarm?.position == null ? undefined : ([alarm.position.lon, alarm.position.lat] as const));
    if (place !== undefined) map.current?.goTo(place[0], place[1], CLOSE_ZOOM);
  };
  useAlarmKeys({
    step: (by) => {
      desk.step(by);
      focusOn(LIST_ID);
    },
    open: () => {
      const { current, currentAlarm } = desk;
      if (current === undefined) return;
      // An incident that is selected opens or closes in place: there the keys stay in the list.
      const isToggled = current.kind === 'incident' && selected?.id === current.line.incidentId;
      desk.choose(current);
      const id = current.kind === 'incident' ? current.line.incidentId : currentAlarm?.sensorId;
      if (id !== undefined && !isToggled) enterDrawer(id);
    },
    acknowledge: () => mayAct() && desk.current !== undefined && desk.acknowledge(desk.current),
    shelve: () => mayAct() && desk.currentAlarm !== undefined && holdDialog.open(desk.currentAlarm, 'shelve'),
    incident: () => {
      if (desk.current?.kind === 'incident') {
        select(desk.current.line.incidentId);
        enterDrawer(desk.current.line.incidentId);
      }
      if (desk.currentAlarm !== undefined) incidentDialog.open(desk.currentAlarm);
    },
    callOut: () => {
      const about = aboutOf(desk.current);
      if (mayAct() && about !== undefined) callOutDialog.open(about, 'newest');
    },
    showOnMap: () => {
      const place = desk.currentAlarm?.position;
      const extent = desk.current?.kind === 'incident' ? extentOf(desk.current.line.incidentId) : undefined;
      if (extent !== undefined) map.current?.showExtent(extent);
      else if (place != null) map.current?.goTo(place.lon, place.lat, CLOSE_ZOOM);
      else showOnMap();
      map.current?.focus();
    },
    find: () => focusOn(SEARCH_ID),
    help: () => setHelp(true),
    close: () => (selected === undefined ? focusOn(LIST_ID) : select(undefined)),
  });

  const [tab, setTab] = useTab(selected?.id);
  return (
    <div className={styles.overview} data-tab={isNarrow ? tab : undefined}>
      {isNarrow && <Tabs tab={tab} hasSelected={selected !== undefined} onChoose={setTab} />}
      <h1 className="only-read-aloud">{t('frame.overview')}</h1>
      <div className={styles.alarms} style={isNarrow ? undefined : { width: alarmsWidth }}>
        <AlarmPane desk={desk} onHelp={() => setHelp(true)} />
      </div>
      <Splitter pane="left" width={alarmsWidth} least={LEAST_PANE} most={MOST_PANE} onResize={setAlarmsWidth} />
      <div className={styles.middle}>
        <Suspense fallback={<div className={styles.mapSkeleton} aria-busy="true" />}>
          <CityMapPane onReady={onReady} />
        </Suspense>
        <Timeline />
      </div>
      {selected !== undefined && (
        <>
          <Splitter pane="right" width={drawerWidth} least={LEAST_PANE} most={MOST_PANE} onResize={setDrawerWidth} />
          <div className={styles.drawer} style={isNarrow ? undefined : { width: drawerWidth }}>
            <ShowPlaceContext.Provider value={showPlace}>
              <Drawer onShowOnMap={showOnMap} />
            </ShowPlaceContext.Provider>
          </div>
        </>
      )}
      {holdDialog.dialog}
      {incidentDialog.dialog}
      {callOutDialog.dialog}
      <KeysHelp opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}

/** What a crew may be called out for on the line that the operator is on. */
function aboutOf(row: Row | undefined): About | undefined {
  if (row === undefined || row.kind === 'fold') return undefined;
  return row.kind === 'incident' ? { incidentId: row.line.incidentId } : { alarmId: row.alarmId };
}

type Tab = 'alarms' | 'map' | 'selected';

/** Where there is room for one pane only: what is newly selected comes to the front, and goes back to the alarms when it is closed. */
function useTab(selectedId: string | undefined): [Tab, (tab: Tab) => void] {
  const [tab, setTab] = useState<Tab>(selectedId === undefined ? 'alarms' : 'selected');
  const [shownFor, setShownFor] = useState(selectedId);
  if (shownFor !== selectedId) {
    setShownFor(selectedId);
    if (selectedId !== undefined) setTab('selected');
    else if (tab === 'selected') setTab('alarms');
  }
  return [tab, setTab];
}

interface TabsProps {
  readonly tab: Tab;
  readonly hasSelected: boolean;
  readonly onChoose: (tab: Tab) => void;
}

/** On a phone: one pane at a time. */
function Tabs({ tab, hasSelected, onChoose }: TabsProps) {
  const { t } = useTranslation();
  const tabs = hasSelected ? (['alarms', 'map', 'selected'] as const) : (['alarms', 'map'] as const);
  return (
    <div className={styles.tabs} role="group" aria-label={t('frame.panes')}>
      {tabs.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={tab === name}
          onClick={() => onChoose(name)}
          data-testid={`tab-${name}`}
        >
          {t(`frame.pane.${name}`)}
        </button>
      ))}
    </div>
  );
}
