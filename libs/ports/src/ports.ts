import type { Clock } from '@lifeline/contracts';
import type { Configuration } from '@lifeline/configuration';
import type { History } from '@lifeline/history';
import type { ReadingLog } from '@lifeline/reading-log';
import type { AlarmDefinitionCopy, Records, RegistryCopy } from '@lifeline/records';
import type { Registry as Metrics } from 'prom-client';

/** Everything a service reaches the outside with; which adapter stands behind a port is decided once, in openPorts. */
export interface Ports {
  readonly configuration: Configuration;
  readonly clock: Clock;
  readonly log: ReadingLog;
  readonly history: History;
  readonly records: Records;
  readonly registry: RegistryCopy;
  /** The master alarm database in memory. */
  readonly definitions: AlarmDefinitionCopy;
  /** Prometheus metrics of this process. */
  readonly metrics: Metrics;
  /** Writes one line for the operator of the machine; no secrets, no readings. */
  readonly say: (line: string) => void;
}

/** Injection token of the ports in the NestJS services. */
export const PORTS = Symbol('lifeline.ports');
