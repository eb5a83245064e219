import type { IncidentAct } from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import type { StandingAlarm } from '../live/alarm-book.js';
import { useSensorNames } from '../words/use-sensor-names.js';

/** What a person did to an incident: in a line, and what was written. */
export interface ActWords {
  readonly did: string;
  readonly text?: string;
}

/** Alarms that are named before the rest is counted. */
const MOST_NAMED = 3;

/** Says what was done, with the names of the alarms as far as the page has them. */
export function useActWords(alarms: readonly StandingAlarm[]): (act: IncidentAct) => ActWords {
  const { t } = useTranslation();
  const names = useSensorNames();
  const { byId } = useCell(useLive().alarms);
  const nameOf = (alarmId: string): string => {
    const alarm = alarms.find((one) => one.alarmId === alarmId) ?? byId.get(alarmId);
    return alarm === undefined ? alarmId : names.ofAlarm(alarm).full;
  };
  const namesOf = (alarmIds: readonly string[]): string => {
    const named = alarmIds.slice(0, MOST_NAMED).map(nameOf).join(t('incidents.act.join'));
    const more = alarmIds.length - MOST_NAMED;
    return more > 0 ? t('incidents.act.andMore', { names: named, count: more }) : named;
  };
  return (act) => {
    const { by } = act;
    switch (act.kind) {
      case 'opened':
        return { did: t('incidents.act.opened', { by }), text: namesOf(act.alarmIds) };
      case 'note':
        return { did: t('incidents.act.note', { by }), text: act.text };
      case 'alarms-added':
        return { did: t('incidents.act.added', { by, count: act.alarmIds.length }), text: namesOf(act.alarmIds) };
      case 'alarm-taken-out':
        return { did: t('incidents.act.takenOut', { by }), text: nameOf(act.alarmId) };
      case 'closed': {
        const said = t('incidents.act.conclusion', { cause: t(`incidents.cause.${act.cause}`), text: act.text });
        const { standing } = act;
        if (standing === null) return { did: t('incidents.act.closed', { by }), text: said };
        const why = t('incidents.act.standing', { count: standing.count, reason: standing.reason });
        return { did: t('incidents.act.closed', { by }), text: `${said}\n${why}` };
      }
      case 'reopened':
        return { did: t('incidents.act.reopened', { by }), text: act.reason };
    }
  };
}
