import type { Alarm } from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';
import { Fragment } from 'react';
import { Transitions } from '../alarms/Transitions.js';
import { CallOutPart } from '../call-out/CallOutPart.js';
import styles from './drawer.module.css';

/** Alarms kept open in the story; older ones are in the alarms page. */
const MOST_TOLD = 5;

/** What happened to the sensor in the last week, newest first. */
export function AlarmStory({ alarms }: { readonly alarms: readonly Alarm[] | undefined }) {
  const { t } = useTranslation();
  return (
    <section className={styles.part}>
      <h3>{t('drawer.whatHappened')}</h3>
      {alarms === undefined && <div className={styles.lineSkeleton} aria-busy="true" />}
      {alarms?.length === 0 && <p className="quiet">{t('drawer.noAlarms')}</p>}
      {alarms?.slice(0, MOST_TOLD).map((alarm) => (
        <Fragment key={alarm.alarmId}>
          <Transitions alarm={alarm} />
          {alarm.state === 'normal' && <CallOutPart about={{ alarmId: alarm.alarmId }} isOf="over" />}
        </Fragment>
      ))}
    </section>
  );
}
