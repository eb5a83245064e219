import { CheckpointFormatError } from './checkpoint.js';
import { createDetectionEngine } from './detection-engine.js';
import { Bench, SENSORS } from './testing/scripted-bench.js';
import { CUE, scriptedWatch } from './testing/scripted-watch.js';

describe('a checkpoint', () => {
  it('that is of another version, cut short or broken is refused, and the engine stays as it was', () => {
    const bench = new Bench().cue(2, 1000, CUE.yellow);
    const saved = bench.engine.checkpoint().slice();
    const wrongVersion = saved.slice();
    wrongVersion[7] = 1;
    for (const broken of [new Uint8Array(), saved.slice(0, 13), wrongVersion, saved.slice(0, saved.length - 8)])
      expect(() => bench.engine.restore(broken)).toThrow(CheckpointFormatError);
    expect(bench.engine.checkpoint()).toEqual(saved);
  });

  it('is read wherever it lies in memory', () => {
    const saved = new Bench().cue(2, 1000, CUE.yellow).engine.checkpoint().slice();
    const bench = new Bench();
    bench.engine.restore(Buffer.concat([Buffer.alloc(3), saved]).subarray(3));
    expect(bench.engine.checkpoint()).toEqual(saved);
  });

  it('keeps the state of each watch', () => {
    const watch = scriptedWatch({ watchId: 'a', cueNo: 2, leadNo: 1, stateLength: 3 });
    const plan = () => [watch];
    const engine = createDetectionEngine({ plans: [plan] });
    engine.putSensor(SENSORS[1]!);
    engine.tick(0, []);
    watch.state.set([1, NaN, -0.5]);
    const saved = engine.checkpoint().slice();
    watch.state.fill(7);
    engine.restore(saved);
    expect([...watch.state]).toEqual([1, NaN, -0.5]);
  });
});
