import { createContext, useCallback, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import { announcedOf, openAlarms, worstBySensor, type StandingAlarm } from './alarm-book.js';
import { useCell } from './cell.js';
import { trustOf, type Trust } from './link-state.js';
import type { City } from './city.js';
import type { Interest } from './live-link.js';
import { useNowMs } from './now.js';
import type { LiveValue } from './value-book.js';

export const LiveContext = createContext<City | undefined>(undefined);

/** The city as it is, or as it was. Only under the frame, that is with a session. */
export function useLive(): City {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error('useLive is used outside the frame: there is no session yet');
  return live;
}

/** Open alarms, those that are held back among them, worst first. */
export function useOpenAlarms(): readonly StandingAlarm[] {
  const book = useCell(useLive().alarms);
  return useMemo(() => openAlarms(book), [book]);
}

/** Open alarms that call for a person, worst first. */
export function useAnnouncedAlarms(): readonly StandingAlarm[] {
  const open = useOpenAlarms();
  return useMemo(() => announcedOf(open), [open]);
}

/** The worst announced alarm of each sensor. */
export function useWorstBySensor(): ReadonlyMap<string, StandingAlarm> {
  const announced = useAnnouncedAlarms();
  return useMemo(() => worstBySensor(announced), [announced]);
}

/** The newest value of one sensor; draws again when it changes, and at no other sensor's. */
export function useSensorValue(sensorId: string): LiveValue | undefined {
  const { values } = useLive();
  const subscribe = useCallback((watcher: () => void) => values.watch(sensorId, watcher), [values, sensorId]);
  return useSyncExternalStore(subscribe, () => values.get(sensorId));
}

/** Names what this part of the page wants to see move, as long as it is on the screen. */
export function useInterest(part: string, interest: Interest | undefined): void {
  const live = useLive();
  useEffect(() => {
    live.watch(part, interest);
    return () => live.watch(part, undefined);
  }, [live, part, interest]);
}

/** Whether what is on the screen is live. */
export function useTrust(): Trust {
  const link = useCell(useLive().link);
  return trustOf(link, useNowMs());
}
