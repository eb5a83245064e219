import type { Asset, Sensor } from '@lifeline/contracts';
import type { AssetWatch, Finding } from '@lifeline/detection';
import {
  FindingSwitch,
  lineOf,
  locationOn,
  placeOnLine,
  priorityOf,
  StateBook,
  type Gravity,
} from '@lifeline/lifeline-kit';
import { findWaveFront } from '../physics/wave-front.js';
import { leakFromStartM, leakUncertaintyM, type WavePath } from '../physics/wave-location.js';

/** Samples of a point that are kept; over 4 s at 100 Hz, longer than a wave travels along any of these mains. */
const KEPT = 448;
/** Fast enough to time a front: 20 Hz. */
const FAST_MS = 50;
/** Samples after the first low one, so that the level after the front is seen. */
const SETTLE = 28;
/** Deviations of the noise, and kPa, by which a short mean must fall to be looked at [P]. */
const LOOK_DEVIATIONS = 5;
const LOOK_KPA = 0.05;
/** Both ends must fall by this, and within a factor of each other: a wave weakens, it does not vanish. */
const LEAST_DROP_KPA = 0.05;
const MOST_RATIO = 4;
/** A pair of fronts further apart than the pipe is long, and this, comes from outside. */
const MARGIN_S = 0.02;
/** The event stays open so long: a wave passes once [P]. */
const HELD_MS = 2 * 3_600_000;
/** Wave speed where no valve test gave one, m/s, and its uncertainty [P] (domain 1.5: natural gas 300 to 400). */
const UNTESTED = { waveSpeedMs: 380, share: 0.05 };
const TESTED_SHARE = 0.01;
/** Clocks of two points with satellite time, s, and the speed of the gas, which is not measured here, m/s [P]. */
const CLOCK_S = 0.001;
const FLOW_MS = 3;

const COUNT = 0;
const BASE = 1;
const NOISE2 = 2;
const LOW_COUNT = 3;
const LAST_MS = 4;
/** Front of the newest event: its time, uncertainty and height; time 0 where there is none. */
const FRONT_MS = 5;
const FRONT_ERROR = 6;
const FRONT_KPA = 7;
const TIMES = 8;
const VALUES = TIMES + KEPT;
const POINT_FIELDS = VALUES + KEPT;

interface Point {
  readonly sensor: Sensor;
  readonly alongM: number;
  readonly at: number;
}

/**
 * Hears the negative pressure wave of a sudden leak at both ends of a main and places it between them by the difference of
 * arrival. A wave from outside arrives a whole pipe's length apart, and is let pass.
 */
export class WaveWatch implements AssetWatch {
  readonly watchId: string;
  readonly sensorNos: readonly number[];
  readonly state: Float64Array;
  private readonly points: readonly [Point, Point];
  private readonly path: WavePath;
  private readonly waveSpeedShare: number;
  private readonly gate: FindingSwitch;
  private readonly times = new Float64Array(KEPT);
  private readonly values = new Float64Array(KEPT);

  /** @param sensors fast pressure on the pipe; the two furthest apart are used */
  constructor(
    private readonly pipe: Asset,
    sensors: readonly Sensor[],
  ) {
    const line = lineOf(pipe);
    const along = sensors
      .map((sensor) => ({ sensor, alongM: placeOnLine(line, [sensor.lon, sensor.lat]).alongM }))
      .sort((a, b) => a.alongM - b.alongM);
    const book = new StateBook();
    const [a, b] = [along[0]!, along[along.length - 1]!].map((point) => ({ ...point, at: book.take(POINT_FIELDS) }));
    this.points = [a!, b!];
    const gate = book.take(FindingSwitch.FIELDS);
    this.state = book.make();
    this.gate = new FindingSwitch(this.state, gate, { onDelayMs: 0, offDelayMs: 0 });
    this.watchId = `gas/pressure-wave/${pipe.assetId}`;
    this.sensorNos = [a!.sensor.sensorNo, b!.sensor.sensorNo];
    const tested = pipe.properties['waveSpeedMs'];
    const isTested = typeof tested === 'number' && tested > 0;
    this.waveSpeedShare = isTested ? TESTED_SHARE : UNTESTED.share;
    const waveSpeedMs = isTested ? tested : UNTESTED.waveSpeedMs;
    this.path = { lengthM: b!.alongM - a!.alongM, waveSpeedMs, flowMs: 0 };
  }

  take(sensorNo: number, atMs: number, value: number, out: Finding[]): void {
    const point = sensorNo === this.points[0].sensor.sensorNo ? this.points[0] : this.points[1];
    const { state } = this;
    const { at } = point;
    const apartMs = atMs - state[at + LAST_MS]!;
    if (apartMs <= 0) return;
    state[at + LAST_MS] = atMs;
    if (apartMs > FAST_MS) {
      // Slow samples cannot time a front: the fast record begins anew.
      state[at + COUNT] = state[at + LOW_COUNT] = 0;
    }
    const count = state[at + COUNT]!;
    state[at + TIMES + (count % KEPT)] = atMs;
    state[at + VALUES + (count % KEPT)] = value;
    state[at + COUNT] = count + 1;
    if (count === 0) {
      state[at + BASE] = value;
      state[at + NOISE2] = 0;
      return;
    }
    const off = value - state[at + BASE]!;
    const deviation = Math.sqrt(state[at + NOISE2]!);
    const low = count > 24 && off < -Math.max(LOOK_KPA / 2, LOOK_DEVIATIONS * 0.5 * deviation);
    if (low || state[at + LOW_COUNT]! > 0) {
      // The level before the fall is kept as it was until the fall is looked at.
      state[at + LOW_COUNT] = low || state[at + LOW_COUNT]! > 3 ? state[at + LOW_COUNT]! + 1 : 0;
      if (state[at + LOW_COUNT]! >= SETTLE) this.look(point, out);
      return;
    }
    const step = count < 50 ? 1 / (count + 1) : 0.02;
    state[at + BASE] = state[at + BASE]! + step * off;
    state[at + NOISE2] = (1 - step) * (state[at + NOISE2]! + step * off * off);
  }

  tick(nowMs: number, out: Finding[]): void {
    const { gate } = this;
    if (gate.open > 0 && nowMs - gate.atMs >= HELD_MS && gate.end(nowMs)) {
      out.push({
        ...{ rule: 'physics', test: 'pressure-wave', change: 'end', sensorNo: gate.carrier, priority: priorityOf(0) },
        ...{ atMs: gate.atMs, value: null, evidence: null },
        reason: {
          en: `No further pressure wave on ${this.pipe.name} for two hours`,
          zh: `${this.pipe.nameZh}两小时内未再出现负压波`,
        },
      });
    }
  }

  private look(point: Point, out: Finding[]): void {
    const { state } = this;
    const { at } = point;
    state[at + LOW_COUNT] = 0;
    const count = state[at + COUNT]!;
    const kept = Math.min(count, KEPT);
    for (let i = 0; i < kept; i++) {
      const from = (count - kept + i) % KEPT;
      this.times[i] = state[at + TIMES + from]! - state[at + LAST_MS]!;
      this.values[i] = state[at + VALUES + from]!;
    }
    const front = findWaveFront(this.times.subarray(0, kept), this.values.subarray(0, kept));
    // The level of now is the base of what comes next.
    state[at + BASE] = this.values[kept - 1]!;
    if (!front || front.drop < LEAST_DROP_KPA) return;
    const frontMs = state[at + LAST_MS]! + front.atMs;
    // The same front, looked at again from a little later.
    if (Math.abs(frontMs - state[at + FRONT_MS]!) < 200) return;
    state[at + FRONT_MS] = frontMs;
    state[at + FRONT_ERROR] = front.uncertaintyMs;
    state[at + FRONT_KPA] = front.drop;
    this.pair(out);
  }

  private pair(out: Finding[]): void {
    const { state, path, gate } = this;
    const [a, b] = this.points;
    const [aMs, bMs] = [state[a.at + FRONT_MS]!, state[b.at + FRONT_MS]!];
    const [aKpa, bKpa] = [state[a.at + FRONT_KPA]!, state[b.at + FRONT_KPA]!];
    if (aMs === 0 || bMs === 0 || path.lengthM <= 0) return;
    const delayS = (aMs - bMs) / 1000;
    const travelS = path.lengthM / path.waveSpeedMs;
    if (Math.abs(delayS) > travelS - MARGIN_S) return;
    if (Math.max(aKpa, bKpa) > MOST_RATIO * Math.min(aKpa, bKpa)) return;
    state[a.at + FRONT_MS] = state[b.at + FRONT_MS] = 0;
    const fromA = leakFromStartM(path, delayS);
    const arrivalS = Math.hypot(state[a.at + FRONT_ERROR]!, state[b.at + FRONT_ERROR]!) / 1000;
    const uncertaintyM = leakUncertaintyM(path, delayS, {
      ...{ clockS: CLOCK_S, arrivalS, flowMs: FLOW_MS },
      waveSpeedShare: this.waveSpeedShare,
    });
    // Both fronts are known only now, up to a second after the first.
    const foundMs = Math.max(state[a.at + LAST_MS]!, state[b.at + LAST_MS]!);
    const near = fromA < path.lengthM / 2 ? a : b;
    const gravity: Gravity = Math.max(aKpa, bKpa) >= 1 ? 4 : 3;
    if (gate.open > 0 && gravity <= gate.open) return;
    const move = gate.judge(gravity, foundMs, near.sensor.sensorNo);
    if (!move) return;
    out.push(this.finding(move, fromA, uncertaintyM, delayS));
  }

  private finding(change: 'begin' | 'worsen' | 'end', fromA: number, uncertaintyM: number, delayS: number): Finding {
    const { state, pipe, gate } = this;
    const [a, b] = this.points;
    const [aKpa, bKpa] = [state[a.at + FRONT_KPA]!, state[b.at + FRONT_KPA]!];
    const alongM = a.alongM + fromA;
    const around = Math.max(1, Math.round(2 * uncertaintyM));
    const carrier = gate.carrier === a.sensor.sensorNo ? a : b;
    const other = carrier === a ? b : a;
    const dropOf = (point: Point): number => state[point.at + FRONT_KPA]!;
    const valueOf = ({ at }: Point): number => state[at + VALUES + ((state[at + COUNT]! - 1) % KEPT)]!;
    const shareOf = (point: Point): number => dropOf(point) / (aKpa + bKpa);
    const before = valueOf(carrier) + dropOf(carrier);
    const deviation = Math.max(0.002, Math.sqrt(state[carrier.at + NOISE2]!));
    return {
      ...{ rule: 'physics', test: 'pressure-wave', change, sensorNo: gate.carrier, priority: priorityOf(gate.open) },
      ...{ atMs: gate.atMs, value: valueOf(carrier) },
      reason: {
        en: `A pressure wave of ${Math.max(aKpa, bKpa).toFixed(1)} kPa ran through ${pipe.name}: a sudden leak ${Math.round(alongM)} m from its start, give or take ${around} m`,
        zh: `${pipe.nameZh}出现${Math.max(aKpa, bKpa).toFixed(1)} kPa负压波:距起点约${Math.round(alongM)} m(±${around} m)处突发泄漏`,
      },
      evidence: {
        test: 'pressure-wave',
        expected: { value: before, low: before - 3 * deviation, high: before + 3 * deviation },
        residual: -dropOf(carrier) / deviation,
        carriers: [carrier, other].map((point) => ({
          ...{ sensorId: point.sensor.sensorId, share: shareOf(point), value: valueOf(point) },
          expected: valueOf(point) + dropOf(point),
        })),
        confidence: 0.9,
        location: locationOn(pipe, alongM, 2 * uncertaintyM),
        figures: [
          {
            name: { en: 'arrival at the first point after the second', zh: '首端较末端晚到' },
            value: delayS * 1000,
            unit: 'ms',
          },
          { name: { en: 'fall at the first point', zh: '首端压降' }, value: aKpa, unit: 'kPa' },
          { name: { en: 'fall at the second point', zh: '末端压降' }, value: bKpa, unit: 'kPa' },
          { name: { en: 'wave speed', zh: '波速' }, value: this.path.waveSpeedMs, unit: 'm/s' },
        ],
      },
    };
  }
}
