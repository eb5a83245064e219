import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Transitions } from '../../alarms/Transitions.js';
import type { Address } from '../../frame/address.js';
import { useAddress, useChangeAddress } from '../../frame/use-address.js';
import { NextActs } from '../../drawer/NextActs.js';
import { useCell } from '../../live/cell.js';
import { useLive } from '../../live/live-context.js';
import { Failed } from '../../words/Failed.js';
import { formatCount } from '../../words/numbers.js';
import { useSensorNames } from '../../words/use-sensor-names.js';
import { AlarmFilters } from './AlarmFilters.js';
import { AlarmTable } from './AlarmTable.js';
import { useAlarmHistory } from './use-alarm-history.js';
import styles from './alarms-page.module.css';

/** All alarms, open and over, with what happened to the chosen one. */
export function AlarmsPage() {
  const { t } = useTranslation();
  const { alarms, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useAlarmHistory();
  const chosenId = useAddress('alarm');
  const change = useChangeAddress();
  const names = useSensorNames();
  const chosen = alarms?.find((alarm) => alarm.alarmId === chosenId);
  const { byId } = useCell(useLive().alarms);
  const standing = chosenId === undefined ? undefined : byId.get(chosenId);
  return (
    <section className={styles.page} data-testid="alarms-page">
      <header className={styles.top}>
        <h1>{t('alarms.title')}</h1>
        <AlarmFilters />
        <span className={`${styles.count} quiet`}>
          {alarms !== undefined &&
            t(hasNextPage ? 'alarmsPage.countMore' : 'alarmsPage.count', {
              count: alarms.length,
              shown: formatCount(alarms.length),
            })}
        </span>
        {hasNextPage && (
          <Button size="xs" variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('alarmsPage.more')}
          </Button>
        )}
      </header>
      <div className={styles.body}>
        <div className={styles.table}>
          {alarms === undefined && error === null && <div className={styles.skeleton} aria-busy="true" />}
          {alarms === undefined && error !== null && (
            <div className={styles.message}>
              <Failed what={t('alarmsPage.what')} error={error} onRetry={() => void refetch()} />
            </div>
          )}
          {alarms?.length === 0 && <Nothing />}
          {alarms !== undefined && alarms.length > 0 && (
            <AlarmTable alarms={alarms} chosen={chosenId} onChoose={(alarm) => change({ alarm })} />
          )}
        </div>
        <aside className={styles.story} aria-label={t('alarmsPage.transitions')}>
          <h2>{t('alarmsPage.transitions')}</h2>
          {chosen === undefined ? (
            <p className="quiet">{t('alarmsPage.chooseOne')}</p>
          ) : (
            <>
              <strong>{names.ofAlarm(chosen).full}</strong>
              <Link
                to="/"
                search={() =>
                  ({ sel: chosen.sensorId, lng: chosen.position?.lon, lat: chosen.position?.lat, z: 15.5 }) as Address
                }
                className={styles.onMap}
              >
                {t('alarmsPage.showSensor')}
              </Link>
              {standing !== undefined && <NextActs alarm={standing} />}
              <Transitions alarm={chosen} />
            </>
          )}
        </aside>
      </div>
    </section>
  );
}

function Nothing() {
  const { t } = useTranslation();
  const parts = [
    useAddress('state'),
    useAddress('priority'),
    useAddress('utility'),
    useAddress('q'),
    useAddress('from'),
  ];
  const isNarrowed = parts.some((part) => part !== undefined);
  return <p className={styles.message}>{t(isNarrowed ? 'alarmsPage.empty' : 'alarmsPage.emptyAll')}</p>;
}
