import { Button, CopyButton } from '@mantine/core';
import type { Device } from '@lifeline/contracts';
import { CheckIcon, CopyIcon, KeyIcon } from 'lucide-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError, call } from '../../../api/call.js';
import { useLive } from '../../../live/live-context.js';
import { useMay } from '../../../session/use-user.js';
import { useCity } from '../../../words/use-words.js';
import { Confirm } from '../Confirm.js';
import { FirstReadings } from './FirstReadings.js';
import { mosquittoLine } from './mosquitto-line.js';
import styles from './device.module.css';

interface Issued {
  readonly username: string;
  readonly password: string;
  /** Newest measured time of each sensor as the credential was issued: what comes after is of the device itself. */
  readonly before: ReadonlyMap<string, number>;
}

const NOTHING_BEFORE: ReadonlyMap<string, number> = new Map();

/** The device's way in: issue, show once, and wait for what it sends. */
export function Credential({ device }: { readonly device: Device }) {
  const { t } = useTranslation();
  const may = useMay('engineer');
  const live = useLive();
  const queries = useQueryClient();
  const { deviceId, sensors, hasCredential } = device;
  const [asking, setAsking] = useState<'shown' | 'hidden'>('hidden');
  const [waits] = useState(
    () => !hasCredential || sensors.some(({ sensorId }) => live.values.get(sensorId) === undefined),
  );
  const issuing = useMutation({
    gcTime: 0,
    mutationFn: async (): Promise<Issued> => {
      const credential = await call('issueCredential', { params: { deviceId } });
      return { ...credential, before: newestOf(live.values, sensors) };
    },
    onSuccess: () => {
      queries.setQueryData<Device>(['device', deviceId], (known) => known && { ...known, hasCredential: true });
    },
    onSettled: () => setAsking('hidden'),
  });
  const issued = issuing.data;
  const why =
    issuing.error instanceof CallError && issuing.error.status !== 0 ? issuing.error.message : t('errors.notReached');
  return (
    <section className={styles.card} aria-labelledby="credential">
      <header className={styles.cardHead}>
        <h2 id="credential" className={styles.title}>
          {t('sensors.credential.title')}
        </h2>
        <p className="quiet">{t(hasCredential ? 'sensors.credential.has' : 'sensors.credential.hasNone')}</p>
        {may ? (
          <Button
            size="xs"
            variant={hasCredential ? 'default' : 'filled'}
            leftSection={<KeyIcon size={14} strokeWidth={1.6} aria-hidden />}
            loading={issuing.isPending && asking === 'hidden'}
            onClick={() => (hasCredential ? setAsking('shown') : issuing.mutate())}
            data-testid="issue-credential"
          >
            {t(hasCredential ? 'sensors.credential.again' : 'sensors.credential.issue')}
          </Button>
        ) : (
          <p className="quiet">{t('sensors.credential.engineerOnly')}</p>
        )}
      </header>
      {issuing.isError && <p role="alert">{t('sensors.form.refused', { why })}</p>}
      {issued !== undefined && <ShownOnce device={device} issued={issued} />}
      {(issued !== undefined || waits) && sensors.length > 0 && (
        <FirstReadings key={issued?.password} device={device} before={issued?.before ?? NOTHING_BEFORE} />
      )}
      <Confirm
        title={t('sensors.credential.againTitle')}
        act={t('sensors.credential.again')}
        testId="confirm-issue"
        shown={asking}
        progress={issuing.isPending ? 'busy' : 'idle'}
        onConfirm={() => issuing.mutate()}
        onCancel={() => setAsking('hidden')}
      >
        <p>{t('sensors.credential.againWhat', { deviceId })}</p>
      </Confirm>
    </section>
  );
}

function newestOf(
  values: { get(sensorId: string): { readonly measuredAtMs: number } | undefined },
  sensors: Device['sensors'],
): ReadonlyMap<string, number> {
  const newest = new Map<string, number>();
  for (const { sensorId } of sensors) {
    const value = values.get(sensorId);
    if (value !== undefined) newest.set(sensorId, value.measuredAtMs);
  }
  return newest;
}

function ShownOnce({ device, issued }: { readonly device: Device; readonly issued: Issued }) {
  const { t } = useTranslation();
  const city = useCity().data;
  const mqtt = city?.mqtt;
  const line = mqtt && device.sensors.length > 0 ? mosquittoLine({ mqtt, device, credential: issued }) : undefined;
  return (
    <div className={styles.once}>
      <p role="status">
        <strong>{t('sensors.credential.once')}</strong>
      </p>
      <dl className={styles.facts}>
        <Copied label={t('sensors.credential.username')} text={issued.username} testId="credential-username" />
        <Copied label={t('sensors.credential.password')} text={issued.password} testId="credential-password" />
        {line !== undefined && <Copied label={t('sensors.credential.tryLine')} text={line} testId="mosquitto-line" />}
      </dl>
      {line !== undefined && <p className="quiet">{t('sensors.credential.tryHint')}</p>}
    </div>
  );
}

interface CopiedProps {
  readonly label: string;
  readonly text: string;
  readonly testId: string;
}

function Copied({ label, text, testId }: CopiedProps) {
  const { t } = useTranslation();
  return (
    <>
      <dt className="quiet">{label}</dt>
      <dd>
        <code className={styles.code} data-testid={testId}>
          {text}
        </code>
      </dd>
      <dd>
        <CopyButton value={text} timeout={2000}>
          {({ copied, copy }) => (
            <Button
              size="compact-xs"
              variant="default"
              leftSection={copied ? <CheckIcon size={13} aria-hidden /> : <CopyIcon size={13} aria-hidden />}
              onClick={copy}
              aria-label={t('sensors.credential.copyNamed', { label })}
            >
              {t(copied ? 'sensors.credential.copied' : 'sensors.credential.copy')}
            </Button>
          )}
        </CopyButton>
      </dd>
    </>
  );
}
