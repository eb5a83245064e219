import type { MaintenanceScope } from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';
import { useCell } from '../../live/cell.js';
import { useLive } from '../../live/live-context.js';
import { useAssetWords } from '../../words/use-asset-words.js';
import { useSensorNames } from '../../words/use-sensor-names.js';
import { useNameIn } from '../../words/use-words.js';

/** Names what a window covers, in the chosen language. */
export function useScopeWords(): (scope: MaintenanceScope) => string {
  const { t } = useTranslation();
  const live = useLive();
  const assets = useCell(live.assets);
  const { byId } = useCell(live.sensors);
  const names = useSensorNames();
  const nameIn = useNameIn();
  const { district } = useAssetWords();
  return ({ assetIds, deviceIds, sensorIds, areas }) =>
    [
      ...areas.map((area) =>
        t('maintenance.form.area', { district: district(area.district), utility: t(`utility.${area.utility}`) }),
      ),
      ...assetIds.map((assetId) => {
        const asset = assets.get(assetId);
        return asset ? nameIn({ en: asset.name, zh: asset.nameZh }) : assetId;
      }),
      ...deviceIds,
      ...sensorIds.map((sensorId) => {
        const sensor = byId.get(sensorId);
        return sensor ? names.of(sensor).full : sensorId;
      }),
    ].join(', ');
}
