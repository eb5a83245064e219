import type { Sensor } from '@lifeline/contracts';

/** Where a backtest's readings come from. */
export interface BacktestSource {
  /** With the numbers that the readings carry. */
  readonly sensors: readonly Sensor[];
  /** Gateway of a device, where it has one. */
  readonly gatewayOf: (deviceId: string) => string | null;
  /** Readings about, for the progress bar; undefined: nobody knows. */
  readonly readingsAbout: number | undefined;
  /** In order of measured time, a group at a time; each later than the ones before, sensor by sensor. */
  groups(): AsyncIterable<ReadingGroup>;
  /** Rows that could not be read so far. */
  readonly unreadable: number;
  close(): Promise<void>;
}

/** Columns of equal length. */
export interface ReadingGroup {
  readonly sensorNo: readonly number[];
  readonly measuredAtMs: readonly number[];
  readonly value: readonly number[];
  /** 1 where it was stored as bad: it teaches nothing. */
  readonly isBad: readonly number[];
}

/** Numbers up to here are taken as seconds since 1970 (the year 5138), above as milliseconds. */
const LARGEST_SECONDS = 1e11;

/** Milliseconds since 1970, NaN where it is no time; a time without a zone is taken as UTC. */
export function timeOf(text: string): number {
  if (text === '') return NaN;
  const number = Number(text);
  if (Number.isFinite(number)) return Math.abs(number) < LARGEST_SECONDS ? number * 1000 : number;
  const iso = text.replace(' ', 'T');
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(iso) || !iso.includes('T') ? iso : `${iso}Z`);
}
