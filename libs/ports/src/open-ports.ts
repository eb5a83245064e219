import { join } from 'node:path';
import { systemClock, type Clock } from '@lifeline/contracts';
import type { Configuration } from '@lifeline/configuration';
import type { History, SeriesLookup } from '@lifeline/history';
import type { Records, RegistryCopy } from '@lifeline/records';
import { collectDefaultMetrics, Registry as Metrics } from 'prom-client';
import type { Ports } from './ports.js';

export interface OpenPorts extends Ports {
  /** Closes every adapter; call it after the services have stopped. */
  close(): Promise<void>;
}

export interface OpenPortsOptions {
  readonly say: (line: string) => void;
  readonly clock?: Clock;
}

/**
 * Opens the adapters that the settings name, and fills the copies of the registry and of the alarm definitions. What was opened is closed again where one of them fails.
 */
export async function openPorts(configuration: Configuration, options: OpenPortsOptions): Promise<OpenPorts> {
  const clock = options.clock ?? systemClock;
  const { say } = options;
  const { dataDir } = configuration;
  const opened: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const one of opened.splice(0).reverse()) await one();
  };
  // The history asks for a sensor's names only once readings flow, long after the registry is there.
  const late: { registry?: RegistryCopy } = {};
  const series: SeriesLookup = (sensorNo) => late.registry?.sensor(sensorNo);
  const keep = <Port extends { close(): Promise<void> }>(port: Port): Port => {
    opened.push(() => port.close());
    return port;
  };
  try {
    // The records first: their thread takes a second to begin, in which the other libraries are read.
    const recordsOpening = openTheRecords(configuration, clock).then(keep);
    recordsOpening.catch(() => undefined);
    const { openLmdbLog } = await import('@lifeline/reading-log');
    const log = keep(openLmdbLog({ folder: join(dataDir, 'log'), ...configuration.log, clock }));
    const settled = await Promise.allSettled([
      openHistory(configuration, series, clock, say).then(keep),
      recordsOpening,
    ]);
    const [history, records] = settled;
    if (history.status === 'rejected') throw history.reason;
    if (records.status === 'rejected') throw records.reason;
    const { AlarmDefinitionCopy, RegistryCopy, typeInRegistry } = await import('@lifeline/records');
    const registry = new RegistryCopy(records.value.registry, (error) => say(String(error)));
    late.registry = registry;
    opened.push(() => registry.stop());
    await registry.start();
    const definitions = new AlarmDefinitionCopy(records.value.definitions, typeInRegistry(registry), (error) =>
      say(String(error)),
    );
    opened.push(() => definitions.stop());
    await definitions.start();
    return {
      configuration,
      clock,
      log,
      history: history.value,
      records: records.value,
      registry,
      definitions,
      metrics: processMetrics(),
      say,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A registry that holds what every process tells of itself: memory, event loop, garbage collection, open files. */
function processMetrics(): Metrics {
  const metrics = new Metrics();
  collectDefaultMetrics({ register: metrics });
  return metrics;
}

async function openTheRecords({ postgresUrl, dataDir }: Configuration, clock: Clock): Promise<Records> {
  const { openRecords } = await import('@lifeline/records');
  return openRecords({ postgresUrl, folder: join(dataDir, 'records'), clock });
}

async function openHistory(
  configuration: Configuration,
  series: SeriesLookup,
  clock: Clock,
  say: (line: string) => void,
): Promise<History> {
  const { influx, dataDir } = configuration;
  const { openDuckDbHistory, openInfluxHistory } = await import('@lifeline/history');
  if (influx) return openInfluxHistory({ ...influx, series });
  return openDuckDbHistory({ file: join(dataDir, 'history', 'history.duckdb'), series, clock, say });
}
