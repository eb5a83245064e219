import { alarmAt } from '@lifeline/alarms';
import type { Alarm, LiveSensor } from '@lifeline/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { call } from '../api/call.js';
import { pagesOf } from '../api/pages-of.js';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import { usePastMinute } from '../past/use-past.js';
import { sensorPartsOf } from '../words/sensor-id.js';

const WEEK_MS = 7 * 86_400_000;
const MOST_ALARMS = 500;

interface SensorAnswer {
  readonly sensor: LiveSensor | undefined;
  readonly error: unknown;
  retry(): void;
}

/** A sensor as the registry has it: from what the page knows, else asked by its id. */
export function useSensor(sensorId: string): SensorAnswer {
  const live = useLive();
  const known = useCell(live.sensors).byId.get(sensorId);
  const asked = useQuery({
    queryKey: ['sensor', sensorId],
    queryFn: ({ signal }) => call('getSensor', { params: sensorPartsOf(sensorId), signal }),
  });
  useEffect(() => {
    if (asked.data !== undefined) live.values.takeSensors([asked.data]);
  }, [asked.data, live]);
  return { sensor: asked.data ?? known, error: asked.error, retry: () => void asked.refetch() };
}

/** The sensor's alarms of the last week, newest first; read again with each transition of one of them. In the past as they stood then. */
export function useSensorAlarms(sensorId: string): readonly Alarm[] | undefined {
  const { byId } = useCell(useLive().alarms);
  let steps = 0;
  for (const alarm of byId.values()) if (alarm.sensorId === sensorId) steps += alarm.sequence;
  const pastMs = usePastMinute(60_000);
  const alarms = useQuery({
    queryKey: ['sensor-alarms', sensorId, steps, pastMs],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const question = { sensorId, from: (pastMs ?? Date.now()) - WEEK_MS };
      const asked = pastMs === undefined ? question : { ...question, to: pastMs };
      return pagesOf('listAlarms', asked, { most: MOST_ALARMS, signal });
    },
  });
  const { data } = alarms;
  return useMemo(
    () => (pastMs === undefined ? data : data?.flatMap(({ transitions }) => alarmAt(transitions, pastMs) ?? [])),
    [data, pastMs],
  );
}
