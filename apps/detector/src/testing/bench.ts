import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  Alarm,
  AlarmDefinition,
  AlarmTransition,
  Asset,
  MaintenanceWindow,
  Sensor,
  Verdict,
} from '@lifeline/contracts';
import type { AssetWatchPlan } from '@lifeline/detection';
import { CONSUMERS, openLmdbLog, type LogRecord, type ReadingLog } from '@lifeline/reading-log';
import { encodeBlock } from '@lifeline/readings';
import type { ProjectionCursor, RegistryChange } from '@lifeline/records';
import { Registry } from 'prom-client';
import type { DetectionPorts } from '../detection-ports.js';
import { DetectionService } from '../detection-service.js';
import { readAlarms } from '../stored-alarms.js';

/** A detector over a real log in a folder of its own; registry and records are what a test puts in them. */
export class DetectorBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'lifeline-detector-'));
  readonly checkpointPath = join(this.folder, 'detector', 'checkpoint.bin');
  readonly said: string[] = [];
  readonly projected: AlarmTransition[] = [];
  readonly openInRecords: Alarm[] = [];
  readonly assets: Asset[] = [];
  readonly windowsInRecords: MaintenanceWindow[] = [];
  /** What the master alarm database says of every alarm. */
  definition: AlarmDefinition | undefined;
  /** Makers of the watches that the detectors of this bench run. */
  plans: readonly AssetWatchPlan[] = [];
  readonly log: ReadingLog;
  /** Appends to this stream are refused while it is set. */
  refuses: 'alarms' | undefined;
  nowMs = 10_000_000;
  private readonly sensors = new Map<number, Sensor>();
  private readonly listeners = new Set<(change: RegistryChange) => void>();
  private readonly projectedUpTo: number[] = [];

  constructor(...sensors: readonly Sensor[]) {
    for (const sensor of sensors) this.sensors.set(sensor.sensorNo, sensor);
    const log = openLmdbLog({ folder: join(this.folder, 'log'), maxBytes: 64 * 1024 * 1024, maxAgeMs: 86_400_000 });
    const append = log.append.bind(log);
    log.append = async (records: readonly LogRecord[]) => {
      if (records.some(({ stream }) => stream === this.refuses)) throw new Error('the disk is full');
      await append(records);
    };
    this.log = log;
  }

  detector(): DetectionService {
    const ports: DetectionPorts = {
      configuration: { dataDir: this.folder, alarmBudget: { findingsPerSensorYear: 0.5, findingsPerShift: 48 } },
      clock: { nowMs: () => this.nowMs },
      log: this.log,
      metrics: new Registry(),
      say: (line) => this.said.push(line),
      definitions: { of: () => this.definition },
      registry: {
        sensor: (no) => this.sensors.get(no),
        sensors: () => this.sensors.values(),
        device: () => undefined,
        assets: () => this.assets.values(),
        onChange: (listener) => {
          this.listeners.add(listener);
          return () => this.listeners.delete(listener);
        },
      },
      records: {
        cursor: async () => this.projectedUpTo,
        maintenance: { endingAfter: async () => this.windowsInRecords },
        alarms: {
          project: async (transitions, { partition, sequence }: ProjectionCursor) => {
            this.projected.push(...transitions.map(({ transition }) => transition));
            this.projectedUpTo[partition] = sequence;
          },
          open: async () => this.openInRecords,
          alarm: async () => undefined,
          alarmsById: async () => [],
          alarms: async () => ({ items: [] }),
          lives: async () => [],
          moved: async () => [],
          rate: async () => [],
        },
      },
    };
    return new DetectionService(ports, { plans: this.plans });
  }

  /** One block a reading, in a row. */
  async read(...readings: readonly (readonly [sensorNo: number, tMs: number, value: number])[]): Promise<void> {
    await this.log.append(
      readings.map(([sensorNo, tMs, value]) => ({
        stream: 'readings',
        key: String(sensorNo),
        payload: encodeBlock({
          arrivedAtMs: tMs,
          inlet: 'test',
          sensorNo: Uint32Array.of(sensorNo),
          measuredAtMs: Float64Array.of(tMs),
          value: Float64Array.of(value),
          mark: Uint8Array.of(0),
        }),
      })),
    );
  }

  async acknowledge(alarmId: string, atMs: number): Promise<void> {
    await this.act(alarmId, atMs, { kind: 'acknowledge' });
  }

  async judge(alarmId: string, atMs: number, verdict: Verdict): Promise<void> {
    await this.act(alarmId, atMs, { kind: 'feedback', verdict });
  }

  async plan(window: MaintenanceWindow): Promise<void> {
    const payload = Buffer.from(JSON.stringify({ kind: 'maintenance', window }));
    await this.log.append([{ stream: 'actions', key: window.windowId, payload }]);
  }

  private async act(alarmId: string, atMs: number, what: object): Promise<void> {
    const seenSequence = Math.max(
      0,
      ...(await this.alarms()).filter((a) => a.alarmId === alarmId).map((a) => a.sequence),
    );
    const action = { actionId: `a${atMs}`, alarmId, actor: 'li', note: null, atMs, seenSequence, ...what };
    await this.log.append([{ stream: 'actions', key: alarmId, payload: Buffer.from(JSON.stringify(action)) }]);
  }

  removeSensor(sensorNo: number): void {
    this.sensors.delete(sensorNo);
    for (const listener of this.listeners)
      listener({ sensors: [], removedSensorNos: [sensorNo], revokedDeviceIds: [], assetsChanged: false });
  }

  /** Every transition in the log. */
  async alarms(): Promise<AlarmTransition[]> {
    const found: AlarmTransition[] = [];
    await readAlarms(this.log, [], (transition) => found.push(transition));
    return found;
  }

  /** Resolves with the transitions once there are so many; the test's time limit ends it else. */
  async untilAlarms(count: number): Promise<AlarmTransition[]> {
    for (;;) {
      const found = await this.alarms();
      if (found.length >= count) return found;
      await nextTurn();
    }
  }

  /** Resolves once the detector has handled everything in the log. */
  async untilCaughtUp(): Promise<void> {
    for (;;) {
      const behind = await Promise.all(
        (['readings', 'actions'] as const).map(async (stream) => {
          const [head, cursor] = [await this.log.head(stream), await this.log.cursor(stream, CONSUMERS.detector)];
          return head.some((sequence, partition) => (cursor[partition] ?? 0) < sequence);
        }),
      );
      if (!behind.includes(true)) return;
      await nextTurn();
    }
  }

  async close(): Promise<void> {
    await this.log.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await nextTurn();
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

export function sensorWith(sensorNo: number, limits: Sensor['limits']): Sensor {
  return {
    sensorId: `dev-${sensorNo}/pressure`,
    sensorNo,
    deviceId: `dev-${sensorNo}`,
    channel: 'pressure',
    utility: 'gas',
    name: 'Pressure',
    unit: 'kPa',
    lon: 118.3,
    lat: 32.3,
    assetId: null,
    type: null,
    intervalS: 60,
    range: null,
    limits,
  };
}
