import { useTranslation } from 'react-i18next';
import { useUser } from '../../session/use-user.js';
import { useNowMs } from '../../live/now.js';
import { dayOf, hourMinuteSecond } from '../../words/times.js';
import { useSensorNames } from '../../words/use-sensor-names.js';
import { useAgeWords, useCity, useNameIn, useZone } from '../../words/use-words.js';
import { trackOf, type TrackItem } from '../track.js';
import { useActWords } from '../use-act-words.js';
import { useCauseWords } from '../use-cause-words.js';
import type { IncidentFileShown } from '../use-incident-file.js';
import styles from './report.module.css';

/** So many lines are one page of A4; of a larger incident, the acts and the first alarms. */
const MOST_LINES = 38;

/** An incident on paper: what it was, what happened and what people did, and how it ended. Seen by the printer alone. */
export function IncidentReport({ file }: { readonly file: IncidentFileShown }) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const causeWords = useCauseWords();
  const ageWords = useAgeWords();
  const zone = useZone();
  const nowMs = useNowMs(60_000);
  const city = useCity().data;
  const { username } = useUser();
  const { incident, alarms, acts } = file;
  const { conclusion, state, closedAtMs, counts } = incident;
  const sinceMs = Math.min(incident.firstOut.raisedAtMs, incident.openedAtMs);
  const at = (ms: number): string => `${dayOf(ms, zone)} ${hourMinuteSecond(ms, zone)}`;
  const track = trackOf(incident.firstOut.alarmId, alarms, acts);
  const lines = onOnePage(track);
  const facts: readonly (readonly [string, string])[] = [
    [t('incidents.report.state'), t(`incidents.state.${state}`)],
    [t('incidents.report.since'), at(sinceMs)],
    ...(closedAtMs === null ? [] : [[t('incidents.report.until'), at(closedAtMs)] as const]),
    [t('incidents.report.length'), ageWords((closedAtMs ?? nowMs) - sinceMs)],
    [t('incidents.report.lifelines'), incident.utilities.map((utility) => t(`utility.${utility}`)).join(', ')],
    [t('incidents.report.cause'), causeWords(incident)],
    [t('incidents.report.priority'), t(`priorityShort.${incident.priority}`)],
    [
      t('incidents.report.alarms'),
      t('incidents.report.counts', { all: counts.members, open: counts.open, assets: counts.assets }),
    ],
  ];
  return (
    <article className={styles.report} data-report data-testid="incident-report">
      <p className={styles.city}>
        {city === undefined ? '' : `${nameIn(city.name)} · `}
        {t('incidents.report.title')}
        {city?.simulated === true && ` · ${t('frame.simulated')}`}
      </p>
      <h1>{nameIn(incident.headline)}</h1>
      <dl className={styles.facts}>
        {facts.map(([term, fact]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      <h2>{t('incidents.conclusion')}</h2>
      {conclusion === null ? (
        <p>{t('incidents.report.noConclusion')}</p>
      ) : (
        <p>
          <strong>{t(`incidents.cause.${conclusion.cause}`)}</strong> {conclusion.text} (
          {t('incidents.concludedBy', { by: conclusion.by, time: at(conclusion.atMs) })})
        </p>
      )}
      <h2>{t('incidents.timeline')}</h2>
      <Track lines={lines} file={file} />
      {track.length > lines.length && <p>{t('incidents.report.notAll', { count: track.length - lines.length })}</p>}
      <footer className={styles.foot}>
        {t('incidents.report.printedBy', { username, time: at(nowMs), id: incident.incidentId })}
      </footer>
    </article>
  );
}

function Track({ lines, file }: { readonly lines: readonly TrackItem[]; readonly file: IncidentFileShown }) {
  const zone = useZone();
  const nameIn = useNameIn();
  const names = useSensorNames();
  const actWords = useActWords(file.alarms);
  const { t } = useTranslation();
  return (
    <table className={styles.track}>
      <tbody>
        {lines.map((item) => {
          const time = `${dayOf(item.atMs, zone).slice(5)} ${hourMinuteSecond(item.atMs, zone)}`;
          if (item.kind === 'alarm') {
            const { alarm } = item;
            return (
              <tr key={alarm.alarmId}>
                <td>{time}</td>
                <td>{t(`priorityShort.${alarm.priority}`)}</td>
                <td>
                  {names.ofAlarm(alarm).full}: {nameIn(alarm.reason)}
                  {alarm.state === 'normal' && ` (${t('incidents.alarmOver')})`}
                </td>
              </tr>
            );
          }
          const { did, text } = actWords(item.act);
          return (
            <tr key={`act ${item.act.sequence}`}>
              <td>{time}</td>
              <td />
              <td>
                <strong>{did}</strong>
                {text !== undefined && <span className={styles.said}>: {text}</span>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** All acts, and as many alarms as there is room for, the first first. */
function onOnePage(track: readonly TrackItem[]): readonly TrackItem[] {
  if (track.length <= MOST_LINES) return track;
  let room = Math.max(1, MOST_LINES - track.filter(({ kind }) => kind === 'act').length);
  return track.filter(({ kind }) => kind === 'act' || room-- > 0);
}
