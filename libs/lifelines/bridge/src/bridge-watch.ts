import type { Asset, Sensor } from '@lifeline/contracts';
import type { Finding } from '@lifeline/detection';
import { FrameWatch, type Frame } from '@lifeline/lifeline-kit';
import { KINDS } from './compensated-channel.js';
import { FastTests, type FastChannels, type Placed } from './fast-tests.js';
import { SlowTests, type SlowChannels } from './slow-tests.js';

const LEAST_FRAME_MS = 10_000;
/** Frames longer than this would blur a crossing. */
const LONGEST_FRAME_MS = 120_000;

/** One bridge with all its gauges: what happens within seconds, and what temperature and traffic do not explain over days. */
export class BridgeWatch extends FrameWatch {
  private readonly fast: FastTests;
  private readonly slow: SlowTests;

  constructor(watchId: string, asset: Asset, sensors: readonly Sensor[]) {
    const placed = sensors.map((sensor, place) => ({ sensor, place }));
    const ofTypes = (...types: readonly string[]): Placed[] =>
      placed.filter(({ sensor }) => types.includes(sensor.type ?? ''));
    const fast: FastChannels = {
      support: ofTypes('STRN', 'TILT', 'BRGD'),
      shaking: ofTypes('ACCL'),
      weighing: ofTypes('GVW'),
      felt: ofTypes('STRN', 'DEFL', 'ACCL'),
    };
    const slow: SlowChannels = {
      compensated: ofTypes(...Object.keys(KINDS)),
      thermometers: ofTypes('T_STR'),
      shaking: fast.shaking,
    };
    // The frame holds a reading of each quick gauge.
    const slowestS = Math.max(0, ...fast.felt.map(({ sensor }) => sensor.intervalS));
    const frameMs = Math.min(LONGEST_FRAME_MS, Math.max(LEAST_FRAME_MS, slowestS * 1000));
    super(
      watchId,
      sensors.map(({ sensorNo }) => sensorNo),
      frameMs,
      FastTests.stateSize(fast) + SlowTests.stateSize(slow),
    );
    const { own } = this;
    this.fast = new FastTests(own.next(FastTests.stateSize(fast)), asset, fast, frameMs, (place, size) =>
      this.slow.shift(place, size),
    );
    this.slow = new SlowTests(own.next(SlowTests.stateSize(slow)), asset, slow);
  }

  unexplained(sensorNo: number, atMs: number, overMs: number): number {
    return this.slow.unexplained(this.sensorNos.lastIndexOf(sensorNo), atMs, overMs);
  }

  protected closed(frame: Frame, out: Finding[]): void {
    this.fast.take(frame, out);
    const quiet = this.fast.settlement.level > 0 || this.fast.strike.level > 0;
    this.slow.take(frame.startMs, frame.mean, quiet, out);
  }
}
