import { Link, createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Frame } from '../frame/Frame.js';
import { readAddress } from '../frame/address.js';
import { SessionGate } from '../session/SessionGate.js';
import { AlarmsPage } from './alarms/AlarmsPage.js';
import { OverviewPage } from './overview/OverviewPage.js';
import { SensorsPage } from './sensors/SensorsPage.js';
import { DevicePage } from './sensors/device/DevicePage.js';
import { NewDevicePage } from './sensors/form/NewDevicePage.js';
import { ImportPage } from './sensors/import/ImportPage.js';
import { KnocksPage } from './sensors/intake/KnocksPage.js';
import { RejectsPage } from './sensors/intake/RejectsPage.js';
import { readListSearch, readNewDeviceSearch, readRejectsSearch } from './sensors/search.js';

function Page() {
  return (
    <SessionGate>
      <Frame />
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
  createRoute({ getParentRoute: () => root, path: '/', component: OverviewPage }),
  createRoute({ getParentRoute: () => root, path: '/alarms', component: AlarmsPage }),
  createRoute({
    getParentRoute: () => root,
    path: '/sensors',
    component: SensorsPage,
    validateSearch: readListSearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sensors/new',
    component: NewDevicePage,
    validateSearch: readNewDeviceSearch,
  }),
  createRoute({ getParentRoute: () => root, path: '/sensors/import', component: ImportPage }),
  createRoute({ getParentRoute: () => root, path: '/sensors/knocks', component: KnocksPage }),
  createRoute({
    getParentRoute: () => root,
    path: '/sensors/rejects',
    component: RejectsPage,
    validateSearch: readRejectsSearch,
  }),
  createRoute({ getParentRoute: () => root, path: '/sensors/device/$deviceId', component: DevicePage }),
]);

export const router = createRouter({ routeTree, defaultPreload: false });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
