import type { Alarm } from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';
import { monthDayTime } from '../words/times.js';
import { useNameIn, useZone } from '../words/use-words.js';
import { PriorityMark } from './PriorityMark.js';
import { useValueAndLimit } from './use-alarm-words.js';
import styles from './transitions.module.css';

/** The life of one alarm, step by step, newest first. */
export function Transitions({ alarm }: { readonly alarm: Alarm }) {
  const { t } = useTranslation();
  const zone = useZone();
  const nameIn = useNameIn();
  const valueAndLimit = useValueAndLimit();
  return (
    <ol className={styles.steps} data-testid="transitions" data-alarm-id={alarm.alarmId}>
      {alarm.transitions.toReversed().map((step) => (
        <li key={step.sequence}>
          <PriorityMark
            priority={step.priority}
            state={step.state === 'unacknowledged' ? 'acknowledged' : step.state}
            size={14}
          />
          <time>{monthDayTime(step.atMs, zone)}</time>
          <div>
            <strong>{t(`event.${step.event}`)}</strong>
            {step.actor !== null && <span> · {t('drawer.by', { actor: step.actor })}</span>}
            {(step.event === 'raise' || step.event === 'escalate') && <div>{nameIn(step.reason)}</div>}
            {step.event === 'clear' && step.value !== null && <div className="quiet">{valueAndLimit(step)}</div>}
            {step.note !== null && step.note !== '' && <q>{step.note}</q>}
          </div>
        </li>
      ))}
    </ol>
  );
}
