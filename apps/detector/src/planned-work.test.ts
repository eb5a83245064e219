import { copyFileSync, rmSync } from 'node:fs';
import type { AlarmTransition, MaintenanceWindow } from '@lifeline/contracts';
import type { DetectionService } from './detection-service.js';
import { DetectorBench, sensorWith, until } from './testing/bench.js';

const limits = { low: 200, lowLow: 100, deadband: 5 };
const steps = (transitions: readonly AlarmTransition[]) => transitions.map((t) => `${t.event} ${t.state} ${t.atMs}`);

let bench: DetectorBench;
let running: DetectionService | undefined;

beforeEach(() => {
  bench = new DetectorBench(sensorWith(1, limits), sensorWith(2, limits));
  bench.nowMs = 100_000;
});
afterEach(async () => {
  await stop();
  await bench.close();
});

async function start(): Promise<void> {
  running = bench.detector();
  await running.start();
}
async function stop(): Promise<void> {
  await running?.stop();
  running = undefined;
}

function works(over: Partial<MaintenanceWindow> = {}): MaintenanceWindow {
  return {
    ...{ windowId: 'w1', version: 1, kind: 'repair', worker: 'Li', permit: 'P-12', note: '', coversGasDanger: false },
    scope: { sensorIds: ['dev-1/pressure'], deviceIds: [], assetIds: [], areas: [] },
    ...{ fromMs: 90_000, toMs: 10_000_000, endedAtMs: null },
    ...{ createdBy: 'emil', createdAtMs: 90_000, changedBy: 'emil', changedAtMs: 90_000 },
    ...over,
  };
}

describe('planned work', () => {
  it('suppresses what its sensors say, and announces what is left when it is ended', async () => {
    await start();
    await bench.plan(works());
    await bench.untilCaughtUp();
    await bench.read([1, 95_000, 182], [2, 95_000, 182]);
    const raised = await bench.untilAlarms(2);
    expect(raised.map(({ sensorId, state }) => `${sensorId} ${state}`)).toEqual([
      'dev-1/pressure suppressed',
      'dev-2/pressure unacknowledged',
    ]);
    expect(raised[0]!.holds).toMatchObject({ suppressedBy: 'maintenance.w1', active: true });
    await bench.plan(works({ version: 2, endedAtMs: 99_000, changedAtMs: 99_000 }));
    expect(steps(await bench.untilAlarms(3))[2]).toBe('unsuppress unacknowledged 99000');
  });

  it('suppresses at once what stands when it is told', async () => {
    await start();
    await bench.read([1, 80_000, 182]);
    await bench.untilAlarms(1);
    await bench.plan(works());
    expect(steps(await bench.untilAlarms(2))[1]).toBe('suppress suppressed 90000');
  });

  it('begins and ends by the clock, though nobody tells it', async () => {
    await start();
    await bench.read([1, 95_000, 182]);
    await bench.untilAlarms(1);
    await bench.plan(works({ fromMs: 120_000, toMs: 130_000 }));
    await bench.untilCaughtUp();
    bench.nowMs = 125_000;
    expect(steps(await bench.untilAlarms(2))[1]).toBe('suppress suppressed 120000');
    bench.nowMs = 140_000;
    expect(steps(await bench.untilAlarms(3))[2]).toBe('unsuppress unacknowledged 130000');
  });

  it.each([
    ['as it stopped', (_kept: string) => undefined],
    ['with a checkpoint from before the window', (kept: string) => copyFileSync(kept, bench.checkpointPath)],
  ])('is known after a restart, %s, and nothing is said twice', async (_, spoil) => {
    const kept = `${bench.folder}/kept.bin`;
    await start();
    await bench.read([2, 90_000, 300]);
    await bench.untilCaughtUp();
    await stop();
    copyFileSync(bench.checkpointPath, kept);
    await start();
    await bench.plan(works());
    await bench.read([1, 95_000, 182]);
    await bench.untilAlarms(1);
    await bench.untilCaughtUp();
    await stop();
    const before = await bench.alarms();
    spoil(kept);
    await start();
    await bench.read([1, 96_000, 90], [2, 96_000, 182]);
    const after = await bench.untilAlarms(3);
    await bench.untilCaughtUp();
    expect(after.slice(0, 1)).toEqual(before);
    expect(after.slice(1).map(({ sensorId, event, state }) => `${sensorId} ${event} ${state}`)).toEqual([
      'dev-1/pressure escalate suppressed',
      'dev-2/pressure raise unacknowledged',
    ]);
  });

  it('is taken from the records where the telling never reached the log, or the checkpoint is lost', async () => {
    await start();
    await bench.untilCaughtUp();
    await stop();
    rmSync(bench.checkpointPath);
    bench.windowsInRecords.push(works());
    await start();
    await bench.read([1, 95_000, 182]);
    expect(await bench.untilAlarms(1)).toMatchObject([{ event: 'raise', state: 'suppressed' }]);
    // Told at last: known already.
    await bench.plan(works());
    await bench.untilCaughtUp();
    expect(await bench.alarms()).toHaveLength(1);
  });
});

describe('an alarm that chatters', () => {
  it('is one line, also across a crash with an old checkpoint, until it was quiet', async () => {
    const kept = `${bench.folder}/kept.bin`;
    const [low, fine] = [182, 300];
    await start();
    await bench.read([1, 10_000, fine]);
    await bench.untilCaughtUp();
    await stop();
    copyFileSync(bench.checkpointPath, kept);
    await start();
    const readings = Array.from({ length: 12 }, (_, i) => [1, 20_000 + 3000 * i, i % 2 ? fine : low] as const);
    await bench.read(...readings);
    await bench.untilCaughtUp();
    const told = await bench.alarms();
    expect(told.map(({ event }) => event)).toEqual(['raise', 'clear', 'raise', 'clear', 'raise']);
    expect(told[4]!.chatter).toMatchObject({ times: 3 });
    await stop();
    copyFileSync(kept, bench.checkpointPath);
    await start();
    await bench.untilCaughtUp();
    await until(() => running!.health().ready);
    bench.nowMs = 1_000_000;
    const all = await bench.untilAlarms(6);
    expect(all.slice(0, 5)).toEqual(told);
    expect(all[5]).toMatchObject({ event: 'clear', state: 'returned-unacknowledged', atMs: 53_000 + 300_000 });
    expect(all[5]!.reason.en).toContain('came 6 times');
  });
});
