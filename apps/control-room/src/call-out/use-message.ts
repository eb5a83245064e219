import type { AlarmProcedure } from '@lifeline/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useValueAndLimit } from '../alarms/use-alarm-words.js';
import { call } from '../api/call.js';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import { shownNowMs } from '../live/now.js';
import { shortTime } from '../words/times.js';
import { useAssetWords } from '../words/use-asset-words.js';
import { useSensorNames } from '../words/use-sensor-names.js';
import { useNameIn, useZone } from '../words/use-words.js';
import type { About } from './use-call-outs.js';

const PROCEDURE_FRESH_MS = 60_000;

export interface Message {
  /** What, where, since when and how bad; empty where the alarm is not known any more. */
  readonly said: string;
  /** With what to do about it, as soon as the definition is read; as `said` where it cannot be. */
  readonly whole: Promise<string>;
}

/** Writes what a crew is told, in the operator's language: what, where, since when, how bad, and what to do. */
export function useMessage(): (about: About, district: string | null) => Message {
  const { t } = useTranslation();
  const live = useLive();
  const { byId } = useCell(live.alarms);
  const incidents = useCell(live.incidents.book);
  const client = useQueryClient();
  const names = useSensorNames();
  const nameIn = useNameIn();
  const zone = useZone();
  const valueAndLimit = useValueAndLimit();
  const { district: districtWord } = useAssetWords();

  return (about, district) => {
    const incident = 'incidentId' in about ? incidents.byId.get(about.incidentId)?.incident : undefined;
    const alarmId = 'alarmId' in about ? about.alarmId : incident?.firstOut.alarmId;
    const alarm = alarmId === undefined ? undefined : byId.get(alarmId);
    const since = (atMs: number): string => t('callOut.message.since', { time: shortTime(atMs, shownNowMs(), zone) });
    const what =
      incident === undefined
        ? alarm && [where(alarm), valueAndLimit(alarm), since(alarm.raisedAtMs)]
        : [
            nameIn(incident.headline),
            ...(incident.district === null ? [] : [districtWord(incident.district)]),
            since(incident.firstOut.raisedAtMs),
            t('callOut.message.alarms', { count: incident.counts.open }),
          ];
    if (what === undefined || alarmId === undefined) return { said: '', whole: Promise.resolve('') };
    const said = t('callOut.message.sentence', { text: what.join(t('callOut.message.comma')) });
    const whole = actionOf(alarmId).then(
      ({ definition }) => t('callOut.message.withAction', { said, action: nameIn(definition.action) }),
      () => said,
    );
    return { said, whole };

    function where(of: NonNullable<typeof alarm>): string {
      const { full, place } = names.ofAlarm(of);
      const named = full || place || of.sensorId;
      return district === null
        ? named
        : t('callOut.message.inDistrict', { name: named, district: districtWord(district) });
    }
  };

  function actionOf(alarmId: string): Promise<AlarmProcedure> {
    return client.fetchQuery({
      queryKey: ['alarm-procedure', alarmId, 'message'],
      queryFn: ({ signal }) => call('getAlarmProcedure', { params: { alarmId }, signal }),
      staleTime: PROCEDURE_FRESH_MS,
    });
  }
}
