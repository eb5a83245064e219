import { Button } from '@mantine/core';
import type { Knock } from '@lifeline/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useNowMs } from '../../../live/now.js';
import { useMay } from '../../../session/use-user.js';
import { Failed } from '../../../words/Failed.js';
import { formatCount } from '../../../words/numbers.js';
import { shortTime } from '../../../words/times.js';
import { useAgeWords, useZone } from '../../../words/use-words.js';
import { SensorsShell } from '../SensorsShell.js';
import { useKnocks } from './use-knocks.js';
import styles from '../device/device.module.css';
import intake from './intake.module.css';

/** Who tries to get in and is not known: a new device before its registration, or one with a wrong credential. */
export function KnocksPage() {
  const { t } = useTranslation();
  const knocks = useKnocks();
  const items = knocks.data?.items;
  return (
    <SensorsShell>
      <div className={intake.body}>
        {items === undefined && knocks.isError && (
          <Failed what={t('sensors.knocks.what')} error={knocks.error} onRetry={() => void knocks.refetch()} />
        )}
        {knocks.isPending && <div className={styles.skeleton} aria-busy="true" aria-label={t('words.loading')} />}
        {items?.length === 0 && (
          <p className="quiet" data-testid="knocks-empty">
            {t('sensors.knocks.empty')}
          </p>
        )}
        {items !== undefined && items.length > 0 && <Knocks items={items} />}
      </div>
    </SensorsShell>
  );
}

function Knocks({ items }: { readonly items: readonly Knock[] }) {
  const { t } = useTranslation();
  const strangers = items.filter(({ reason }) => reason !== 'bad-credential').length;
  return (
    <div className={styles.wideTable}>
      <p className={intake.title}>
        {t('sensors.knocks.title', { count: strangers })}
        {items.length > strangers && ` ${t('sensors.knocks.wrongCredential', { count: items.length - strangers })}`}
      </p>
      <table className={styles.plain}>
        <thead>
          <tr>
            <th>{t('sensors.field.deviceId')}</th>
            <th>{t('sensors.rejects.reason')}</th>
            <th className="number">{t('sensors.rejects.count')}</th>
            <th>{t('sensors.knocks.first')}</th>
            <th>{t('sensors.knocks.last')}</th>
            <th>
              <span className="only-read-aloud">{t('sensors.knocks.register')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((knock) => (
            <Row key={`${knock.deviceId} ${knock.reason}`} knock={knock} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ knock }: { readonly knock: Knock }) {
  const { t } = useTranslation();
  const zone = useZone();
  const nowMs = useNowMs();
  const ageWords = useAgeWords();
  const may = useMay('engineer');
  const { deviceId, reason, count, firstAtMs, lastAtMs } = knock;
  // A registered device with a wrong credential needs a new credential, not a second registration.
  const known = reason === 'bad-credential' || reason === 'not-authorised';
  return (
    <tr data-testid="knock-row" data-device={deviceId}>
      <td>{deviceId}</td>
      <td>{t(`sensors.reason.${reason}`)}</td>
      <td className="number">{formatCount(count)}</td>
      <td className="quiet">{shortTime(firstAtMs, nowMs, zone)}</td>
      <td>
        {shortTime(lastAtMs, nowMs, zone)}{' '}
        <span className="quiet">{t('sensors.first.ago', { age: ageWords(nowMs - lastAtMs) })}</span>
      </td>
      <td>
        {known ? (
          <Link to="/sensors/device/$deviceId" params={{ deviceId }}>
            {t('sensors.knocks.openDevice')}
          </Link>
        ) : (
          may && (
            <Button
              size="compact-xs"
              renderRoot={(props) => <Link to="/sensors/new" search={{ device: deviceId }} {...props} />}
              data-testid="register-knock"
            >
              {t('sensors.knocks.register')}
            </Button>
          )
        )}
      </td>
    </tr>
  );
}
