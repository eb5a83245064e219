import type { Asset, Limits, Sensor, Utility } from '@lifeline/contracts';
import type { Configuration } from '@lifeline/configuration';
import type { RangeAnswer } from '@lifeline/history';
import { openPorts, type OpenPorts } from '@lifeline/ports';
import { holdDataFolder } from '../machine/data-folder.js';
import { EXIT, StartError } from '../machine/start-error.js';
import type { BacktestSource, ReadingGroup } from './backtest-source.js';

/** Readings of one question to the history, at most: more are asked for in halves. */
const MOST_READINGS = 10_000;
/** Time of all sensors that is held at once. */
const WINDOW_MS = 6 * 3_600_000;
const LEAST_WINDOW_MS = 1000;

export interface HistorySourceOptions {
  readonly fromMs: number;
  readonly toMs: number;
  /** Missing: all. */
  readonly sensorIds?: readonly string[];
  readonly utility?: Utility;
  /** In place of the registry's. */
  readonly limits?: Limits;
}

/** As `BacktestSource`, with what else the registry knows. */
export interface HistorySource extends BacktestSource {
  readonly assets: readonly Asset[];
}

/**
 * Readings from the history of the data folder (or of InfluxDB), sensors from its registry.
 * @throws StartError where a Lifeline works in the folder, or a sensor is unknown
 */
export async function openHistorySource(
  configuration: Configuration,
  options: HistorySourceOptions,
): Promise<HistorySource> {
  const folder = await holdDataFolder(configuration.dataDir, ['ingest', 'detector', 'gateway']);
  let ports: OpenPorts;
  try {
    ports = await openPorts(configuration, { say: (line) => console.error(line) });
  } catch (error) {
    await folder.release();
    throw error;
  }
  const close = async () => {
    await ports.close();
    await folder.release();
  };
  try {
    const sensors = chooseSensors([...ports.registry.sensors()], options);
    return {
      sensors: options.limits ? sensors.map((sensor) => ({ ...sensor, limits: options.limits! })) : sensors,
      assets: [...ports.registry.assets()],
      gatewayOf: (deviceId) => ports.registry.device(deviceId)?.gatewayId ?? null,
      readingsAbout: undefined,
      groups: () => groupsOf(ports, sensors, options),
      unreadable: 0,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function chooseSensors(all: readonly Sensor[], { sensorIds, utility }: HistorySourceOptions): Sensor[] {
  for (const sensorId of sensorIds ?? []) {
    if (!all.some((sensor) => sensor.sensorId === sensorId)) {
      throw new StartError(EXIT.failed, `the registry has no sensor ${sensorId}: name it as deviceId/channel`);
    }
  }
  const chosen = all.filter(
    (sensor) =>
      (sensorIds === undefined || sensorIds.includes(sensor.sensorId)) &&
      (utility === undefined || sensor.utility === utility),
  );
  if (chosen.length === 0)
    throw new StartError(EXIT.failed, 'the registry has no such sensor: there is nothing to test');
  return chosen;
}

async function* groupsOf(
  ports: OpenPorts,
  sensors: readonly Sensor[],
  { fromMs, toMs }: HistorySourceOptions,
): AsyncGenerator<ReadingGroup> {
  for (let startMs = fromMs; startMs < toMs; startMs += WINDOW_MS) {
    const endMs = Math.min(toMs, startMs + WINDOW_MS);
    const rows: [atMs: number, sensorNo: number, value: number, isBad: number][] = [];
    for (const sensor of sensors) {
      for await (const reading of readingsOf(ports, sensor, startMs, endMs)) {
        rows.push([reading[0], sensor.sensorNo, reading[1] ?? NaN, reading[2] === 'bad' ? 1 : 0]);
      }
    }
    rows.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    yield {
      measuredAtMs: rows.map((row) => row[0]),
      sensorNo: rows.map((row) => row[1]),
      value: rows.map((row) => row[2]),
      isBad: rows.map((row) => row[3]),
    };
  }
}

type Readings = Extract<RangeAnswer, { readings: unknown }>['readings'];

/** The readings themselves, never buckets: where there are too many for one answer, each half by itself. */
async function* readingsOf(
  ports: OpenPorts,
  series: Sensor,
  fromMs: number,
  toMs: number,
): AsyncGenerator<Readings[number]> {
  const answer = await ports.history.range({ series, fromMs, toMs, points: MOST_READINGS });
  if ('readings' in answer) {
    yield* answer.readings;
    return;
  }
  if (toMs - fromMs <= LEAST_WINDOW_MS) {
    throw new StartError(EXIT.failed, `${series.sensorId} has more than ${MOST_READINGS} readings within a second`);
  }
  const middleMs = Math.floor((fromMs + toMs) / 2);
  yield* readingsOf(ports, series, fromMs, middleMs);
  yield* readingsOf(ports, series, middleMs, toMs);
}
