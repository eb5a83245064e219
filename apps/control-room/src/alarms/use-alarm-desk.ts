import { useCallback, useMemo, useState } from 'react';
import { useAddress, useSelection } from '../frame/use-address.js';
import { useAcknowledgeIncident } from '../incidents/use-acknowledge-incident.js';
import type { ListLines } from '../incidents/list-lines.js';
import { useListLines } from '../incidents/use-list-lines.js';
import { useAcknowledge } from '../live/acknowledge.js';
import { awaitsAcknowledge, shownState, type StandingAlarm } from '../live/alarm-book.js';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import { belowIn, holdRows, idOf, rowsOf, type HeldRows, type OpenLines, type Row } from './list-rows.js';
import { walkOn, type Stand } from './walk.js';

/** The state of the alarm list: what it shows, what waits, where the operator is in it. */
export interface AlarmDesk {
  readonly loaded: boolean;
  readonly totals: Pick<ListLines, 'alarms' | 'incidents' | 'single'>;
  readonly rows: readonly Row[];
  readonly waiting: number;
  /** Index of the row the operator is on; -1: on none. */
  readonly at: number;
  /** The row the operator is on, and the alarm where it is one. */
  readonly current: Row | undefined;
  readonly currentAlarm: StandingAlarm | undefined;
  find(alarmId: string): StandingAlarm | undefined;
  hold(): void;
  release(): void;
  step(by: 1 | -1): void;
  /** Goes to the first row or the last. */
  goToEnd(end: 'first' | 'last'): void;
  /** Selects what the row is about; a second time opens or closes it in place. */
  choose(row: Row): void;
  open(row: Row): void;
  close(row: Row): void;
  acknowledge(row: Row): void;
}

export function useAlarmDesk(): AlarmDesk {
  const live = useLive();
  const { byId, loaded } = useCell(live.alarms);
  const incidents = useCell(live.incidents.book);
  const utility = useAddress('utility');
  const { lines, ...totals } = useListLines(utility);
  const below = useMemo(() => belowIn(incidents, byId), [incidents, byId]);

  const [open, setOpen] = useState<OpenLines>(new Set());
  const [held, setHeld] = useState<{ readonly rows: HeldRows; readonly utility: typeof utility }>();
  // Another lifeline chosen is another list: what was held of the first says nothing of the second.
  const heldRows = held?.utility === utility ? held?.rows : undefined;
  const { rows, waiting } = useMemo(() => rowsOf(lines, open, below, heldRows), [lines, open, below, heldRows]);

  const { selected, select } = useSelection();
  const [chosen, setChosen] = useState<Chosen>();
  const sel = selected?.id;
  const [seenSel, setSeenSel] = useState(sel);
  if (seenSel !== sel) {
    setSeenSel(sel);
    // Selected on the map or by the search: a key must not act on the line that one has turned away from.
    if (chosen !== undefined && sel !== undefined)
      setChosen({ ...chosen, isLeft: sel !== chosen.wanted, wanted: undefined });
  }
  const at = placeOf(chosen, sel, rows, (alarmId) => byId.get(alarmId)?.sensorId, incidents.ofAlarm);
  const current = rows[at];
  const order = useMemo(() => rows.map(({ key }) => key), [rows]);

  const acknowledgeAlarm = useAcknowledge();
  const acknowledgeIncident = useAcknowledgeIncident();

  const setOpenness = (row: Row, isOpen: boolean): void => {
    const next = new Set(open);
    if (isOpen) next.add(idOf(row));
    else next.delete(idOf(row));
    setOpen(next);
    if (heldRows !== undefined && held !== undefined)
      setHeld({ ...held, rows: holdRows(rowsOf(lines, next, below, heldRows).rows, heldRows, next) });
  };
  const stepTo = (row: Row, wanted?: string): void =>
    setChosen({ key: row.key, id: idOf(row), order, wanted, isLeft: false });
  const choose = (row: Row): void => {
    if (row.kind === 'fold') {
      stepTo(row);
      return setOpenness(row, !row.isOpen);
    }
    if (row.kind !== 'incident') {
      const sensorId = byId.get(row.alarmId)?.sensorId;
      stepTo(row, sensorId);
      if (sensorId !== undefined) select(sensorId);
      return;
    }
    const { incidentId } = row.line;
    stepTo(row, incidentId);
    if (selected?.id === incidentId) setOpenness(row, !row.isOpen);
    else {
      select(incidentId);
      setOpenness(row, true);
    }
  };
  return {
    loaded: loaded && incidents.loaded,
    totals,
    rows,
    waiting,
    at,
    current,
    currentAlarm:
      current === undefined || current.kind === 'incident' || current.kind === 'fold'
        ? undefined
        : byId.get(current.alarmId),
    find: useCallback((alarmId: string) => byId.get(alarmId), [byId]),
    hold: () => setHeld((before) => before ?? { rows: holdRows(rows, undefined, open), utility }),
    release: () => setHeld(undefined),
    step: (by) => {
      // Where the operator stands on a line, it is from there; else from where they stood.
      const stand = current === undefined || current.key === chosen?.key ? chosen : { key: current.key, order };
      const key = walkOn(stand, order, by);
      const row = rows.find((one) => one.key === key);
      if (row !== undefined) stepTo(row, chosen?.wanted);
    },
    goToEnd: (end) => {
      const row = rows.at(end === 'first' ? 0 : -1);
      if (row !== undefined) stepTo(row);
    },
    choose,
    open: (row) => setOpenness(row, true),
    close: (row) => setOpenness(row, false),
    acknowledge: (row) => {
      if (row.kind === 'fold') return;
      if (row.kind === 'incident') void acknowledgeIncident(row.line.incidentId);
      else {
        const alarm = byId.get(row.alarmId);
        if (alarm !== undefined && awaitsAcknowledge(shownState(alarm))) void acknowledgeAlarm(alarm.alarmId);
      }
    },
  };
}

/** The row that an operator stepped to, what it was about, and the list then. */
interface Chosen extends Stand {
  readonly id: string;
  /** What was selected from the list last, until it is. */
  readonly wanted: string | undefined;
  /** Something else was selected since, and not from the list. */
  readonly isLeft: boolean;
}

/** The row the operator is on: the one stepped to, wherever it stands now; else the one of what is selected. -1: none. */
function placeOf(
  chosen: Chosen | undefined,
  sel: string | undefined,
  rows: readonly Row[],
  sensorOf: (alarmId: string) => string | undefined,
  incidentOf: ReadonlyMap<string, string>,
): number {
  if (chosen !== undefined && !(chosen.isLeft && sel !== undefined)) {
    let at = rows.findIndex(({ key }) => key === chosen.key);
    // It was joined to an incident, or left one, or its incident was closed in place.
    if (at < 0) at = rows.findIndex((row) => idOf(row) === chosen.id);
    if (at < 0) at = rows.findIndex((row) => idOf(row) === incidentOf.get(chosen.id));
    if (at >= 0) return at;
  }
  if (sel === undefined) return -1;
  const isOf = (row: Row) => row.kind !== 'fold' && (idOf(row) === sel || sensorOf(idOf(row)) === sel);
  return rows.findIndex(isOf);
}
