// Runs the detector on a reading log that another process fills, until it is killed. Arguments: data folder, the sensors as JSON.
// Prints `ready` once it watches.
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { DetectionService } from '@lifeline/detector';
import { openLmdbLog } from '@lifeline/reading-log';

const [dataDir, sensorsJson] = process.argv.slice(2);
const sensors = new Map(JSON.parse(sensorsJson).map((sensor) => [sensor.sensorNo, sensor]));
const service = new DetectionService(
  {
    configuration: { dataDir, alarmBudget: { findingsPerSensorYear: 0.5, findingsPerShift: 48 } },
    // Time stands still: what happens follows from the readings alone, however the machine is loaded.
    clock: { nowMs: () => 0 },
    log: openLmdbLog({ folder: join(dataDir, 'log'), maxBytes: 64 * 1024 * 1024, maxAgeMs: 86_400_000_000 }),
    metrics: new Registry(),
    say: (line) => process.stderr.write(`${line}\n`),
    registry: {
      sensor: (no) => sensors.get(no),
      sensors: () => sensors.values(),
      device: () => undefined,
      assets: () => [].values(),
      onChange: () => () => true,
    },
    definitions: { of: () => undefined },
    records: {
      cursor: async () => [],
      maintenance: { endingAfter: async () => [] },
      alarms: {
        project: async () => undefined,
        open: async () => [],
        alarm: async () => undefined,
        alarms: async () => ({ items: [] }),
        lives: async () => [],
        rate: async () => [],
      },
    },
  },
  { checkpointEveryMs: 0 },
);
await service.start();
process.stdout.write('ready\n');
