import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StandingAlarm } from '../live/alarm-book.js';
import { useNowMs } from '../live/now.js';
import { shortTime } from '../words/times.js';
import { useNameIn, useZone } from '../words/use-words.js';
import styles from './procedure.module.css';
import { useProcedure, useTick } from './use-procedure.js';

/** What to do about an alarm: the action in a sentence, the steps with who did them, and, folded, why it matters. */
export function WhatToDo({ alarm }: { readonly alarm: StandingAlarm }) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const zone = useZone();
  const nowMs = useNowMs(5000);
  const { data } = useProcedure(alarm.alarmId, alarm.sequence);
  const tick = useTick(alarm.alarmId);
  if (data === undefined) return null;
  const { definition, steps } = data;
  const done = steps.filter((step) => step.done).length;
  return (
    <section className={styles.procedure} data-testid="what-to-do">
      <h4>
        {t('procedure.title')} <span className="quiet">{t('procedure.done', { done, all: steps.length })}</span>
      </h4>
      <p className={styles.action}>{nameIn(definition.action)}</p>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step.step}>
            <Checkbox
              size="md"
              styles={{ label: { fontSize: 'var(--mantine-font-size-sm)', lineHeight: 1.5 } }}
              checked={step.done}
              label={nameIn(step.text)}
              description={
                step.done && step.by !== null && step.atMs !== null
                  ? t('procedure.tickedBy', { who: step.by, time: shortTime(step.atMs, nowMs, zone) })
                  : undefined
              }
              data-testid={`step-${step.step}`}
              // Not closed while it is on its way: what is closed would lose the keyboard. A second press of it is no second tick.
              onChange={(event) => {
                if (tick.isPending && tick.variables.step === step.step) return;
                tick.mutate({ step: step.step, done: event.currentTarget.checked });
              }}
            />
          </li>
        ))}
      </ol>
      <details>
        <summary>{t('procedure.whyItMatters')}</summary>
        <dl className={styles.facts}>
          <dt>{t('procedure.cause')}</dt>
          <dd>{nameIn(definition.cause)}</dd>
          <dt>{t('procedure.consequence')}</dt>
          <dd>{nameIn(definition.consequence)}</dd>
          <dt>{t('procedure.owner')}</dt>
          <dd>{nameIn(definition.owner)}</dd>
          <dt>{t('procedure.timeToRespond')}</dt>
          <dd>{t('procedure.minutes', { minutes: definition.minutesToRespond })}</dd>
        </dl>
      </details>
    </section>
  );
}
