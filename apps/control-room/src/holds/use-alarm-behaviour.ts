import { behaviourBy, type AlarmBehaviour } from '@lifeline/alarms';
import { definitionOf, type AlarmDefinition, type AlarmTransition } from '@lifeline/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '../api/call.js';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';

/** An engineer may edit a definition at any time. */
const REREAD_MS = 60_000;
const NONE: ReadonlyMap<string, AlarmDefinition> = new Map();

/** How an alarm behaves by its definition in the master alarm database; until that is read, by the default. */
export function useAlarmBehaviour(): (alarm: AlarmTransition) => AlarmBehaviour {
  const { byId: sensors } = useCell(useLive().sensors);
  const { data: definitions = NONE } = useQuery({
    queryKey: ['alarm-definitions', 'by-id'],
    staleTime: REREAD_MS,
    refetchInterval: REREAD_MS,
    queryFn: async ({ signal }) => {
      const { items } = await call('listAlarmDefinitions', { signal });
      return new Map(items.map((definition) => [definition.definitionId, definition]));
    },
  });
  return useMemo(
    () => (alarm) => behaviourBy(definitionOf(alarm, sensors.get(alarm.sensorId)?.type ?? null, definitions), alarm),
    [definitions, sensors],
  );
}
