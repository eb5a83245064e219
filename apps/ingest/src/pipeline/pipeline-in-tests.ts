import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, Device, Sensor } from '@lifeline/contracts';
import { openLmdbLog, type ReadingLog } from '@lifeline/reading-log';
import { decodeBlock, type ReadingBlock } from '@lifeline/readings';
import { decodeReject, type NewReject } from './reject-collector.js';

export const T0 = Date.UTC(2026, 0, 1, 12);

export function openTestLog(maxBytes = 64 * 1024 * 1024): { log: ReadingLog; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-ingest-'));
  return { log: openLmdbLog({ folder, maxBytes, maxAgeMs: 86_400_000 }), folder };
}

/** One device `gas-1` with the channels `pressure` (1) and `ch4` (2). */
export function testRegistry() {
  const sensor = (sensorNo: number, channel: string, unit: string): Sensor => ({
    sensorId: `gas-1/${channel}`,
    sensorNo,
    deviceId: 'gas-1',
    channel,
    utility: 'gas',
    name: channel,
    unit,
    lon: 118.3,
    lat: 32.3,
    assetId: null,
    type: null,
    intervalS: 60,
    range: { low: 0, high: 1000 },
    limits: {},
  });
  const sensors = [sensor(1, 'pressure', 'kPa'), sensor(2, 'ch4', '%{vol}')];
  const device: Device = {
    deviceId: 'gas-1',
    utility: 'gas',
    name: 'Gas 1',
    gatewayId: null,
    hasCredential: true,
    createdAtMs: 0,
    sensors,
  };
  const channels = new Map(sensors.map((each) => [each.channel, each]));
  return {
    device: (deviceId: string) => (deviceId === 'gas-1' ? device : undefined),
    channels: (deviceId: string) => (deviceId === 'gas-1' ? channels : undefined),
  };
}

export function testClock(): Clock & { nowMsValue: number } {
  return {
    nowMsValue: T0,
    nowMs() {
      return this.nowMsValue;
    },
  };
}

export async function blocksOf(log: ReadingLog): Promise<ReadingBlock[]> {
  return (await log.read('readings', [0], 10_000)).map((record) => decodeBlock(record.payload));
}

export async function rejectsOf(log: ReadingLog): Promise<NewReject[]> {
  return (await log.read('rejects', [0], 10_000)).map((record) => decodeReject(record.payload));
}

/** Asks again, a turn of the event loop between, until it is so; the test's time limit ends it else. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}
