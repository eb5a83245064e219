import type { LiveSensor } from '@lifeline/contracts';
import { Suspense, lazy, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError } from '../api/call.js';
import { useSelection } from '../frame/use-address.js';
import { useInterest, useOpenAlarms } from '../live/live-context.js';
import { Failed } from '../words/Failed.js';
import { UtilityIcon } from '../words/UtilityIcon.js';
import { AlarmStory } from './AlarmStory.js';
import { LimitsTable } from './LimitsTable.js';
import { LiveValueBlock } from './LiveValueBlock.js';
import { SensorRows } from './SensorRows.js';
import { StandingAlarmBlock } from './StandingAlarmBlock.js';
import { useAsset } from './use-asset.js';
import { useAssetSensors } from './use-asset-sensors.js';
import { useSensor, useSensorAlarms } from './use-sensor.js';
import { useSensorNames } from '../words/use-sensor-names.js';
import { useNameIn } from '../words/use-words.js';
import styles from './drawer.module.css';

const SensorChart = lazy(async () => ({ default: (await import('../chart/SensorChart.js')).SensorChart }));

export function SensorPane({ sensorId }: { readonly sensorId: string }) {
  const { t } = useTranslation();
  const { sensor, error, retry } = useSensor(sensorId);
  if (sensor !== undefined) return <KnownSensor sensor={sensor} />;
  if (error instanceof CallError && error.status === 404) {
    return <p className={styles.notFound}>{t('drawer.notFound', { id: sensorId })}</p>;
  }
  if (error !== null && error !== undefined) {
    return (
      <div className={styles.notFound}>
        <Failed what={t('drawer.what')} error={error} onRetry={retry} />
      </div>
    );
  }
  return <div className={styles.skeleton} aria-busy="true" aria-label={t('words.loading')} />;
}

function KnownSensor({ sensor }: { readonly sensor: LiveSensor }) {
  const { t } = useTranslation();
  const { select } = useSelection();
  const nameIn = useNameIn();
  const { sensorId, assetId } = sensor;
  const alarms = useSensorAlarms(sensorId);
  const asset = useAsset(assetId ?? undefined).data;
  const others = useAssetSensors(assetId).sensors?.filter((other) => other.sensorId !== sensorId);
  const standing = useOpenAlarms().filter((alarm) => alarm.sensorId === sensorId);
  useInterest(
    'drawer',
    useMemo(() => ({ sensorIds: [sensorId] }), [sensorId]),
  );
  const name = useSensorNames().of(sensor);
  const assetName = asset === undefined ? assetId : nameIn({ en: asset.name, zh: asset.nameZh });
  return (
    <>
      <header className={styles.head}>
        <h2>
          <UtilityIcon utility={sensor.utility} />
          <span>{name.what}</span>
        </h2>
        {assetId !== null && (
          <button
            type="button"
            className={styles.link}
            title={t('drawer.showAsset', { name: assetName })}
            onClick={() => select(assetId)}
          >
            {assetName}
          </button>
        )}
        <div className="quiet" title={sensor.deviceName}>
          {sensorId}
        </div>
      </header>
      <LiveValueBlock sensor={sensor} alarm={standing[0]} />
      {standing.map((alarm) => (
        <StandingAlarmBlock key={alarm.alarmId} alarm={alarm} />
      ))}
      <Suspense fallback={<div className={styles.chartSkeleton} aria-busy="true" />}>
        <SensorChart sensor={sensor} alarms={alarms ?? NONE} />
      </Suspense>
      <LimitsTable sensor={sensor} />
      <AlarmStory alarms={alarms} />
      {others !== undefined && others.length > 0 && assetName !== null && (
        <section className={styles.part}>
          <h3>{t('drawer.otherSensors', { name: assetName })}</h3>
          <SensorRows sensors={others} part="drawer-others" />
        </section>
      )}
    </>
  );
}

const NONE = [] as const;
