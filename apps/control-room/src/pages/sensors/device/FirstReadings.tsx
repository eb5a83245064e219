import { displayUnit } from '@lifeline/catalogue';
import type { Device, Sensor } from '@lifeline/contracts';
import { CheckIcon, HourglassIcon } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInterest, useSensorValue } from '../../../live/live-context.js';
import { useNowMs } from '../../../live/now.js';
import { withUnit } from '../../../words/numbers.js';
import { useAgeWords, useNameIn } from '../../../words/use-words.js';
import styles from './device.module.css';

/** Silence after which it is told what to check. */
const PATIENCE_MS = 60_000;

interface FirstReadingsProps {
  readonly device: Device;
  /** Measured times that were known before: only newer readings count. */
  readonly before: ReadonlyMap<string, number>;
}

/** Waits with the engineer until each sensor of the device has spoken. */
export function FirstReadings({ device, before }: FirstReadingsProps) {
  const { t } = useTranslation();
  const [sinceMs] = useState(() => Date.now());
  const nowMs = useNowMs();
  const { sensors, deviceId } = device;
  const interest = useMemo(() => ({ sensorIds: sensors.map(({ sensorId }) => sensorId) }), [sensors]);
  useInterest('first-readings', interest);
  const [arrived, setArrived] = useState<ReadonlySet<string>>(new Set());
  const note = useMemo(
    () => (sensorId: string) => setArrived((known) => (known.has(sensorId) ? known : new Set(known).add(sensorId))),
    [],
  );
  const silent = arrived.size < sensors.length && nowMs - sinceMs > PATIENCE_MS;
  return (
    <div className={styles.first}>
      <h3 className={styles.subtitle}>{t('sensors.first.title')}</h3>
      <ul className={styles.firstList}>
        {sensors.map((sensor) => (
          <FirstReading key={sensor.sensorId} sensor={sensor} beforeMs={before.get(sensor.sensorId)} onArrived={note} />
        ))}
      </ul>
      {silent && (
        <div role="status" data-testid="first-reading-help">
          <p>{t('sensors.first.nothing')}</p>
          <ul>
            <li>{t('sensors.first.checkHost')}</li>
            <li>{t('sensors.first.checkCredential', { deviceId })}</li>
            <li>{t('sensors.first.checkTopic', { topic: `lifeline/v1/${device.utility}/${deviceId}/telemetry` })}</li>
            <li>{t('sensors.first.checkChannel', { channels: sensors.map(({ channel }) => channel).join(', ') })}</li>
            <li>{t('sensors.first.checkRejects')}</li>
          </ul>
        </div>
      )}
    </div>
  );
}

interface FirstReadingProps {
  readonly sensor: Sensor;
  readonly beforeMs: number | undefined;
  readonly onArrived: (sensorId: string) => void;
}

function FirstReading({ sensor, beforeMs, onArrived }: FirstReadingProps) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const value = useSensorValue(sensor.sensorId);
  const arrived = value !== undefined && value.measuredAtMs > (beforeMs ?? Number.NEGATIVE_INFINITY);
  const { sensorId } = sensor;
  useEffect(() => {
    if (arrived) onArrived(sensorId);
  }, [arrived, onArrived, sensorId]);
  return (
    <li
      data-testid="first-reading"
      data-state={arrived ? 'arrived' : 'waiting'}
      data-sensor={sensorId}
      aria-live="polite"
    >
      {arrived ? <CheckIcon size={15} aria-hidden /> : <HourglassIcon size={15} strokeWidth={1.6} aria-hidden />}
      <span>{sensor.name}</span>
      <span className="quiet">{sensor.channel}</span>
      {arrived ? (
        <span className={styles.value}>
          {t('sensors.first.arrived', { value: withUnit(value.value, nameIn(displayUnit(sensor.unit)), sensor) })}{' '}
          <Age key={value.measuredAtMs} measuredAtMs={value.measuredAtMs} />
        </span>
      ) : (
        <span className="quiet">{t('sensors.first.waiting')}</span>
      )}
    </li>
  );
}

/** Seconds with a tenth while it is new: that is what an engineer waits for. */
function Age({ measuredAtMs }: { readonly measuredAtMs: number }) {
  const { t } = useTranslation();
  const ageWords = useAgeWords();
  const tickMs = useNowMs();
  const [shownAtMs] = useState(() => Date.now());
  const ageMs = Math.max(0, Math.max(tickMs, shownAtMs) - measuredAtMs);
  const age = ageMs < 10_000 ? t('sensors.first.seconds', { seconds: (ageMs / 1000).toFixed(1) }) : ageWords(ageMs);
  return <span className="quiet">{t('sensors.first.ago', { age })}</span>;
}
