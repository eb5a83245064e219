import type { AssetWatch, Finding } from './asset-watch.js';
import { AssetWatches } from './asset-watches.js';
import { createDetectionEngine } from './detection-engine.js';
import { blockOf } from './testing/builders.js';
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
});
