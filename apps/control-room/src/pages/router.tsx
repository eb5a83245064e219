import { Link, createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Frame } from '../frame/Frame.js';
import { readAddress } from '../frame/address.js';
import { SessionGate } from '../session/SessionGate.js';
import { AlarmsPage } from './alarms/AlarmsPage.js';
import { OverviewPage } from './overview/OverviewPage.js';
import { SensorsPage } from './sensors/SensorsPage.js';

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
  createRoute({ getParentRoute: () => root, path: '/sensors', component: SensorsPage }),
]);

export const router = createRouter({ routeTree, defaultPreload: false });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
