import { BLANK_ROW, FLAG, ROW, ROW_LENGTH } from './row.js';
import { StateTable } from './state-table.js';
import type { Watch, WatchedSide } from './watch.js';

/** Places of the settings that each reading needs: in doubles, in whole numbers of four bytes, in singles. */
export const SETTING = { highest: 0, lowest: 1, pointMs: 4, pointsRow: 5, device: 6, gateway: 7 } as const;
const SETTINGS = 4;

/**
 * All sensors by row: what is kept of each, and of its settings what every reading asks for, side by side in arrays. The rest of the
 * settings stays with the watch, for the few readings that are out, and for sentences.
 */
export class SensorRows {
  readonly table = new StateTable(BLANK_ROW);
  state = this.table.data;
  flags = new Int8Array(this.state.buffer);
  counts = new Uint16Array(this.state.buffer);
  settings = new Float64Array(0);
  settingNumbers = new Int32Array(0);
  settingFloats = new Float32Array(0);
  /** Its silence need not be looked at before: never later than when it is due. */
  lookAtMs = new Float64Array(0);
  /** Limit delays run, for the tick to end. */
  pending = new Uint8Array(0);
  private readonly watches: (Watch | undefined)[] = [];

  /** The row of a sensor, made blank where it is new. `pointsRow`: its row of the rate's points, -1 where none is watched. */
  put(watch: Watch, pointsRow: number): number {
    const row = this.table.put(watch.sensorNo);
    if (row * SETTINGS >= this.settings.length) this.grow();
    this.watches[row] = watch;
    this.settings[row * SETTINGS + SETTING.highest] = nearest(watch.high);
    this.settings[row * SETTINGS + SETTING.lowest] = -nearest(watch.low);
    this.settingFloats[2 * row * SETTINGS + SETTING.pointMs] = watch.pointMs;
    this.settingNumbers[2 * row * SETTINGS + SETTING.pointsRow] = pointsRow;
    return row;
  }

  remove(row: number): void {
    this.table.remove(this.watch(row).sensorNo);
    this.watches[row] = undefined;
    this.lookAtMs[row] = Infinity;
    this.pending[row] = 0;
  }

  /** Of a row that a sensor has. */
  watch(row: number): Watch {
    return this.watches[row]!;
  }

  isUsed(row: number): boolean {
    return this.watches[row] !== undefined;
  }

  /** Numbers of its groups; -1: behind no gateway that is known. */
  setGroups(row: number, device: number, gateway: number): void {
    this.settingNumbers[2 * row * SETTINGS + SETTING.device] = device;
    this.settingNumbers[2 * row * SETTINGS + SETTING.gateway] = gateway;
  }

  device(row: number): number {
    return this.settingNumbers[2 * row * SETTINGS + SETTING.device]!;
  }

  gateway(row: number): number {
    return this.settingNumbers[2 * row * SETTINGS + SETTING.gateway]!;
  }

  pointsRow(row: number): number {
    return this.settingNumbers[2 * row * SETTINGS + SETTING.pointsRow]!;
  }

  /** Readings of a quarter of the rate's window make a point. */
  pointMs(row: number): number {
    return this.settingFloats[2 * row * SETTINGS + SETTING.pointMs]!;
  }

  /** Whether a value is short of every limit there is. */
  isWithin(row: number, value: number): boolean {
    const at = row * SETTINGS;
    return value < this.settings[at + SETTING.highest]! && value > this.settings[at + SETTING.lowest]!;
  }

  silence(row: number): number {
    return this.flags[flagsOf(row) + FLAG.silence]!;
  }

  /** Newest arrival, of bad readings too; NaN before the first. */
  heardMs(row: number): number {
    const heardMs = this.state[row * ROW_LENGTH + ROW.heardMs]!;
    const badMs = this.state[row * ROW_LENGTH + ROW.badLastMs]!;
    return Number.isNaN(heardMs) ? badMs : Number.isNaN(badMs) ? heardMs : Math.max(heardMs, badMs);
  }

  /** Its silence is due at another time than was thought. */
  lookAgain(row: number): void {
    this.lookAtMs[row] = -Infinity;
  }

  private grow(): void {
    const { room, data } = this.table;
    this.state = data;
    this.flags = new Int8Array(data.buffer);
    this.counts = new Uint16Array(data.buffer);
    const settings = new Float64Array(room * SETTINGS);
    settings.set(this.settings);
    this.settings = settings;
    this.settingNumbers = new Int32Array(settings.buffer);
    this.settingFloats = new Float32Array(settings.buffer);
    const lookAtMs = new Float64Array(room).fill(Infinity);
    lookAtMs.set(this.lookAtMs);
    this.lookAtMs = lookAtMs;
    const pending = new Uint8Array(room);
    pending.set(this.pending);
    this.pending = pending;
  }
}

/** Where the bytes of a row's flags begin. */
export function flagsOf(row: number): number {
  return 8 * (row * ROW_LENGTH + ROW.flags);
}

/** The limit that is passed first; infinity where there is none. */
function nearest({ inner, outer, danger }: WatchedSide): number {
  return Math.min(...[inner, outer, danger].filter((limit) => !Number.isNaN(limit)));
}
