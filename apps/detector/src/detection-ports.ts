import type { AssetWatchPlan } from '@lifeline/detection';
import type { Ports } from '@lifeline/ports';

/** What of the ports the detector uses. */
export interface DetectionPorts extends Pick<Ports, 'clock' | 'log' | 'metrics' | 'say'> {
  readonly configuration: Pick<Ports['configuration'], 'dataDir' | 'alarmBudget'>;
  readonly records: Pick<Ports['records'], 'alarms' | 'cursor'> & {
    readonly maintenance: Pick<Ports['records']['maintenance'], 'endingAfter'>;
  };
  readonly definitions: Pick<Ports['definitions'], 'of'>;
  readonly registry: Pick<Ports['registry'], 'sensor' | 'sensors' | 'device' | 'assets' | 'onChange'>;
}

export interface DetectionOptions {
  /** How often a checkpoint is written; by default every 10 s, every minute where it is large. Looked at once a second. */
  readonly checkpointEveryMs?: number;
  /** Makers of the watches of assets. */
  readonly plans?: readonly AssetWatchPlan[];
}

export interface DetectionHealth {
  /** Watches: no longer catching up with the log after its start, and the log takes its alarms. */
  readonly ready: boolean;
  readonly problems: readonly string[];
  readonly lagRecords: number;
  readonly openAlarms: number;
}
