import type { Asset, Sensor } from '@lifeline/contracts';
import type { Finding } from '@lifeline/detection';
import { evidenceOf, FindingLife, Spread, told, type Judged } from '@lifeline/lifeline-kit';
import { CompensatedChannel, WINDOW_MS } from './compensated-channel.js';
import type { Placed } from './fast-tests.js';
import { MovingBearing } from './moving-bearing.js';
import { accusesThermometer, thermometerError } from './thermometer-check.js';
import { TrafficResponse } from './traffic-response.js';

const HOUR_MS = 3_600_000;
/** The mass of a bridge follows its skin in about this time; the regression weighs it against the reading itself. */
const SLOW_MS = 3 * HOUR_MS;
/** A thermometer that is off by less, or explains less, is not accused [P]. */
const THERMOMETER_K = 3;
const THERMOMETER_EXPLAINS = 0.8;
/** From this on it is suspected, and what it explains is not laid to the bridge. */
const SUSPECT_K = 1.5;
const SUSPECT_EXPLAINS = 0.7;
/** A bearing is judged when this much movement was to be expected, mm, and follows by less than this share [P]. */
const JAM_LEAST_MM = 1;
const JAM_FOLLOWS = 0.35;
/** Answer to traffic that grew or fell by this share is a change of stiffness [P]. */
const RESPONSE_SHARE = [0.12, 0.25, 0.5] as const;
const RESPONSE_READY = 24;
/** Deck vibration must vary by this for its answer to be judged, m/s2. */
const LEAST_VIBRATION = 0.004;

export interface SlowChannels {
  readonly compensated: readonly Placed[];
  readonly thermometers: readonly Placed[];
  readonly shaking: readonly Placed[];
}

interface Bearing {
  readonly channel: CompensatedChannel;
  readonly moving: MovingBearing;
  readonly life: FindingLife;
}

interface Answer {
  readonly sensor: Sensor;
  readonly place: number;
  readonly response: TrafficResponse;
  /** Usual slope, slopes learned. */
  readonly usual: Float64Array;
  readonly spread: Spread;
  readonly life: FindingLife;
}

const PER_BEARING = MovingBearing.STATE_SIZE + FindingLife.STATE_SIZE;
const PER_ANSWER = TrafficResponse.STATE_SIZE + 2 + Spread.STATE_SIZE + FindingLife.STATE_SIZE;

/** The tests of hours and days: everything against temperature and traffic, in windows of ten minutes. */
export class SlowTests {
  readonly channels: CompensatedChannel[];
  private readonly bearings: Bearing[];
  private readonly answers: Answer[];
  private readonly thermometer: FindingLife;
  /** Window being filled + 1; sums and counts of temperature and vibration; slow temperature, its time + 1, newest temperature. */
  private readonly window: Float64Array;
  private readonly x = new Float64Array(4);

  static stateSize({ compensated }: SlowChannels): number {
    const bearings = compensated.filter(({ sensor }) => sensor.type === 'BRGD').length;
    const answers = compensated.filter(({ sensor }) => sensor.type === 'DEFL').length;
    return (
      8 +
      FindingLife.STATE_SIZE +
      compensated.length * CompensatedChannel.STATE_SIZE +
      bearings * PER_BEARING +
      answers * PER_ANSWER
    );
  }

  constructor(
    state: Float64Array,
    private readonly asset: Asset,
    private readonly of: SlowChannels,
  ) {
    let at = 0;
    const next = (size: number): Float64Array => state.subarray(at, (at += size));
    const life = (test: string, onWindows: number): FindingLife =>
      new FindingLife(next(FindingLife.STATE_SIZE), {
        test,
        onDelayMs: [onWindows * WINDOW_MS],
        offDelayMs: 6 * WINDOW_MS,
      });
    this.window = next(8);
    this.thermometer = life('thermometer-drift', 1);
    this.channels = of.compensated.map(
      ({ sensor, place }) => new CompensatedChannel(next(CompensatedChannel.STATE_SIZE), sensor, place, asset),
    );
    this.bearings = this.channels
      .filter(({ sensor }) => sensor.type === 'BRGD')
      .map((channel) => ({
        channel,
        moving: new MovingBearing(next(MovingBearing.STATE_SIZE)),
        life: life(`bearing-jam-${channel.sensor.channel}`, 6),
      }));
    this.answers = of.compensated
      .filter(({ sensor }) => sensor.type === 'DEFL')
      .map(({ sensor, place }) => ({
        sensor,
        place,
        response: new TrafficResponse(next(TrafficResponse.STATE_SIZE)),
        usual: next(2),
        spread: new Spread(next(Spread.STATE_SIZE), 500, 1e-6),
        life: life(`traffic-response-${sensor.channel}`, 6),
      }));
  }

  /** A channel goes on from a new level that was told already. */
  shift(place: number, size: number): void {
    this.channels.find((channel) => channel.place === place)?.model.shift(0, size);
  }

  /** What temperature and traffic leave of a channel; NaN where that is not known. */
  unexplained(place: number, atMs: number, overMs: number): number {
    return this.channels.find((channel) => channel.place === place)?.unexplained(atMs, overMs) ?? NaN;
  }

  /** Takes the means of one short frame; `quiet` where a fast test has the word: what moved is known then. */
  take(startMs: number, mean: Float64Array, quiet: boolean, out: Finding[]): void {
    const { window, of } = this;
    const at = Math.floor(startMs / WINDOW_MS) + 1;
    if (window[0] !== 0 && at > window[0]!) this.close(window[0]! * WINDOW_MS, quiet, out);
    window[0] = at;
    for (const { place } of of.thermometers) {
      if (!Number.isFinite(mean[place]!)) continue;
      window[1]! += mean[place]!;
      window[2]!++;
    }
    let vibration = NaN;
    for (const { place } of of.shaking) if (Number.isFinite(mean[place]!)) vibration = mean[place]!;
    if (Number.isFinite(vibration)) {
      window[3]! += vibration;
      window[4]!++;
    }
    for (const channel of this.channels) channel.add(mean[channel.place]!);
    for (const { response, place } of this.answers) response.take(vibration, mean[place]!);
  }

  private close(endMs: number, quiet: boolean, out: Finding[]): void {
    const { window, x, channels } = this;
    const temperatureC = window[2]! > 0 ? window[1]! / window[2]! : NaN;
    const vibration = window[4]! > 0 ? window[3]! / window[4]! : NaN;
    window.fill(0, 1, 5);
    if (Number.isFinite(temperatureC)) {
      const share = window[6] === 0 ? 1 : 1 - Math.exp(-(endMs - window[6]!) / SLOW_MS);
      window[5]! += share * (temperatureC - window[5]!);
      window[6] = endMs + 1;
    }
    x[0] = 1;
    x[1] = (temperatureC - 15) / 10;
    x[2] = (window[5]! - 15) / 10;
    x[3] = Number.isFinite(vibration) ? vibration * 20 : 0;
    for (const channel of channels) channel.close(x, endMs);
    this.judgeAnswers(endMs, out);
    // Without temperature, or without the traffic where it is measured, nothing can be compensated.
    if (!Number.isFinite(temperatureC) || (this.of.shaking.length > 0 && !Number.isFinite(vibration))) return;
    const thermometer = this.judgeThermometer(endMs, temperatureC, out);
    for (const bearing of this.bearings) this.judgeBearing(bearing, endMs, thermometer || quiet, out);
    const jams = new Set(this.bearings.filter(({ life }) => life.level > 0).map(({ channel }) => channel));
    for (const channel of channels) {
      const explained = quiet || thermometer || jams.has(channel);
      // What has another cause is not this channel's; what it has told already stays open until it is well again.
      const level = explained ? channel.life.level : channel.level(temperatureC);
      channel.life.judge(level, endMs, out, (reached) => this.describe(channel, reached, temperatureC));
      if (!explained && !channel.life.suspects) channel.learn(x, temperatureC);
    }
  }

  private describe(channel: CompensatedChannel, level: number, temperatureC: number): Judged {
    const { sensor, kind, value, expected, residual, deviation } = channel;
    const base = Math.abs(channel.model.coefficient(0));
    const decimals = sensor.type === 'TILT' ? 3 : sensor.type === 'MODF' ? 2 : sensor.type === 'CBLF' ? 0 : 1;
    const percent = kind.relative ? ` (${residual > 0 ? '+' : ''}${told((100 * residual) / base, 1)} %)` : '';
    return {
      sensorNo: sensor.sensorNo,
      value,
      priority: level >= 3 ? 'red' : level === 2 ? 'orange' : 'yellow',
      reason: {
        en: `${kind.name.en} at ${sensor.name} is ${told(value, decimals)} instead of ${told(expected, decimals)} ${unitOf(sensor)}${percent}, temperature (${told(temperatureC)} °C) and traffic taken into account: ${kind.pointsTo.en}.`,
        zh: `${sensor.name}${kind.name.zh}为${told(value, decimals)} ${unitOf(sensor)},扣除温度(${told(temperatureC)} °C)与车流影响后应为${told(expected, decimals)}${percent}:${kind.pointsTo.zh}。`,
      },
      evidence: evidenceOf({
        test: `${kind.test}-${sensor.channel}`,
        expected: { value: expected, low: expected - 3 * deviation, high: expected + 3 * deviation },
        residual: residual / deviation,
        carriers: [
          { sensorId: sensor.sensorId, share: 0.9, value, expected },
          ...this.of.thermometers.map((one) => ({ sensorId: one.sensor.sensorId, share: 0.1, value: temperatureC })),
        ],
        confidence: channel.model.count > 4000 ? 0.9 : 0.75,
        figures: [
          { name: { en: 'Off the compensated model', zh: '补偿后残差' }, value: residual, unit: sensor.unit },
          { name: { en: 'Change a kelvin', zh: '每开尔文变化' }, value: channel.perKelvin, unit: `${sensor.unit}/K` },
          { name: { en: 'Days learned', zh: '已学习天数' }, value: channel.model.count / 144, unit: 'd' },
        ],
      }),
    };
  }

  /** One error of the thermometer that explains what many channels do; true where it is suspected. */
  private judgeThermometer(endMs: number, temperatureC: number, out: Finding[]): boolean {
    const ready = this.channels.filter((channel) => channel.ready);
    const error = thermometerError(ready);
    const { errorK, explained, witnesses } = error;
    const off = accusesThermometer(error, THERMOMETER_K, THERMOMETER_EXPLAINS);
    const still = this.thermometer.level > 0 && Math.abs(errorK) >= 0.5 * THERMOMETER_K;
    this.thermometer.judge(off || still ? 1 : 0, endMs, out, () => {
      const { sensor } = this.of.thermometers[0]!;
      return {
        sensorNo: sensor.sensorNo,
        value: temperatureC,
        priority: 'yellow',
        reason: {
          en: `${sensor.name} reads ${told(Math.abs(errorK), 1)} K too ${errorK > 0 ? 'high' : 'low'}: ${witnesses} gauges of ${this.asset.name} move as they would at ${told(temperatureC - errorK, 1)} °C; the thermometer is off, not the bridge.`,
          zh: `${sensor.name}读数偏${errorK > 0 ? '高' : '低'}${told(Math.abs(errorK), 1)} K:${this.asset.nameZh}${witnesses}个测点表现与${told(temperatureC - errorK, 1)} °C一致,应为温度计漂移而非结构变化。`,
        },
        evidence: evidenceOf({
          test: 'thermometer-drift',
          expected: { value: temperatureC - errorK, low: temperatureC - errorK - 1, high: temperatureC - errorK + 1 },
          carriers: [
            { sensorId: sensor.sensorId, share: 1, value: temperatureC, expected: temperatureC - errorK },
            ...ready
              .slice(0, 8)
              .map(({ sensor: one, value, expected }) => ({ sensorId: one.sensorId, share: 0.1, value, expected })),
          ],
          confidence: explained,
          figures: [
            { name: { en: 'Error of the thermometer', zh: '温度计误差' }, value: errorK, unit: 'K' },
            {
              name: { en: 'Share of the residuals explained', zh: '可解释残差比例' },
              value: 100 * explained,
              unit: '%',
            },
          ],
        }),
      };
    });
    return this.thermometer.suspects || accusesThermometer(error, SUSPECT_K, SUSPECT_EXPLAINS);
  }

  private judgeBearing({ channel, moving, life }: Bearing, endMs: number, quiet: boolean, out: Finding[]): void {
    const { sensor, model, value } = channel;
    // Movement that temperature makes, without the offset.
    moving.take(channel.expected - model.coefficient(0), value);
    if (!channel.ready || quiet || moving.windows < 36) return;
    const follows = moving.following;
    const expectedMm = moving.expectedMovement;
    const jammed = expectedMm >= JAM_LEAST_MM && follows < JAM_FOLLOWS;
    const still = life.level > 0 && !(expectedMm >= JAM_LEAST_MM && follows > 0.7);
    life.judge(jammed ? (follows < 0.15 ? 2 : 1) : still ? 1 : 0, endMs, out, (level) => ({
      sensorNo: sensor.sensorNo,
      value,
      priority: level >= 2 ? 'orange' : 'yellow',
      reason: {
        en: `${sensor.name} follows temperature by only ${told(100 * Math.max(0, follows))} % of what it used to over half a day (${told(expectedMm, 1)} mm expected): the bearing is likely jammed and strains the girder.`,
        zh: `${sensor.name}近半日随温度移动仅为正常的${told(100 * Math.max(0, follows))}%(应移动${told(expectedMm, 1)} mm):支座可能卡死,梁体受约束。`,
      },
      evidence: evidenceOf({
        test: `bearing-jam-${sensor.channel}`,
        expected: {
          value: channel.expected,
          low: channel.expected - 3 * channel.deviation,
          high: channel.expected + 3 * channel.deviation,
        },
        residual: channel.residual / channel.deviation,
        carriers: [{ sensorId: sensor.sensorId, share: 1, value, expected: channel.expected }],
        confidence: 0.8,
        figures: [
          { name: { en: 'Follows temperature by', zh: '随温度移动比例' }, value: 100 * follows, unit: '%' },
          { name: { en: 'Movement expected', zh: '应有位移' }, value: expectedMm, unit: 'mm' },
        ],
      }),
    }));
  }

  private judgeAnswers(endMs: number, out: Finding[]): void {
    for (const { sensor, response, usual, spread, life } of this.answers) {
      const slope = response.close(LEAST_VIBRATION);
      if (!Number.isFinite(slope)) continue;
      const away = slope - usual[0]!;
      const ratio = slope / usual[0]! - 1;
      let level = 0;
      if (usual[1]! >= RESPONSE_READY) {
        while (level < 3 && Math.abs(ratio) > RESPONSE_SHARE[level]! && Math.abs(away) > 4 * spread.deviation) level++;
        if (life.level > 0 && Math.abs(ratio) > 0.6 * RESPONSE_SHARE[0]) level = Math.max(level, 1);
      }
      life.judge(level, endMs, out, (reached) => ({
        sensorNo: sensor.sensorNo,
        value: NaN,
        priority: reached >= 3 ? 'red' : reached === 2 ? 'orange' : 'yellow',
        reason: {
          en: `${sensor.name} answers traffic by ${told(Math.abs(100 * ratio))} % ${ratio > 0 ? 'more' : 'less'} than it used to: ${ratio > 0 ? 'the span has likely lost stiffness' : 'the gauge or its bearing is likely stuck'}.`,
          zh: `${sensor.name}对车流的响应比平时${ratio > 0 ? '增大' : '减小'}${told(Math.abs(100 * ratio))}%:${ratio > 0 ? '梁体刚度可能下降' : '测点或支座可能卡滞'}。`,
        },
        evidence: evidenceOf({
          test: `traffic-response-${sensor.channel}`,
          residual: away / spread.deviation,
          carriers: [{ sensorId: sensor.sensorId, share: 1 }],
          confidence: 0.75,
          figures: [{ name: { en: 'Answer to traffic, change', zh: '车流响应变化' }, value: 100 * ratio, unit: '%' }],
        }),
      }));
      if (life.suspects) continue;
      usual[1]!++;
      usual[0]! += away / Math.min(usual[1]!, 500);
      spread.learn(slope - usual[0]!);
    }
  }
}

function unitOf(sensor: Sensor): string {
  return sensor.unit === '10*-6{strain}' ? 'µm/m' : sensor.unit === 'deg' ? '°' : sensor.unit;
}
