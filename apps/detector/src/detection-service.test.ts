import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import type { AlarmDefinition, AlarmTransition, Asset } from '@lifeline/contracts';
import type { AssetWatch } from '@lifeline/detection';
import type { DetectionService } from './detection-service.js';
import { DetectorBench, sensorWith, until } from './testing/bench.js';

const limits = { low: 200, lowLow: 100, deadband: 5 };
const steps = (transitions: readonly AlarmTransition[]) => transitions.map((t) => `${t.event} ${t.state} ${t.atMs}`);

const asset: Asset = {
  assetId: 'main-1',
  utility: 'gas',
  kind: 'regulator',
  name: 'Main 1',
  nameZh: '',
  district: '',
  geometry: { type: 'Point', coordinates: [118.3, 32.3] },
  properties: {},
};

const words = { en: 'x', zh: '' };
const definition: AlarmDefinition = {
  ...{ definitionId: 'limit', version: 1, editedBy: null, editedAtMs: 0, note: null, source: '', priority: 'blue' },
  ...{ title: words, cause: words, consequence: words, action: words, owner: words, procedure: [words] },
  ...{ consequenceClass: 'none', minutesToRespond: 60, latches: false, reAlarmMinutes: null, mayBeShelved: true },
};

/** Finds the first sensor over 305, the worse over 315. */
function levelWatch(): AssetWatch[] {
  const state = new Float64Array(1);
  const take: AssetWatch['take'] = (sensorNo, atMs, value, out) => {
    const level = value > 315 ? 2 : value > 305 ? 1 : 0;
    const open = state[0]!;
    if (level === open) return;
    state[0] = level;
    const change = level === 0 ? 'end' : open === 0 ? 'begin' : 'worsen';
    const evidence = {
      ...{ test: 'level', expected: null, residual: null, carriers: [], confidence: 0.9, location: null, figures: [] },
    };
    out.push({
      ...{ rule: 'physics', test: 'level', change, sensorNo, atMs, value, reason: { en: 'high', zh: '' } },
      priority: level === 2 ? 'orange' : 'yellow',
      evidence: change === 'end' ? null : evidence,
    });
  };
  return [{ watchId: 'level', sensorNos: [1], state, take, tick: () => undefined }];
}

let bench: DetectorBench;
let running: DetectionService | undefined;

beforeEach(() => {
  bench = new DetectorBench(sensorWith(1, limits), sensorWith(2, limits));
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await bench.close();
});

async function start(): Promise<DetectionService> {
  running = bench.detector();
  await running.start();
  return running;
}

async function stop(): Promise<void> {
  await running?.stop();
  running = undefined;
}

describe('the detector', () => {
  it('turns readings and actions into alarm transitions in the log and in the records', async () => {
    await start();
    await bench.read([1, 1000, 300], [1, 2000, 182]);
    const [raised] = await bench.untilAlarms(1);
    expect(raised).toMatchObject({ sensorId: 'dev-1/pressure', event: 'raise', raisedAtMs: 2000, value: 182 });
    await bench.acknowledge(raised!.alarmId, 2500);
    await bench.untilAlarms(2);
    await bench.read([1, 3000, 90], [1, 4000, 250]);
    const all = await bench.untilAlarms(4);
    expect(steps(all)).toEqual([
      'raise unacknowledged 2000',
      'acknowledge acknowledged 2500',
      'escalate unacknowledged 3000',
      'clear returned-unacknowledged 4000',
    ]);
    await until(() => bench.projected.length === 4);
    expect(bench.projected).toEqual(all);
  });

  it('catches up with what came while it was down', async () => {
    await start();
    await bench.read([1, 1000, 300]);
    await bench.untilCaughtUp();
    await stop();
    await bench.read([1, 2000, 182], [1, 3000, 250]);
    await start();
    expect(steps(await bench.untilAlarms(2))).toEqual([
      'raise unacknowledged 2000',
      'clear returned-unacknowledged 3000',
    ]);
  });

  it.each([0, 1, 2, 3, 4])(
    'says nothing twice after a crash whose last checkpoint was %d readings old',
    async (old) => {
      const readings: [number, number, number][] = [
        [1, 1000, 182],
        [1, 2000, 90],
        [1, 3000, 300],
        [1, 4000, 150],
      ];
      const kept = `${bench.folder}/kept.bin`;
      await start();
      await bench.read([2, 500, 300], ...readings.slice(0, readings.length - old));
      await bench.untilCaughtUp();
      await stop();
      copyFileSync(bench.checkpointPath, kept);
      await start();
      const later = readings.slice(readings.length - old);
      if (later.length > 0) await bench.read(...later);
      await bench.untilCaughtUp();
      const [first] = await bench.untilAlarms(1);
      await bench.acknowledge(first!.alarmId, 9000);
      await bench.untilCaughtUp();
      await stop();
      const before = await bench.alarms();
      expect(steps(before)).toEqual([
        'raise unacknowledged 1000',
        'escalate unacknowledged 2000',
        'clear returned-unacknowledged 3000',
        'raise unacknowledged 4000',
        'acknowledge acknowledged 9000',
      ]);
      // As after kill -9: the checkpoint is old, the log is not.
      copyFileSync(kept, bench.checkpointPath);
      await start();
      await bench.read([1, 10_000, 300]);
      const after = await bench.untilAlarms(6);
      await bench.untilCaughtUp();
      expect(steps((await bench.alarms()).slice(5))).toEqual(['clear normal 10000']);
      expect(after.slice(0, 5)).toEqual(before);
    },
  );

  it.each([
    ['missing', (path: string) => rmSync(path), 0],
    ['broken', (path: string) => writeFileSync(path, 'lifeline-detector-1\nnonsense that is long enough'), 1],
    ['of another version', (path: string) => writeFileSync(path, 'something else altogether'), 1],
  ])('goes on where the checkpoint is %s, and still ends what is on', async (_, spoil, lines) => {
    await start();
    await bench.read([1, 1000, 182]);
    await bench.untilAlarms(1);
    await bench.untilCaughtUp();
    await stop();
    expect(existsSync(bench.checkpointPath)).toBe(true);
    spoil(bench.checkpointPath);
    await start();
    await bench.read([1, 2000, 180], [1, 3000, 300]);
    await bench.untilAlarms(2);
    await bench.untilCaughtUp();
    expect(steps(await bench.alarms())).toEqual(['raise unacknowledged 1000', 'clear returned-unacknowledged 3000']);
    expect(bench.said).toHaveLength(lines);
  });

  it('ends alarms that are older than the log remembers, from the records', async () => {
    const other = new DetectorBench(sensorWith(1, limits));
    const earlier = other.detector();
    await earlier.start();
    await other.read([1, 1000, 182]);
    const transitions = await other.untilAlarms(1);
    await earlier.stop();
    await other.close();
    const newest = transitions[0]!;
    bench.openInRecords.push({
      ...newest,
      acknowledgedBy: null,
      acknowledgedAtMs: null,
      clearedAtMs: null,
      transitions,
    });
    await start();
    await bench.read([1, 2000, 180], [1, 3000, 300]);
    const [cleared] = await bench.untilAlarms(1);
    expect(cleared).toMatchObject({ alarmId: newest.alarmId, sequence: 2, event: 'clear', atMs: 3000 });
  });

  it('clears the alarms of a sensor that is taken out of the registry', async () => {
    await start();
    await bench.read([1, 1000, 182], [2, 1000, 182]);
    await bench.untilAlarms(2);
    bench.removeSensor(1);
    const all = await bench.untilAlarms(3);
    expect(all[2]).toMatchObject({ sensorId: 'dev-1/pressure', event: 'clear', atMs: bench.nowMs });
    expect(all[2]?.reason.en).toContain('taken out of the registry');
  });

  it('clears them too where the sensor left while nobody watched', async () => {
    await start();
    await bench.read([1, 1000, 182]);
    await bench.untilAlarms(1);
    await bench.untilCaughtUp();
    await stop();
    bench.removeSensor(1);
    await start();
    expect((await bench.untilAlarms(2))[1]).toMatchObject({ event: 'clear' });
  });

  it('takes a verdict of a person: the new normal closes the alarm, and only what is worse is told again', async () => {
    bench.plans = [levelWatch];
    await start();
    await bench.read([1, 1000, 300], [1, 2000, 310]);
    const [raised] = await bench.untilAlarms(1);
    expect(raised).toMatchObject({ rule: 'physics', evidence: { test: 'level' } });
    await bench.judge(raised!.alarmId, 2500, 'new-normal');
    await bench.untilAlarms(2);
    await bench.read([1, 3000, 311], [1, 4000, 320]);
    const all = await bench.untilAlarms(3);
    expect(steps(all)).toEqual(['raise unacknowledged 2000', 'new-normal normal 2500', 'raise unacknowledged 4000']);
    expect(all[1]).toMatchObject({ actor: 'li' });
    expect(all[2]).toMatchObject({ priority: 'orange' });
  });

  it('goes by a verdict after a crash too, whose last checkpoint was older', async () => {
    bench.plans = [levelWatch];
    const kept = `${bench.folder}/kept.bin`;
    await start();
    await bench.read([1, 1000, 300], [1, 2000, 310]);
    const [raised] = await bench.untilAlarms(1);
    await bench.untilCaughtUp();
    await stop();
    copyFileSync(bench.checkpointPath, kept);
    await start();
    await bench.judge(raised!.alarmId, 2500, 'new-normal');
    await bench.untilAlarms(2);
    await bench.untilCaughtUp();
    await stop();
    copyFileSync(kept, bench.checkpointPath);
    await start();
    await bench.read([1, 3000, 311], [1, 4000, 300], [1, 5000, 310]);
    await bench.untilCaughtUp();
    expect(steps(await bench.alarms())).toEqual([
      'raise unacknowledged 2000',
      'new-normal normal 2500',
      'raise unacknowledged 5000',
    ]);
  });

  it('gives an alarm the priority and the behaviour of its definition, as it stands when they are needed', async () => {
    bench.definition = { ...definition, priority: 'red', latches: false };
    await start();
    await bench.read([1, 1000, 182]);
    expect((await bench.untilAlarms(1))[0]).toMatchObject({ event: 'raise', priority: 'red' });
    bench.definition = { ...definition, priority: 'blue', latches: true };
    await bench.read([1, 2000, 300], [2, 2500, 182]);
    expect((await bench.untilAlarms(3)).slice(1)).toMatchObject([
      { state: 'latched-unacknowledged', priority: 'red' },
      { event: 'raise', priority: 'yellow' },
    ]);
  });

  it('makes its watches from the assets of the registry', async () => {
    const given: (readonly Asset[])[] = [];
    bench.assets.push(asset);
    bench.plans = [(assets) => (given.push(assets), [])];
    await start();
    await bench.read([1, 1000, 300]);
    await bench.untilCaughtUp();
    expect(given).toContainEqual([asset]);
  });

  it('keeps what the log would not take, and tells it once the log does', async () => {
    await start();
    bench.refuses = 'alarms';
    await bench.read([1, 1000, 182]);
    await until(() => bench.said.some((line) => line.includes('the disk is full')));
    bench.refuses = undefined;
    await bench.untilCaughtUp();
    expect(steps(await bench.alarms())).toEqual(['raise unacknowledged 1000']);
  });

  it('passes over a record that it cannot read, and says so', async () => {
    await start();
    await bench.log.append([
      { stream: 'readings', key: 'x', payload: Uint8Array.of(9, 9) },
      { stream: 'actions', key: 'x', payload: Uint8Array.of(9) },
    ]);
    await bench.read([1, 1000, 182]);
    await bench.untilAlarms(1);
    expect(bench.said.join()).toContain('Record 1 of readings cannot be read and is passed over by detector');
  });
});
