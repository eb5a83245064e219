import type { Asset, Sensor } from '@lifeline/contracts';
import type { Finding } from '@lifeline/detection';
import { evidenceOf, FindingLife, localTime, Spread, told, type Frame, type Judged } from '@lifeline/lifeline-kit';
import { LastingStep, STRAIN_STEPS, type LastingChange, type LastingStepOptions } from './lasting-step.js';
import { overloaded, type FastChannels, type Placed } from './vehicle-sentences.js';
import { vehicleLevel } from './vehicle-limits.js';

export type { FastChannels, Placed } from './vehicle-sentences.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Steps of support channels by type: what the instrument tells apart, times two to four [P]. */
const STEPS: Readonly<Record<string, LastingStepOptions>> = {
  STRN: { ...STRAIN_STEPS, least: 5, learnMs: 5 * MINUTE_MS },
  TILT: { ...STRAIN_STEPS, least: 0.02, learnMs: 5 * MINUTE_MS },
  BRGD: { ...STRAIN_STEPS, least: 2, learnMs: 5 * MINUTE_MS },
};
/** A step that most of which came back is no settlement. */
const CAME_BACK = 0.6;
/** Vibration that is a blow: over the second grade (0.5 m/s2) and six times the usual peak [P]. */
const BLOW_MS2 = 0.5;
const BLOW_TIMES = 6;
const BLOW_LOOKS_MS = 5 * MINUTE_MS;
const BLOW_SETTLES_MS = MINUTE_MS;
/** A vehicle of so much may shake the deck like that, t. */
const SHAKING_T = 40;
/** Weighing in motion errs by this [catalogue]. */
const WEIGHING_ERROR = 0.05;

const PER_SUPPORT = LastingStep.STATE_SIZE + 3;
const PER_FELT = 1 + Spread.STATE_SIZE;

/** The tests of seconds and minutes: support settlement, ship strike, overloaded vehicles. */
export class FastTests {
  readonly settlement: FindingLife;
  readonly strike: FindingLife;
  private readonly vehicle: FindingLife;
  private readonly steps: LastingStep[];
  /** A support channel: time + 1 and size of its last step, level before the last blow. */
  private readonly of: Float64Array[];
  private readonly usualHigh: Float64Array[];
  private readonly usualSpread: Spread[];
  /** Blow at + 1, whether it stayed, its peak; vehicle at + 1, its weight, who felt it; newest heavy vehicle + 1; crossings. */
  private readonly held: Float64Array;

  static stateSize({ support, felt }: FastChannels): number {
    return 3 * FindingLife.STATE_SIZE + 8 + support.length * PER_SUPPORT + felt.length * PER_FELT;
  }

  constructor(
    state: Float64Array,
    private readonly asset: Asset,
    private readonly channels: FastChannels,
    frameMs: number,
    /** Told of each settled step, so that the compensation goes on from the new level. */
    private readonly onStep: (place: number, size: number) => void,
  ) {
    let at = 0;
    const next = (size: number): Float64Array => state.subarray(at, (at += size));
    const life = (test: string, offDelayMs: number): FindingLife =>
      new FindingLife(next(FindingLife.STATE_SIZE), { test, onDelayMs: [0], offDelayMs });
    this.settlement = life('support-settlement', HOUR_MS);
    this.strike = life('ship-strike', HOUR_MS);
    this.vehicle = life('overloaded-vehicle', Math.max(5 * MINUTE_MS, 3 * frameMs));
    this.held = next(8);
    this.steps = channels.support.map(
      ({ sensor }) => new LastingStep(next(LastingStep.STATE_SIZE), STEPS[sensor.type!]!),
    );
    this.of = channels.support.map(() => next(3));
    this.usualHigh = channels.felt.map(() => next(1));
    this.usualSpread = channels.felt.map(({ sensor }) => {
      return new Spread(next(Spread.STATE_SIZE), 360, sensor.type === 'ACCL' ? 0.01 : 0.5);
    });
  }

  /** Judges one short frame. */
  take(frame: Frame, out: Finding[]): void {
    this.judgeVehicle(frame, out);
    this.judgeBlow(frame, out);
    this.judgeSettlement(frame, out);
    this.learnUsual(frame);
  }

  private judgeSettlement(frame: Frame, out: Finding[]): void {
    const { channels, steps, of, settlement } = this;
    channels.support.forEach(({ place }, i) => {
      const change = steps[i]!.take(frame.endMs, frame.mean[place]!);
      if (!change) return;
      const before = of[i]![1]!;
      const back = of[i]![0] !== 0 && before * change.size < 0 && Math.abs(change.size) > CAME_BACK * Math.abs(before);
      this.note(i, change, back);
      if (settlement.level > 0 || this.strike.level > 0) this.onStep(place, change.size);
    });
    let level = 0;
    let moved = 0;
    channels.support.forEach(({ sensor }, i) => {
      const [since, size] = of[i]!;
      if (since === 0 || frame.endMs - since! > DAY_MS) return;
      moved++;
      if (sensor.type !== 'BRGD') level = Math.max(level, this.gravity(sensor, Math.abs(size!)));
    });
    // A second channel that agrees makes it sure; a bearing alone has only slipped.
    if (level === 1 && moved > 1) level = 2;
    if (this.strike.level > 0) level = settlement.level;
    settlement.judge(level, frame.endMs, out, (reached) => this.describeSettlement(reached, frame));
  }

  private note(i: number, change: LastingChange, back: boolean): void {
    const own = this.of[i]!;
    if (back) own.fill(0, 0, 2);
    else {
      own[1] = (own[0] !== 0 && change.atMs - own[0]! < DAY_MS ? own[1]! : 0) + change.size;
      own[0] = change.atMs + 1;
    }
  }

  private gravity(sensor: Sensor, size: number): number {
    if (sensor.type === 'TILT') return size >= 0.2 ? 3 : size >= 0.1 ? 2 : 1;
    const design = Number(this.asset.properties['designStrain'] ?? 180);
    return size >= design ? 3 : size >= 0.5 * design ? 2 : 1;
  }

  private describeSettlement(level: number, frame: Frame): Judged {
    const { asset, channels, of, steps } = this;
    const moved = channels.support
      .map(({ sensor, place }, i) => ({ sensor, place, i, size: of[i]![1]!, since: of[i]![0]! }))
      .filter(({ since }) => since !== 0)
      .map((one) => ({ ...one, weight: Math.abs(one.size) / steps[one.i]!.threshold }))
      .sort((a, b) => Number(a.sensor.type === 'BRGD') - Number(b.sensor.type === 'BRGD') || b.weight - a.weight);
    const main = moved[0]!;
    const value = frame.mean[main.place]!;
    const decimals = main.sensor.type === 'TILT' ? 2 : 0;
    const unit = main.sensor.type === 'TILT' ? '°' : ' µm/m';
    const others =
      moved.length > 1
        ? { en: `, ${moved.length} channels agree`, zh: `,${moved.length}个测点一致` }
        : { en: '', zh: '' };
    return {
      sensorNo: main.sensor.sensorNo,
      value,
      priority: level >= 3 ? 'red' : level === 2 ? 'orange' : 'yellow',
      reason: {
        en: `${main.sensor.name} changed by ${told(main.size, decimals)}${unit} and stayed${others.en}: a support of ${asset.name} has likely settled, since no vehicle stands so long and temperature does not step.`,
        zh: `${main.sensor.name}阶跃${told(main.size, decimals)}${unit}后未恢复${others.zh}:${asset.nameZh}支座可能沉降(车辆停留与温度均不能解释)。`,
      },
      evidence: evidenceOf({
        test: 'support-settlement',
        expected: {
          value: value - main.size,
          low: value - main.size - steps[main.i]!.threshold,
          high: value - main.size + steps[main.i]!.threshold,
        },
        residual: (6 * main.size) / steps[main.i]!.threshold,
        carriers: moved.map(({ sensor, place, size, weight }) => ({
          sensorId: sensor.sensorId,
          share: weight,
          value: frame.mean[place]!,
          expected: frame.mean[place]! - size,
        })),
        confidence: moved.length > 1 ? 0.9 : 0.7,
        figures: moved.slice(0, 6).map(({ sensor, size }) => ({
          name: { en: `Step of ${sensor.channel}`, zh: `${sensor.channel}阶跃` },
          value: size,
          unit: sensor.unit,
        })),
      }),
    };
  }

  private judgeBlow(frame: Frame, out: Finding[]): void {
    const { channels, held, steps, of, strike } = this;
    const heavyNow = channels.weighing.some(({ place }) => frame.high[place]! >= SHAKING_T);
    if (heavyNow) held[6] = frame.endMs + 1;
    const shaken = channels.shaking.filter(({ place }) => {
      const felt = channels.felt.findIndex((one) => one.place === place);
      return frame.high[place]! > Math.max(BLOW_MS2, BLOW_TIMES * (this.usualHigh[felt]?.[0] ?? 0));
    });
    const vehicle = held[6] !== 0 && frame.endMs - held[6]! < MINUTE_MS;
    // Two that feel it: one alone was knocked, or is broken.
    const blow = shaken.length >= Math.min(2, channels.shaking.length) && shaken.length > 0 && !vehicle;
    if (blow && (held[0] === 0 || frame.endMs - held[0]! > BLOW_LOOKS_MS)) {
      held[0] = frame.endMs + 1;
      held[1] = 0;
      held[2] = Math.max(...shaken.map(({ place }) => frame.high[place]!));
      steps.forEach((step, i) => (of[i]![2] = step.level));
    }
    const since = held[0] === 0 ? Infinity : frame.endMs + 1 - held[0]!;
    if (since >= BLOW_SETTLES_MS && since <= BLOW_LOOKS_MS && this.shifted(frame).length > 0) held[1] = 1;
    const level = since > DAY_MS ? 0 : held[1] === 1 ? 3 : since <= 2 * BLOW_LOOKS_MS ? 2 : 0;
    strike.judge(level, frame.endMs, out, (reached) => this.describeBlow(reached, frame));
  }

  /** Tilts and bearings that are not where they were before the blow. */
  private shifted(frame: Frame): (Placed & { readonly size: number })[] {
    return this.channels.support.flatMap((one, i) => {
      const size = frame.mean[one.place]! - this.of[i]![2]!;
      const counts = one.sensor.type !== 'STRN' && Math.abs(size) > this.steps[i]!.threshold;
      return counts ? [{ ...one, size }] : [];
    });
  }

  private describeBlow(level: number, frame: Frame): Judged {
    const { asset, channels, held } = this;
    const main = channels.shaking.reduce((a, b) => (frame.high[b.place]! > frame.high[a.place]! ? b : a));
    const moved = this.shifted(frame);
    const what = moved[0];
    const at = localTime(held[0]!);
    const peak = held[2]!;
    return {
      sensorNo: main.sensor.sensorNo,
      value: frame.high[main.place]!,
      priority: level >= 3 ? 'red' : 'orange',
      reason:
        level >= 3 && what
          ? {
              en: `${asset.name} took a blow of ${told(peak, 1)} m/s² at ${at} and ${what.sensor.name} has stayed ${told(Math.abs(what.size), what.sensor.type === 'TILT' ? 2 : 0)} ${what.sensor.unit} off since: a ship has likely struck a pier, close the bridge.`,
              zh: `${asset.nameZh}于${at}受到${told(peak, 1)} m/s²冲击,${what.sensor.name}此后偏移${told(Math.abs(what.size), what.sensor.type === 'TILT' ? 2 : 0)} ${what.sensor.unit}未恢复:疑似船舶撞击桥墩,请封闭交通。`,
            }
          : {
              en: `${asset.name} took a blow of ${told(peak, 1)} m/s² at ${at} without a heavy vehicle on it: something may have struck it, look at the piers.`,
              zh: `${asset.nameZh}于${at}受到${told(peak, 1)} m/s²冲击,当时无重车通过:可能受到撞击,请查看桥墩。`,
            },
      evidence: evidenceOf({
        test: 'ship-strike',
        expected: { value: 0, low: 0, high: BLOW_MS2 },
        carriers: [
          ...channels.shaking.map(({ sensor, place }) => ({
            sensorId: sensor.sensorId,
            share: 1,
            value: frame.high[place]!,
          })),
          ...moved.map(({ sensor, place, size }) => ({
            sensorId: sensor.sensorId,
            share: 1,
            value: frame.mean[place]!,
            expected: frame.mean[place]! - size,
          })),
        ],
        confidence: level >= 3 ? 0.9 : 0.6,
        figures: [{ name: { en: 'Peak', zh: '峰值' }, value: peak, unit: 'm/s2' }],
      }),
    };
  }

  private judgeVehicle(frame: Frame, out: Finding[]): void {
    const { channels, held, asset } = this;
    const limitT = Number(asset.properties['postedLimitT'] ?? 49);
    let weightT = 0;
    for (const { place } of channels.weighing) weightT = Math.max(weightT, frame.high[place]! || 0);
    const sure = weightT * (1 - WEIGHING_ERROR);
    if (vehicleLevel(sure, limitT) > 0 && (held[3] === 0 || weightT > held[4]! || frame.endMs - held[3]! > MINUTE_MS)) {
      if (held[3] === 0 || frame.endMs - held[3]! > MINUTE_MS) held[5] = 0;
      held[3] = frame.endMs + 1;
      held[4] = weightT;
    }
    // The vehicle weighed just before, now or next to now is the one that is felt.
    const near = held[3] !== 0 && frame.endMs - held[3]! <= 2 * (frame.endMs - frame.startMs);
    if (near) held[5] = Math.max(held[5]!, this.feltBy(frame));
    const confirmed = near && held[5]! >= Math.min(2, channels.felt.length);
    const level = confirmed ? vehicleLevel(held[4]! * (1 - WEIGHING_ERROR), limitT) : 0;
    this.vehicle.judge(level, frame.endMs, out, (reached) =>
      overloaded(this.asset, this.channels, {
        level: reached,
        frame: frame,
        limitT: limitT,
        weightT: this.held[4]!,
        feltBy: this.held[5]!,
      }),
    );
  }

  private feltBy(frame: Frame): number {
    let count = 0;
    this.channels.felt.forEach(({ place }, i) => {
      const away = frame.high[place]! - this.usualHigh[i]![0]!;
      if (away > 3 * this.usualSpread[i]!.deviation) count++;
    });
    return count;
  }

  private learnUsual(frame: Frame): void {
    this.channels.felt.forEach(({ place }, i) => {
      const high = frame.high[place]!;
      if (!Number.isFinite(high)) return;
      const spread = this.usualSpread[i]!;
      const own = this.usualHigh[i]!;
      if (spread.count === 0) own[0] = high;
      const away = high - own[0]!;
      spread.learn(away);
      const bound = 4 * spread.deviation;
      own[0]! += Math.max(-bound, Math.min(bound, away)) / Math.min(spread.count, 180);
    });
  }
}
