import type { Asset, Sensor } from '@lifeline/contracts';
import type { Finding } from '@lifeline/detection';
import {
  evidenceOf,
  FindingLife,
  FrameWatch,
  median,
  Regression,
  Spread,
  told,
  type Frame,
  type Judged,
} from '@lifeline/lifeline-kit';
import { LoadTests } from './load-tests.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const LEARN_EVERY_MS = 10 * MINUTE_MS;
const MEMORY = (7 * DAY_MS) / LEARN_EVERY_MS;
const READY = DAY_MS / LEARN_EVERY_MS;
const LOAD_HOLDS_MS = 30 * MINUTE_MS;
const AIR_HOLDS_MS = 2 * HOUR_MS;
/** A joint in its trench follows the load within minutes to an hour: both are offered to the regression. */
const SLOW_MS = HOUR_MS;
/** A joint hotter than its load explains by less is no finding, K [P]. */
const LEAST_K = 6;
/** The same where the other joints of the cable agree with their models, and it stays for hours. */
const LEAST_LASTING_K = 3;
const LASTING_DEVIATIONS = 6;
const LASTING_MS = 2 * HOUR_MS;
/** XLPE conductor, continuous [M]; the joint's skin is cooler. */
const HIGH_C = 70;
const HIGHEST_C = 90;
const WITH_AIR = 4;
const WITHOUT_AIR = 5;

export interface FeederSensors {
  readonly load: Sensor;
  readonly joints: readonly Sensor[];
  readonly air: readonly Sensor[];
}

interface Joint {
  readonly sensor: Sensor;
  readonly model: Regression;
  readonly spread: Spread;
  readonly life: FindingLife;
  /** Residual of the newest frame with enough learned, its time (0 where there was none), and what it alone has of it, smoothed over hours. */
  readonly left: Float64Array;
  residual: number;
  expected: number;
  bar: number;
}

/**
 * A feeder: its load (heavy, overload ahead), and each cable joint against what the load explains: T = b0 + b1 K² + b2 K²(slow) + b3 air,
 * since a resistance heats with the square of the current; the other joints of the cable say what the trench does.
 */
export class FeederWatch extends FrameWatch {
  private readonly held: Float64Array;
  private readonly joints: Joint[];
  private readonly load: LoadTests;
  private readonly x: Float64Array;
  private readonly withAir: boolean;

  constructor(
    watchId: string,
    private readonly asset: Asset,
    private readonly sensors: FeederSensors,
  ) {
    const coefficients = sensors.air.length > 0 ? WITH_AIR : WITHOUT_AIR;
    const perJoint = Regression.stateSize(coefficients) + Spread.STATE_SIZE + FindingLife.STATE_SIZE + 3;
    super(
      watchId,
      [sensors.load, ...sensors.joints, ...sensors.air].map(({ sensorNo }) => sensorNo),
      MINUTE_MS,
      7 + sensors.joints.length * perJoint + LoadTests.STATE_SIZE,
    );
    const { own } = this;
    this.withAir = sensors.air.length > 0;
    this.held = own.next(7);
    this.x = new Float64Array(coefficients);
    const prior = [
      { mean: 20, deviation: 15 },
      { mean: 20, deviation: 20 },
      { mean: 0, deviation: 20 },
      { mean: 0, deviation: 0.6 },
      { mean: 0, deviation: 3 },
    ].slice(0, coefficients);
    if (!this.withAir) prior[3] = { mean: 0, deviation: 3 };
    this.joints = sensors.joints.map((sensor, i) => ({
      sensor,
      model: new Regression(own.next(Regression.stateSize(coefficients)), { prior, noise: 1, memory: MEMORY }),
      spread: new Spread(own.next(Spread.STATE_SIZE), MEMORY, 0.5),
      life: new FindingLife(own.next(FindingLife.STATE_SIZE), {
        test: testOf(i),
        onDelayMs: [10 * MINUTE_MS, 5 * MINUTE_MS],
        offDelayMs: 30 * MINUTE_MS,
      }),
      left: own.next(3),
      residual: NaN,
      expected: NaN,
      bar: NaN,
    }));
    this.load = new LoadTests(own.next(LoadTests.STATE_SIZE), asset, sensors.load, { en: '', zh: '' });
  }

  protected closed(frame: Frame, out: Finding[]): void {
    const { held, joints, x } = this;
    const loadNow = frame.mean[0]!;
    if (Number.isFinite(loadNow)) {
      this.load.take(frame.startMs, loadNow, out);
      const square = (loadNow / 100) ** 2;
      const share = held[1] === 0 ? 1 : 1 - Math.exp(-(frame.endMs - held[1]!) / SLOW_MS);
      held[2]! += share * (square - held[2]!);
      held[0] = square;
      held[1] = frame.endMs;
    }
    const airNow = median([...frame.mean.subarray(1 + joints.length)].filter(Number.isFinite));
    if (Number.isFinite(airNow)) {
      held[3] = airNow;
      held[4] = frame.endMs;
    }
    if (held[1] === 0 || frame.endMs - held[1]! > LOAD_HOLDS_MS) return;
    if (this.withAir && (held[4] === 0 || frame.endMs - held[4]! > AIR_HOLDS_MS)) return;
    x[0] = 1;
    x[1] = held[0]!;
    x[2] = held[2]!;
    if (this.withAir) x[3] = held[3]!;
    else {
      const angle = (frame.endMs / DAY_MS) * 2 * Math.PI;
      x[3] = Math.sin(angle);
      x[4] = Math.cos(angle);
    }
    const learns = frame.endMs - held[5]! >= LEARN_EVERY_MS;
    if (learns) held[5] = frame.endMs;
    this.judgeJoints(frame, learns, out);
  }

  /** Of a joint: what load, air and ground leave of it. */
  unexplained(sensorNo: number, atMs: number): number {
    const left = this.joints.find(({ sensor }) => sensor.sensorNo === sensorNo)?.left;
    return left && left[1] !== 0 && atMs - left[1]! <= LOAD_HOLDS_MS ? left[0]! : NaN;
  }

  protected override accept(test: string): void {
    const { model, residual } = this.joints.find((_, i) => testOf(i) === test) ?? {};
    if (model && Number.isFinite(residual)) model.shift(0, residual!);
  }

  private judgeJoints(frame: Frame, learns: boolean, out: Finding[]): void {
    const { joints, x } = this;
    joints.forEach((joint, i) => {
      joint.expected = joint.model.predict(x);
      joint.residual = frame.mean[1 + i]! - joint.expected;
      joint.bar = Math.max(LEAST_K, 5 * Math.hypot(joint.spread.deviation, joint.model.doubt(x)));
    });
    joints.forEach((joint, i) => {
      const { residual, bar, model, spread, life } = joint;
      if (!Number.isFinite(residual)) return;
      const celsius = frame.mean[1 + i]!;
      if (model.count >= READY) {
        const others = median(
          joints.filter((other) => other !== joint && !(other.residual > other.bar)).map((o) => o.residual),
        );
        // What warms all joints of the cable alike is the ground, not a joint.
        const alone = residual - (Number.isFinite(others) ? Math.max(0, others) : 0);
        const lasting = this.smooth(joint, residual, Number.isFinite(others) ? alone : 0, frame.endMs);
        const deviation = Math.hypot(spread.deviation, model.doubt(x));
        const lastingBar = Math.max(LEAST_LASTING_K, LASTING_DEVIATIONS * deviation);
        let level = alone > bar || lasting > lastingBar ? 1 : 0;
        if (level > 0 && (alone > 2.5 * bar || celsius > HIGH_C)) level = celsius > HIGHEST_C ? 3 : 2;
        if (life.level > 0 && (alone > 0.6 * bar || lasting > 0.6 * lastingBar)) level = Math.max(level, 1);
        life.judge(level, frame.endMs, out, (reached) => this.describe(joint, reached, celsius));
      }
      if (!learns || life.suspects) return;
      const deviation = Math.hypot(spread.deviation, model.doubt(x));
      model.learn(x, model.count < READY ? celsius : joint.expected + clip(residual, 3 * deviation));
      if (model.count > 12) spread.learn(residual);
    });
  }

  private smooth({ left }: Joint, residual: number, alone: number, endMs: number): number {
    const share = left[1] === 0 ? 0 : 1 - Math.exp(-(endMs - left[1]!) / LASTING_MS);
    left[0] = residual;
    left[1] = endMs;
    left[2]! += share * (alone - left[2]!);
    return left[2]!;
  }

  private describe(joint: Joint, level: number, celsius: number): Judged {
    const { asset, sensors } = this;
    const { expected, residual, sensor } = joint;
    const deviation = joint.bar / 5;
    const load = Math.sqrt(this.held[0]!) * 100;
    const number = this.joints.indexOf(joint) + 1;
    const coolest = Math.min(...this.joints.filter((other) => other !== joint).map((o) => o.residual + o.expected));
    return {
      sensorNo: sensor.sensorNo,
      value: celsius,
      priority: level >= 3 ? 'red' : level === 2 ? 'orange' : 'yellow',
      reason: {
        en: `Cable joint ${number} of ${asset.name} is ${told(residual)} K hotter than its load of ${told(load)} % explains (${told(celsius)} instead of ${told(expected)} °C): its contact resistance is likely growing.`,
        zh: `${asset.nameZh}电缆接头${number}温度比负载率${told(load)}%应有值高${told(residual)} K(实测${told(celsius)} °C,应为${told(expected)} °C):接触电阻可能增大。`,
      },
      evidence: evidenceOf({
        test: testOf(number - 1),
        expected: { value: expected, low: expected - 3 * deviation, high: expected + 3 * deviation },
        residual: residual / deviation,
        carriers: [
          { sensorId: sensor.sensorId, share: 0.8, value: celsius, expected },
          { sensorId: sensors.load.sensorId, share: 0.2, value: load },
        ],
        confidence: this.joints.length > 1 ? 0.9 : 0.75,
        figures: [
          { name: { en: 'Over its load', zh: '高出负荷应有值' }, value: residual, unit: 'K' },
          { name: { en: 'Coolest other joint', zh: '其余最低接头温度' }, value: coolest, unit: 'Cel' },
        ],
      }),
    };
  }
}

function testOf(joint: number): string {
  return `joint-over-load-${joint + 1}`;
}

function clip(value: number, size: number): number {
  return Math.max(-size, Math.min(size, value));
}
