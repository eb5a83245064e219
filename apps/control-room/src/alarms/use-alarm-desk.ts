import { useCallback, useMemo, useState } from 'react';
import { useAddress, useSelection } from '../frame/use-address.js';
import { useAcknowledge } from '../live/acknowledge.js';
import type { StandingAlarm } from '../live/alarm-book.js';
import { useCell } from '../live/cell.js';
import { useLive, useAnnouncedAlarms } from '../live/live-context.js';
import { heldOrder, stepFrom } from './held-order.js';

/** The state of the alarm list: what it shows, what waits, where the operator is in it. */
export interface AlarmDesk {
  readonly loaded: boolean;
  readonly openCount: number;
  readonly shown: readonly string[];
  readonly waiting: number;
  readonly cursor: string | undefined;
  find(alarmId: string): StandingAlarm | undefined;
  hold(): void;
  release(): void;
  step(by: 1 | -1): void;
  choose(alarm: StandingAlarm): void;
  acknowledge(alarmId: string): void;
}

export function useAlarmDesk(): AlarmDesk {
  const { byId, loaded } = useCell(useLive().alarms);
  const open = useAnnouncedAlarms();
  const utility = useAddress('utility');
  const sorted = useMemo(
    () => open.filter((alarm) => utility === undefined || alarm.utility === utility).map((alarm) => alarm.alarmId),
    [open, utility],
  );
  const [held, setHeld] = useState<{ readonly order: readonly string[]; readonly utility: typeof utility }>();
  // Another lifeline chosen is another list: what was held of the first says nothing of the second.
  const { shown, waiting } = heldOrder(held?.utility === utility ? held?.order : undefined, sorted);

  const { selected, select } = useSelection();
  const [chosen, setChosen] = useState<string>();
  const cursor = cursorOf(chosen, selected?.id, shown, byId);

  const acknowledge = useAcknowledge();
  const choose = useCallback(
    (alarm: StandingAlarm) => {
      setChosen(alarm.alarmId);
      select(alarm.sensorId);
    },
    [select, setChosen],
  );
  return {
    loaded,
    openCount: sorted.length,
    shown,
    waiting,
    cursor,
    find: (alarmId) => byId.get(alarmId),
    hold: () => setHeld((before) => before ?? { order: sorted, utility }),
    release: () => setHeld(undefined),
    step: (by) => setChosen(stepFrom(shown, cursor, by)),
    choose,
    acknowledge: useCallback((alarmId: string) => void acknowledge(alarmId), [acknowledge]),
  };
}

/** The line the operator is on: the one stepped to, else the first of the selected sensor. */
function cursorOf(
  chosen: string | undefined,
  sel: string | undefined,
  shown: readonly string[],
  byId: ReadonlyMap<string, StandingAlarm>,
): string | undefined {
  if (chosen !== undefined && shown.includes(chosen)) return chosen;
  if (sel === undefined) return undefined;
  return shown.find((alarmId) => byId.get(alarmId)?.sensorId === sel);
}
