import { PRIORITIES } from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';
import { useCell } from '../live/cell.js';
import { useNameIn } from '../words/use-words.js';
import type { CityMap } from './city-map.js';
import { RISK_STRENGTH } from './risk-layer.js';
import { useMapLayers } from './use-map-layers.js';
import styles from './map.module.css';

/** What the four colours mean, and how the area under the pointer comes to its own. */
export function RiskLegend({ map }: { readonly map: CityMap }) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const area = useCell(map.riskUnder);
  const { isRiskShown } = useMapLayers();
  if (!isRiskShown) return null;
  return (
    <section className={styles.riskLegend} aria-label={t('map.risk.title')} data-testid="risk-legend">
      <strong>{t('map.risk.title')}</strong>
      <ul>
        {PRIORITIES.map((colour) => (
          <li key={colour}>
            <span
              className={styles.riskSwatch}
              style={{
                background: `color-mix(in srgb, var(--p-${colour}-fill) ${RISK_STRENGTH[colour] * 200}%, transparent)`,
              }}
            />
            {t(`map.risk.${colour}`)}
          </li>
        ))}
      </ul>
      <div className={styles.riskUnder} data-testid="risk-under">
        {area === undefined
          ? t('map.risk.how')
          : t('map.risk.area', {
              risk: area.risk,
              likelihood: area.likelihood,
              severity: area.severity,
              alarms: area.alarms,
              name: nameIn({ en: area.name, zh: area.nameZh }),
            })}
      </div>
    </section>
  );
}
