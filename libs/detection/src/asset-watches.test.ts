import type { Condition } from '@lifeline/alarms';
import type { AssetWatch, Finding } from './asset-watch.js';
import { AssetWatches } from './asset-watches.js';
import { createDetectionEngine } from './detection-engine.js';
import { blockOf, sensorWith } from './testing/builders.js';
import { SENSORS } from './testing/scripted-bench.js';
import { CUE, scriptedWatch } from './testing/scripted-watch.js';

/** Notes what it takes, by number or by place, and throws at 13. */
function noting(watchId: string, sensorNos: readonly number[], byPlace: boolean, notes: string[]): AssetWatch {
  const note = (what: string, value: number) => {
    if (value === CUE.fault) throw new Error('as asked');
    notes.push(`${watchId} ${what} ${value}`);
  };
  return {
    ...{ watchId, sensorNos, state: new Float64Array(1), tick: () => undefined },
    take: (sensorNo, _atMs, value) => note(`no ${sensorNo}`, value),
    ...(byPlace ? { takeAt: (place: number, _atMs: number, value: number) => note(`place ${place}`, value) } : {}),
  };
}

function made(...watches: readonly AssetWatch[]): AssetWatches {
  const all = new AssetWatches([() => [...watches]], {
    ...{ say: () => undefined, found: (_id: string, _finding: Finding) => undefined, setAside: () => undefined },
  });
  all.rebuild('gas', [], []);
  return all;
}

describe('the watches of assets', () => {
  it('hear the readings of their sensors, by place where they can, in the order in which they were made', () => {
    const notes: string[] = [];
    const all = made(
      noting('a', [7, 9], true, notes),
      noting('b', [9, 3, 9], true, notes),
      noting('c', [9], false, notes),
    );
    all.take(9, 0, 1);
    all.take(7, 0, 2);
    all.take(3, 0, 3);
    all.take(8, 0, 4);
    expect(notes).toEqual(['a place 1 1', 'b place 2 1', 'c no 9 1', 'a place 0 2', 'b place 1 3']);
    expect([7, 8, 9].map((no) => all.isWatched(no))).toEqual([true, false, true]);
  });

  it('go on when one of them fails, also for the reading at which it did', () => {
    const notes: string[] = [];
    const lenient = { ...noting('c', [9], false, notes), take: () => void notes.push('c heard') };
    const all = made(noting('a', [9, 4], true, notes), lenient);
    all.take(9, 0, CUE.fault);
    all.take(9, 0, 1);
    expect(notes).toEqual(['c heard', 'c heard']);
    expect([all.faults, all.size, all.isWatched(4)]).toEqual([1, 1, false]);
  });
});

describe('what a person says of a finding', () => {
  it('is told to the watch that found it, with its test; one that fails over it is set aside', () => {
    const heard: string[] = [];
    const watch: AssetWatch = {
      ...scriptedWatch({ watchId: 'a', cueNo: 2, leadNo: 1 }),
      feedback: (verdict, test, atMs) => {
        heard.push(`${verdict} ${test} ${atMs}`);
        if (verdict === 'false-alarm') throw new Error('as asked');
      },
    };
    const said: string[] = [];
    const engine = createDetectionEngine({ plans: [() => [watch]], say: (line) => said.push(line) });
    for (const sensor of SENSORS.slice(0, 2)) engine.putSensor(sensor);
    engine.feed(blockOf([{ sensorNo: 2, tMs: 1000, value: CUE.yellow }], 1000), []);
    engine.feedback({ sensorNo: 2, rule: 'physics', verdict: 'new-normal', atMs: 1500 }, []);
    engine.feedback({ sensorNo: 1, rule: 'group', verdict: 'new-normal', atMs: 1500 }, []);
    expect(heard).toEqual([]);
    engine.feedback({ sensorNo: 1, rule: 'physics', verdict: 'new-normal', atMs: 2000 }, []);
    engine.feed(blockOf([{ sensorNo: 2, tMs: 3000, value: CUE.orange }], 3000), []);
    engine.feedback({ sensorNo: 1, rule: 'physics', verdict: 'false-alarm', atMs: 4000 }, []);
    expect(heard).toEqual(['new-normal scripted 2000', 'false-alarm scripted 4000']);
    expect(said).toEqual([expect.stringContaining('The watch a failed')]);
    expect(engine.figures.setAside).toBe(1);
  });

  it('explain a deviation of which a model leaves less than half, and set aside a watch that throws when asked', () => {
    const leaving = (watchId: string, left: () => number): AssetWatch => ({
      ...noting(watchId, [7], false, []),
      unexplained: left,
    });
    const all = made(
      leaving('a', () => NaN),
      leaving('b', () => {
        throw new Error('as asked');
      }),
      leaving('c', () => -3),
    );
    expect(all.explains(7, 0, 10, 1)).toBe(true);
    expect(all.faults).toBe(1);
    expect(all.explains(7, 0, 5, 1)).toBe(false);
    expect(all.explains(8, 0, 10, 1)).toBe(false);
  });

  it('keep the statistical rule quiet of what they explain, and of nothing else', () => {
    const oil = { type: 'T_OIL', unit: 'Cel', intervalS: 60, assetId: 'x' } as const;
    const [known, unknown] = [sensorWith({ sensorNo: 1, ...oil }), sensorWith({ sensorNo: 2, ...oil })];
    const model: AssetWatch = { ...noting('model', [1], false, []), take: () => undefined, unexplained: () => 1 };
    const engine = createDetectionEngine({ plans: [() => [model]] });
    for (const sensor of [known, unknown]) engine.putSensor(sensor);
    const out: Condition[] = [];
    for (let minute = 0; minute < 600; minute++) {
      const value = (minute < 400 ? 50 : 80) + (minute % 5) * 0.1;
      const tMs = minute * 60_000;
      const both = [1, 2].map((sensorNo) => ({ sensorNo, tMs, value }));
      engine.feed(blockOf(both, tMs), out);
    }
    const told = out.filter(({ rule, change }) => rule === 'statistical' && change === 'begin');
    expect(told.map(({ sensorNo }) => sensorNo)).toEqual([2]);
  });
});
