import type { Alarm } from '@lifeline/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../../alarms/PriorityMark.js';
import type { Address } from '../../frame/address.js';
import { monthDayTime } from '../../words/times.js';
import { useAgeWords, useNameIn, useZone } from '../../words/use-words.js';
import { MOST_ALARMS, type HistoryLine } from './use-lines.js';
import styles from './history.module.css';

/** Rows that the list shows; the track above has them all. */
const MOST_SHOWN = 200;

/** The alarms of the window, newest first, each with who acknowledged it. */
export function EventList({ lines }: { readonly lines: readonly HistoryLine[] }) {
  const { t } = useTranslation();
  const events = lines
    .flatMap((line) => line.alarms.map((alarm) => ({ alarm, number: line.number })))
    .sort((a, b) => b.alarm.raisedAtMs - a.alarm.raisedAtMs);
  const isCut = lines.some((line) => line.alarms.length >= MOST_ALARMS);
  return (
    <section className={styles.events} data-testid="history-events" aria-label={t('history.events')}>
      <h2>{t('history.eventsCount', { count: events.length })}</h2>
      {isCut && <p className="quiet">{t('history.eventsCut', { count: MOST_ALARMS })}</p>}
      {events.length === 0 && <p className="quiet">{t('history.noEvents')}</p>}
      {events.length > 0 && (
        <table>
          <tbody>
            {events.slice(0, MOST_SHOWN).map(({ alarm, number }) => (
              <Event key={alarm.alarmId} alarm={alarm} number={number} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Event({ alarm, number }: { readonly alarm: Alarm; readonly number: number }) {
  const { t } = useTranslation();
  const zone = useZone();
  const nameIn = useNameIn();
  const ageWords = useAgeWords();
  const { state, raisedAtMs, clearedAtMs, acknowledgedBy, acknowledgedAtMs } = alarm;
  return (
    <tr data-testid="history-event">
      <td>
        <PriorityMark priority={alarm.priority} state={state} size={16} />
      </td>
      <td>
        <Link
          to="/"
          search={{ at: raisedAtMs, sel: alarm.sensorId } as Address}
          title={t('history.showThen')}
          className={styles.then}
        >
          {monthDayTime(raisedAtMs, zone)}
        </Link>
      </td>
      <td className="number">{number}</td>
      <td>{nameIn(alarm.reason)}</td>
      <td className="quiet">
        {clearedAtMs === null ? t(`state.${state}`) : t('history.lasted', { age: ageWords(clearedAtMs - raisedAtMs) })}
      </td>
      <td className="quiet">
        {acknowledgedAtMs === null
          ? t('history.notAcknowledged')
          : t('history.acknowledged', { actor: acknowledgedBy, time: monthDayTime(acknowledgedAtMs, zone) })}
      </td>
    </tr>
  );
}
