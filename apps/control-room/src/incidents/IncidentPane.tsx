import type { Incident, IncidentConclusion } from '@lifeline/contracts';
import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallOutPart } from '../call-out/CallOutPart.js';
import { PriorityMark } from '../alarms/PriorityMark.js';
import { CallError } from '../api/call.js';
import { useSelection } from '../frame/use-address.js';
import { announcedOf, awaitsAcknowledge, shownState, type StandingAlarm } from '../live/alarm-book.js';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import { useNowMs } from '../live/now.js';
import { ActsFieldset } from '../past/ActsFieldset.js';
import { useActsClosed, usePastAddress } from '../past/use-past.js';
import { Failed } from '../words/Failed.js';
import { formatCount } from '../words/numbers.js';
import { monthDayTime, shortTime } from '../words/times.js';
import { UtilityIcon } from '../words/UtilityIcon.js';
import { useAgeWords, useNameIn, useZone } from '../words/use-words.js';
import { IncidentActions } from './IncidentActions.js';
import { IncidentTrack } from './IncidentTrack.js';
import { markState } from './mark-state.js';
import { useAcknowledgeIncident } from './use-acknowledge-incident.js';
import { useCauseWords } from './use-cause-words.js';
import { useIncidentActs } from './use-incident-acts.js';
import { useIncidentFile, type IncidentFileShown } from './use-incident-file.js';
import styles from './pane.module.css';

/** What is known of one incident: what happened and why it is one, what people did, its alarms in their order, its assets. */
export function IncidentPane({ incidentId }: { readonly incidentId: string }) {
  const { t } = useTranslation();
  const { file, error, refetch } = useIncidentFile(incidentId);
  // What is kept of an incident is what became of it: in the past that was not known yet.
  const isPast = usePastAddress() === 'here';
  if (isPast) return <p className={styles.notFound}>{t('incidents.notInPast')}</p>;
  if (file !== undefined) return <Known file={file} />;
  if (error instanceof CallError && error.status === 404)
    return <p className={styles.notFound}>{t('incidents.notFound', { id: incidentId })}</p>;
  if (error !== null)
    return (
      <div className={styles.notFound}>
        <Failed what={t('incidents.what')} error={error} onRetry={() => void refetch()} />
      </div>
    );
  return <div className={styles.skeleton} aria-busy="true" aria-label={t('words.loading')} />;
}

function Known({ file }: { readonly file: IncidentFileShown }) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const causeWords = useCauseWords();
  const acknowledge = useAcknowledgeIncident();
  const { takeOut } = useIncidentActs();
  const actsClosed = useActsClosed();
  const { select } = useSelection();
  const { incident, alarms } = file;
  const { incidentId, mergedInto, counts, state } = incident;
  const waiting = announcedOf(alarms).filter((alarm) => awaitsAcknowledge(shownState(alarm)));
  const alarmIds = useMemo(() => alarms.map(({ alarmId }) => alarmId), [alarms]);
  const mayTakeOut = state === 'open' && actsClosed === undefined;
  return (
    <div data-testid="incident-pane" data-incident-id={incidentId} data-state={state}>
      <header className={styles.head}>
        <PriorityMark priority={incident.priority} state={markState(incident, waiting.length)} />
        <div>
          <h2 data-testid="incident-headline">{nameIn(incident.headline)}</h2>
          <Standing incident={incident} />
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
      {incident.conclusion !== null && <ConclusionPart conclusion={incident.conclusion} />}
      <section className={styles.part}>
        <h3>{t('incidents.why')}</h3>
        <p className={styles.why} data-testid="incident-why">
          {incident.utilities.map((utility) => (
            <UtilityIcon key={utility} utility={utility} size={14} />
          ))}
          {causeWords(incident)}
        </p>
        <p className={styles.counts}>
          {t('incidents.alarms', { count: counts.members, shown: formatCount(counts.members) })} ·{' '}
          {t('incidents.unacknowledged', { count: waiting.length })}
          {counts.open > counts.announced && ` · ${t('incidents.heldToo', { count: counts.open - counts.announced })}`}
          {counts.members > counts.open && ` · ${t('incidents.over', { count: counts.members - counts.open })}`}
        </p>
        {waiting.length > 0 && (
          <ActsFieldset>
            <Button size="xs" data-testid="drawer-acknowledge-incident" onClick={() => void acknowledge(incidentId)}>
              {t('incidents.acknowledgeAll', { count: waiting.length })}
            </Button>
          </ActsFieldset>
        )}
      </section>
      <IncidentActions file={file} />
      <div className={styles.part}>
        <CallOutPart
          about={{ incidentId }}
          alarmIds={alarmIds}
          isOf={state === 'open' ? 'open' : 'over'}
          title={t('callOut.title')}
        />
      </div>
      <IncidentTrack file={file} onTakeOut={mayTakeOut ? (id) => void takeOut(incidentId, id) : undefined} />
      <Assets alarms={alarms} />
    </div>
  );
}

/** Since when it is open and how long it lasts or lasted, and whether anything of it still stands. */
function Standing({ incident }: { readonly incident: Incident }) {
  const { t } = useTranslation();
  const zone = useZone();
  const nowMs = useNowMs(5000);
  const ageWords = useAgeWords();
  const { state, closedAtMs, counts, firstOut } = incident;
  const sinceMs = Math.min(firstOut.raisedAtMs, incident.openedAtMs);
  const time = shortTime(sinceMs, nowMs, zone);
  return (
    <div className="quiet">
      {t(`incidents.state.${state}`)} ·{' '}
      {closedAtMs === null
        ? t('incidents.since', { time, age: ageWords(nowMs - sinceMs) })
        : t('incidents.lasted', { time, end: shortTime(closedAtMs, nowMs, zone), age: ageWords(closedAtMs - sinceMs) })}
      {state === 'open' && counts.open === 0 && ` · ${t('incidents.noneStanding')}`}
    </div>
  );
}

function ConclusionPart({ conclusion }: { readonly conclusion: IncidentConclusion }) {
  const { t } = useTranslation();
  const zone = useZone();
  const { cause, text, by, atMs } = conclusion;
  return (
    <section className={styles.part} data-testid="incident-conclusion">
      <h3>{t('incidents.conclusion')}</h3>
      <strong>{t(`incidents.cause.${cause}`)}</strong>
      <div className={styles.said}>{text}</div>
      <div className="quiet">{t('incidents.concludedBy', { by, time: monthDayTime(atMs, zone) })}</div>
    </section>
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
