import { LocateFixedIcon, XIcon } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { DRAWER_ID } from '../frame/focus-places.js';
import { useSelection } from '../frame/use-address.js';
import { IncidentPane } from '../incidents/IncidentPane.js';
import { AssetPane } from './AssetPane.js';
import { useDrawerFocus } from './enter-drawer.js';
import { SensorPane } from './SensorPane.js';
import styles from './drawer.module.css';

interface DrawerProps {
  readonly onShowOnMap: () => void;
}

/** What is selected: a sensor, an asset or an incident. Nothing selected draws nothing. */
export function Drawer({ onShowOnMap }: DrawerProps) {
  const { t } = useTranslation();
  const { selected, select } = useSelection();
  const drawer = useRef<HTMLElement>(null);
  useDrawerFocus(drawer, selected?.id);
  if (selected === undefined) return null;
  return (
    <aside
      ref={drawer}
      id={DRAWER_ID}
      className={styles.drawer}
      tabIndex={-1}
      data-testid="drawer"
      data-shows={selected.id}
      aria-label={t('drawer.title')}
    >
      <div className={styles.tools}>
        <button type="button" aria-label={t('drawer.goTo')} title={t('drawer.goTo')} onClick={onShowOnMap}>
          <LocateFixedIcon size={16} strokeWidth={1.6} aria-hidden />
        </button>
        <button
          type="button"
          aria-label={t('drawer.close')}
          title={t('drawer.close')}
          data-testid="drawer-close"
          onClick={() => select(undefined)}
        >
          <XIcon size={16} strokeWidth={1.6} aria-hidden />
        </button>
      </div>
      {selected.kind === 'sensor' && <SensorPane key={selected.id} sensorId={selected.id} />}
      {selected.kind === 'asset' && <AssetPane key={selected.id} assetId={selected.id} />}
      {selected.kind === 'incident' && <IncidentPane key={selected.id} incidentId={selected.id} />}
    </aside>
  );
}
