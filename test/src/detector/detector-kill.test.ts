import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { CHATTER_CRITERIA, createAlarmDesk, type Condition } from '@lifeline/alarms';
import { alarmTransitionSchema, type AlarmTransition, type Sensor } from '@lifeline/contracts';
import { createDetectionEngine } from '@lifeline/detection';
import { CONSUMERS, openLmdbLog, type ReadingLog } from '@lifeline/reading-log';
import { encodeBlock, type ReadingBlock } from '@lifeline/readings';
import { temporaryFolder } from '../servers/process.js';

/** `kill -9` of the detector, again and again, while readings come in: the alarms are those of a run that nobody disturbed. */

const KILLS = 6;
const BLOCKS_BETWEEN = 150;
const SENSORS = [1, 2, 3];

function sensorOf(sensorNo: number): Sensor {
  return {
    sensorId: `dev-${sensorNo}/level`,
    sensorNo,
    deviceId: `dev-${sensorNo}`,
    channel: 'level',
    utility: 'drainage',
    name: 'Level',
    unit: 'm',
    lon: 118.3,
    lat: 32.3,
    assetId: null,
    type: null,
    intervalS: 1,
    range: null,
    limits: { high: 5, highHigh: 8, deadband: 0.5, onDelayS: 3 * (sensorNo - 1), offDelayS: 2, ratePerMinute: 30 },
  };
}

/** Second `i` of the play: each sensor swings past its limits at a pace of its own. */
function blockAt(i: number): ReadingBlock {
  const atMs = 1_000_000 + i * 1000;
  return {
    arrivedAtMs: atMs,
    inlet: 'test',
    sensorNo: Uint32Array.from(SENSORS),
    measuredAtMs: Float64Array.from(SENSORS, () => atMs),
    value: Float64Array.from(SENSORS, (no) => 4.5 + 4 * Math.sin(i / (7 * no)) + Math.sin(i * 12.9898)),
    mark: new Uint8Array(SENSORS.length),
  };
}

describe('the detector, killed in the middle of its work', () => {
  const dataDir = temporaryFolder('detector-kill');
  const log: ReadingLog = openLmdbLog({
    folder: join(dataDir, 'log'),
    maxBytes: 64 * 1024 * 1024,
    maxAgeMs: 86_400_000_000,
  });
  let running: ChildProcess | undefined;

  afterAll(async () => {
    if (running) await kill(running);
    await log.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('raises nothing twice, loses nothing, and tells the same as a run that nobody disturbed', async () => {
    let next = 0;
    for (let round = 0; round < KILLS; round++) {
      running = await startDetector(dataDir);
      const goal = (await alarmsIn(log)).length + 3;
      for (const until = next + BLOCKS_BETWEEN; next < until; next++) await append(log, blockAt(next));
      await waitFor(async () => (await alarmsIn(log)).length >= goal);
      // Not at a moment of its choosing: while it reads on.
      await append(log, ...Array.from({ length: 40 }, () => blockAt(next++)));
      await kill(running);
    }
    running = await startDetector(dataDir);
    const expected = undisturbed(next);
    await waitFor(async () => caughtUp(log));
    const told = await alarmsIn(log);
    expect(told.map(brief).sort()).toEqual(expected.map(brief).sort());
    expect(told.length).toBeGreaterThan(40);
  });
});

/** The same readings through engine and desk in one go. */
function undisturbed(blocks: number): AlarmTransition[] {
  const engine = createDetectionEngine();
  const desk = createAlarmDesk({ sensor: sensorOf, chatter: CHATTER_CRITERIA });
  for (const no of SENSORS) engine.putSensor(sensorOf(no));
  const conditions: Condition[] = [];
  for (let i = 0; i < blocks; i++) engine.feed(blockAt(i), conditions);
  return conditions.flatMap((condition) => desk.condition(condition) ?? []);
}

function brief({ alarmId, sequence, event, state, priority, atMs }: AlarmTransition): string {
  return [alarmId, sequence, event, state, priority, atMs].join(' ');
}

async function append(log: ReadingLog, ...blocks: readonly ReadingBlock[]): Promise<void> {
  await log.append(blocks.map((block) => ({ stream: 'readings', key: 'all', payload: encodeBlock(block) })));
}

async function alarmsIn(log: ReadingLog): Promise<AlarmTransition[]> {
  const records = await log.read('alarms', [0], 100_000);
  return records.map(({ payload }) => alarmTransitionSchema.parse(JSON.parse(Buffer.from(payload).toString('utf8'))));
}

async function caughtUp(log: ReadingLog): Promise<boolean> {
  const [head] = await log.head('readings');
  const [cursor] = await log.cursor('readings', CONSUMERS.detector);
  return head === cursor;
}

async function startDetector(dataDir: string): Promise<ChildProcess> {
  const script = join(import.meta.dirname, 'detector-process.mjs');
  const child = spawn(process.execPath, [script, dataDir, JSON.stringify(SENSORS.map(sensorOf))], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the detector ended at once')));
  ended.catch(() => undefined);
  await Promise.race([once(child.stdout, 'data'), ended]);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** Asks until it is so; the test's time limit ends it else. */
async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}
