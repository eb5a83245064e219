import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../alarms/PriorityMark.js';
import { useSelection } from '../frame/use-address.js';
import { announcedOf, awaitsAcknowledge, shownState, type StandingAlarm } from '../live/alarm-book.js';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import { useNowMs } from '../live/now.js';
import { ActsFieldset } from '../past/ActsFieldset.js';
import { formatCount } from '../words/numbers.js';
import { shortTime } from '../words/times.js';
import { UtilityIcon } from '../words/UtilityIcon.js';
import { useAgeWords, useNameIn, useZone } from '../words/use-words.js';
import type { KnownIncident } from './incident-book.js';
import { IncidentTimeline } from './IncidentTimeline.js';
import { useAcknowledgeIncident } from './use-acknowledge-incident.js';
import { useCauseWords } from './use-cause-words.js';
import styles from './pane.module.css';

/** What is known of one incident: what happened and why it is one, its alarms in their order, its assets. */
export function IncidentPane({ incidentId }: { readonly incidentId: string }) {
  const { t } = useTranslation();
  const book = useCell(useLive().incidents.book);
  const known = book.byId.get(incidentId);
  if (known !== undefined) return <Known known={known} />;
  if (!book.loaded) return <div className={styles.skeleton} aria-busy="true" aria-label={t('words.loading')} />;
  return <p className={styles.notFound}>{t('incidents.notFound', { id: incidentId })}</p>;
}

/** Alarms that the page knows of an incident, its first-out before all, then by time. */
function useMemberAlarms({ incident, members }: KnownIncident): readonly StandingAlarm[] {
  const { byId } = useCell(useLive().alarms);
  return useMemo(
    () =>
      [...members.keys()]
        .flatMap((alarmId) => byId.get(alarmId) ?? [])
        .sort(
          (a, b) =>
            Number(b.alarmId === incident.firstOut.alarmId) - Number(a.alarmId === incident.firstOut.alarmId) ||
            a.raisedAtMs - b.raisedAtMs ||
            (a.alarmId < b.alarmId ? -1 : 1),
        ),
    [incident.firstOut.alarmId, members, byId],
  );
}

function Known({ known }: { readonly known: KnownIncident }) {
  const { t } = useTranslation();
  const zone = useZone();
  const nowMs = useNowMs(5000);
  const ageWords = useAgeWords();
  const nameIn = useNameIn();
  const causeWords = useCauseWords();
  const acknowledge = useAcknowledgeIncident();
  const { select } = useSelection();
  const { incident } = known;
  const alarms = useMemberAlarms(known);
  const waiting = announcedOf(alarms).filter((alarm) => awaitsAcknowledge(shownState(alarm)));
  const sinceMs = incident.firstOut.raisedAtMs;
  const { mergedInto } = incident;
  return (
    <div data-testid="incident-pane" data-incident-id={incident.incidentId} data-state={incident.state}>
      <header className={styles.head}>
        <PriorityMark priority={incident.priority} state={waiting.length > 0 ? 'unacknowledged' : 'acknowledged'} />
        <div>
          <h2 data-testid="incident-headline">{nameIn(incident.headline)}</h2>
          <div className="quiet">
            {t(`incidents.state.${incident.state}`)} ·{' '}
            {t('incidents.since', { time: shortTime(sinceMs, nowMs, zone), age: ageWords(nowMs - sinceMs) })}
          </div>
        </div>
      </header>
      {mergedInto !== null && (
        <p className={styles.part}>
          {t('incidents.mergedInto')}{' '}
          <button type="button" className={styles.link} onClick={() => select(mergedInto)}>
            {t('incidents.showMerged')}
          </button>
        </p>
      )}
      <section className={styles.part}>
        <h3>{t('incidents.why')}</h3>
        <p className={styles.why} data-testid="incident-why">
          {incident.utilities.map((utility) => (
            <UtilityIcon key={utility} utility={utility} size={14} />
          ))}
          {causeWords(incident)}
        </p>
        <p className={styles.counts}>
          {t('incidents.alarms', { count: incident.counts.members, shown: formatCount(incident.counts.members) })} ·{' '}
          {t('incidents.unacknowledged', { count: waiting.length })}
          {incident.counts.open > incident.counts.announced &&
            ` · ${t('incidents.heldToo', { count: incident.counts.open - incident.counts.announced })}`}
          {incident.counts.members > incident.counts.open &&
            ` · ${t('incidents.over', { count: incident.counts.members - incident.counts.open })}`}
        </p>
        {waiting.length > 0 && (
          <ActsFieldset>
            <Button
              size="xs"
              data-testid="drawer-acknowledge-incident"
              onClick={() => void acknowledge(incident.incidentId)}
            >
              {t('incidents.acknowledgeAll', { count: waiting.length })}
            </Button>
          </ActsFieldset>
        )}
      </section>
      <IncidentTimeline known={known} alarms={alarms} />
      <Assets alarms={alarms} />
    </div>
  );
}

/** Assets named before the rest is counted. */
const MOST_NAMED = 24;

function Assets({ alarms }: { readonly alarms: readonly StandingAlarm[] }) {
  const { t } = useTranslation();
  const assets = useCell(useLive().assets);
  const nameIn = useNameIn();
  const { select } = useSelection();
  const [all, setAll] = useState(false);
  const ids = [...new Set(alarms.flatMap(({ assetId }) => assetId ?? []))].filter((assetId) => assets.has(assetId));
  if (ids.length === 0) return null;
  return (
    <section className={styles.part}>
      <h3>{t('incidents.assets')}</h3>
      <ul className={styles.assets}>
        {ids.slice(0, all ? ids.length : MOST_NAMED).map((assetId) => {
          const { name, nameZh, utility } = assets.get(assetId)!;
          return (
            <li key={assetId}>
              <UtilityIcon utility={utility} size={13} />
              <button type="button" className={styles.link} onClick={() => select(assetId)}>
                {nameIn({ en: name, zh: nameZh })}
              </button>
            </li>
          );
        })}
      </ul>
      {ids.length > MOST_NAMED && !all && (
        <button type="button" className={styles.link} onClick={() => setAll(true)}>
          {t('incidents.assetsMore', { count: ids.length - MOST_NAMED })}
        </button>
      )}
    </section>
  );
}
