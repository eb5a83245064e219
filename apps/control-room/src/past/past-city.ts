import {
  STATE_BAD,
  STATE_SILENT,
  UTILITIES,
  type Alarm,
  type AlarmTransition,
  type LiveHealth,
  type LiveReadings,
} from '@lifeline/contracts';
import {
  announcedOf,
  awaitsAcknowledge,
  EMPTY_BOOK,
  foldAlarms,
  foldTransitions,
  openAlarms,
  type AlarmBook,
} from '../live/alarm-book.js';

import { Cell } from '../live/cell.js';
import { NO_INCIDENTS } from '../incidents/incident-book.js';
import { IncidentFeed } from '../incidents/incident-feed.js';
import type { City } from '../live/city.js';
import type { LinkState } from '../live/link-state.js';
import { staleAfterMs } from '../live/sensor-book.js';
import { ValueBook } from '../live/value-book.js';

/** Silence that is allowed to a sensor whose facts the page has not read. */
const UNKNOWN_SILENCE_MS = 600_000;

type Values = LiveReadings['values'];

/** The city as it was: the same books as the live one's, fed from the history. Which sensors there are is as of now. */
export class PastCity implements City {
  readonly alarms = new Cell<AlarmBook>(EMPTY_BOOK);
  /** Incidents are worked out of the present alone: in the past each alarm has its own line. */
  readonly incidents = new IncidentFeed();
  readonly health = new Cell<LiveHealth | undefined>(undefined);
  readonly link = new Cell<LinkState>({ kind: 'live', lastEventAtMs: undefined, asOfMs: undefined });
  readonly values = new ValueBook();
  readonly states = new Cell<Uint8Array | undefined>(undefined);
  readonly columns: City['columns'];
  readonly sensors: City['sensors'];
  readonly assets: City['assets'];
  readonly callOuts: City['callOuts'];

  constructor(private readonly live: City) {
    this.columns = live.columns;
    this.sensors = live.sensors;
    this.assets = live.assets;
    this.callOuts = live.callOuts;
    // Nothing more is to come.
    this.incidents.book.set({ ...NO_INCIDENTS, loaded: true });
  }

  /** Begins at a moment. */
  reset(atMs: number, values: Values, alarms: readonly Alarm[]): void {
    this.values.reset({ atMs, values });
    this.alarms.set({ ...foldAlarms(EMPTY_BOOK, alarms), loaded: true });
    this.moveTo(atMs);
  }

  /** Goes on to a later moment. */
  advance(atMs: number, values: Values, transitions: readonly AlarmTransition[]): void {
    this.values.take({ atMs, values });
    this.alarms.set(foldTransitions(this.alarms.get(), transitions));
    this.moveTo(atMs);
  }

  /** The past comes whole: nothing needs to be asked for by name. */
  watch(): void {}

  readSensors(): Promise<void> {
    return this.live.readSensors();
  }

  /** Nobody ticks a step in the past. */
  onStepTick(): () => void {
    return () => undefined;
  }

  private moveTo(atMs: number): void {
    this.link.set({ kind: 'live', lastEventAtMs: atMs, asOfMs: atMs });
    this.look(atMs);
  }

  /** Who spoke and who was silent, as the server tells it of the present: one pass over the sensors. */
  private look(atMs: number): void {
    const byUtility: LiveHealth['byUtility'] = {};
    for (const utility of UTILITIES) byUtility[utility] = { sensors: 0, reporting: 0, unacknowledged: 0, worst: null };
    const columns = this.columns.get();
    const count = columns?.count ?? 0;
    const states = new Uint8Array(count);
    const known = this.sensors.get().byId;
    let reporting = 0;
    let newestMs: number | null = null;
    for (let i = 0; i < count; i++) {
      const sensorId = columns!.sensorId(i);
      const row = byUtility[UTILITIES[columns!.utility[i]!]!]!;
      row.sensors++;
      const value = this.values.get(sensorId);
      const sensor = known.get(sensorId);
      const allowedMs = sensor === undefined ? UNKNOWN_SILENCE_MS : staleAfterMs(sensor);
      const isSilent = value === undefined || atMs - value.measuredAtMs > allowedMs;
      states[i] = (isSilent ? STATE_SILENT : 0) | (value?.quality === 'bad' ? STATE_BAD : 0);
      if (value !== undefined) newestMs = Math.max(newestMs ?? 0, value.measuredAtMs);
      if (isSilent) continue;
      row.reporting++;
      reporting++;
    }
    for (const alarm of announcedOf(openAlarms(this.alarms.get()))) {
      const row = byUtility[alarm.utility]!;
      row.worst ??= alarm.priority;
      if (awaitsAcknowledge(alarm.state)) row.unacknowledged++;
    }
    this.states.set(columns === undefined ? undefined : states);
    this.health.set({
      ...{ atMs, sensors: count, reporting, readingsPerSecond: 0, lastArrivalMs: newestMs, waiting: 0 },
      byUtility,
    });
  }
}
