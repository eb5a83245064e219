import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../alarms/PriorityMark.js';
import { useAcknowledge } from '../live/acknowledge.js';
import { awaitsAcknowledge, shownState, type StandingAlarm } from '../live/alarm-book.js';
import { useNowMs } from '../live/now.js';
import { shortTime } from '../words/times.js';
import { ActsFieldset } from '../past/ActsFieldset.js';
import { WhatToDo } from '../procedure/WhatToDo.js';
import { Verdicts } from '../why/Verdicts.js';
import { Why } from '../why/Why.js';
import { useAgeWords, useNameIn, useZone } from '../words/use-words.js';
import { NextActs } from './NextActs.js';
import styles from './drawer.module.css';

/** An open alarm of the sensor: why it stands, the acknowledge with a note, and what a person may say of it. */
export function StandingAlarmBlock({ alarm }: { readonly alarm: StandingAlarm }) {
  const { t } = useTranslation();
  const zone = useZone();
  const nowMs = useNowMs(5000);
  const ageWords = useAgeWords();
  const nameIn = useNameIn();
  const acknowledge = useAcknowledge();
  const [note, setNote] = useState('');
  const state = shownState(alarm);
  return (
    <section
      className={styles.alarm}
      aria-label={`${t('drawer.why')}: ${nameIn(alarm.reason)}`}
      data-testid="standing-alarm"
      data-state={state}
    >
      <PriorityMark priority={alarm.priority} state={state} />
      <div>
        <strong data-testid="alarm-reason">{nameIn(alarm.reason)}</strong>
        <div className="quiet">
          {t(`state.${state}`)} · {shortTime(alarm.raisedAtMs, nowMs, zone)} · {ageWords(nowMs - alarm.raisedAtMs)}
        </div>
        {alarm.evidence !== null && <Why alarm={alarm} evidence={alarm.evidence} />}
        <ActsFieldset>
          {awaitsAcknowledge(state) && (
            <form
              className={styles.acknowledge}
              onSubmit={(event) => {
                event.preventDefault();
                void acknowledge(alarm.alarmId, note);
              }}
            >
              <TextInput
                size="xs"
                maxLength={500}
                value={note}
                aria-label={t('alarms.note')}
                placeholder={t('alarms.note')}
                data-testid="acknowledge-note"
                onChange={(event) => setNote(event.currentTarget.value)}
              />
              <Button type="submit" size="xs" data-testid="drawer-acknowledge" data-alarm-id={alarm.alarmId}>
                {t('alarms.acknowledge')}
              </Button>
            </form>
          )}
          <WhatToDo alarm={alarm} />
          <NextActs alarm={alarm} />
          <Verdicts alarm={alarm} />
        </ActsFieldset>
      </div>
    </section>
  );
}
