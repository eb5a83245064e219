import { Link, createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { readAddress } from '../frame/address.js';
import { useFocusKeeper } from '../frame/use-focus-keeper.js';
import { SessionGate } from '../session/SessionGate.js';
import { lazyPage } from './lazy-page.js';
import { readDefinitionsSearch } from './definitions/search.js';
import { readHistorySearch } from './history/search.js';
import { readIncidentsSearch } from './incidents/search.js';
import { readPerformanceSearch } from './performance/search.js';
import { readListSearch, readNewDeviceSearch, readRejectsSearch } from './sensors/search.js';

// The login holds none of the city's code, so that it is there at once; all else is read behind it.
const frame = lazyPage(async () => (await import('../frame/Frame.js')).Frame);
const overview = lazyPage(async () => (await import('./overview/OverviewPage.js')).OverviewPage);
const alarms = lazyPage(async () => (await import('./alarms/AlarmsPage.js')).AlarmsPage);
const incidents = lazyPage(async () => (await import('./incidents/IncidentsPage.js')).IncidentsPage);
const history = lazyPage(async () => (await import('./history/HistoryPage.js')).HistoryPage);
const performance = lazyPage(async () => (await import('./performance/PerformancePage.js')).PerformancePage);
const definitions = lazyPage(async () => (await import('./definitions/DefinitionsPage.js')).DefinitionsPage);
const duty = lazyPage(async () => (await import('./duty/DutyPage.js')).DutyPage);
const maintenance = lazyPage(async () => (await import('./maintenance/MaintenancePage.js')).MaintenancePage);
const sensors = lazyPage(async () => (await import('./sensors/SensorsPage.js')).SensorsPage);
const newDevice = lazyPage(async () => (await import('./sensors/form/NewDevicePage.js')).NewDevicePage);
const importing = lazyPage(async () => (await import('./sensors/import/ImportPage.js')).ImportPage);
const knocks = lazyPage(async () => (await import('./sensors/intake/KnocksPage.js')).KnocksPage);
const rejects = lazyPage(async () => (await import('./sensors/intake/RejectsPage.js')).RejectsPage);
const device = lazyPage(async () => (await import('./sensors/device/DevicePage.js')).DevicePage);

/** How long the page is left in peace before the rest is read. */
const READ_AHEAD_AFTER_MS = 1500;

/**
 * Reads all pages while nobody waits for them: a page that is open for twelve hours must not depend on files that a newer
 * release of the server no longer has.
 */
async function readAhead(): Promise<void> {
  for (const page of [
    frame,
    overview,
    { fetch: () => import('../map/CityMapPane.js') },
    { fetch: () => import('../chart/SensorChart.js') },
    alarms,
    incidents,
    history,
    performance,
    definitions,
    duty,
    maintenance,
    sensors,
    newDevice,
    importing,
    knocks,
    rejects,
    device,
  ]) {
    // What cannot be read now is read when it is needed, and its failure is told there.
    await page.fetch().catch(() => undefined);
  }
}

function Page() {
  useFocusKeeper();
  useEffect(() => {
    const timer = setTimeout(() => void readAhead(), READ_AHEAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <SessionGate>
      <frame.Page />
    </SessionGate>
  );
}

function NotFound() {
  const { t } = useTranslation();
  return (
    <div role="alert" style={{ padding: 24 }}>
      <p>{t('errors.notFound')}</p>
      <Link to="/">{t('errors.toOverview')}</Link>
    </div>
  );
}

const root = createRootRoute({ component: Page, notFoundComponent: NotFound, validateSearch: readAddress });

const routeTree = root.addChildren([
  createRoute({ getParentRoute: () => root, path: '/', component: overview.Page }),
  createRoute({ getParentRoute: () => root, path: '/alarms', component: alarms.Page }),
  createRoute({
    getParentRoute: () => root,
    path: '/incidents',
    component: incidents.Page,
    validateSearch: readIncidentsSearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/history',
    component: history.Page,
    validateSearch: readHistorySearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/performance',
    component: performance.Page,
    validateSearch: readPerformanceSearch,
  }),
  createRoute({ getParentRoute: () => root, path: '/duty', component: duty.Page }),
  createRoute({ getParentRoute: () => root, path: '/maintenance', component: maintenance.Page }),
  createRoute({
    getParentRoute: () => root,
    path: '/definitions',
    component: definitions.Page,
    validateSearch: readDefinitionsSearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sensors',
    component: sensors.Page,
    validateSearch: readListSearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sensors/new',
    component: newDevice.Page,
    validateSearch: readNewDeviceSearch,
  }),
  createRoute({ getParentRoute: () => root, path: '/sensors/import', component: importing.Page }),
  createRoute({ getParentRoute: () => root, path: '/sensors/knocks', component: knocks.Page }),
  createRoute({
    getParentRoute: () => root,
    path: '/sensors/rejects',
    component: rejects.Page,
    validateSearch: readRejectsSearch,
  }),
  createRoute({ getParentRoute: () => root, path: '/sensors/device/$deviceId', component: device.Page }),
]);

export const router = createRouter({ routeTree, defaultPreload: false });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
