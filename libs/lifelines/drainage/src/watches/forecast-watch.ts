import type { Asset, Evidence, Sensor } from '@lifeline/contracts';
import type { Words } from '@lifeline/catalogue';
import type { AssetWatch, Finding } from '@lifeline/detection';
import { FindingSwitch, priorityOf, StateBook, type Gravity } from '@lifeline/lifeline-kit';
import { timeToThreshold, type ThresholdTime } from '../physics/threshold-time.js';
import { LevelSlots } from './level-slots.js';

/** A level that must not be reached. */
export interface Threshold {
  readonly at: number;
  readonly gravity: Gravity;
  readonly name: Words;
}

export interface ForecastPlace {
  readonly asset: Asset;
  readonly sensor: Sensor;
  /** Rain of the last hour near it. */
  readonly rain: Sensor | undefined;
  /** Name of the test, e.g. `ponding-forecast`. */
  readonly test: string;
  /** What rises, at the beginning of a sentence. */
  readonly what: Words;
  /** Rising thresholds. */
  readonly thresholds: readonly Threshold[];
  /** How far ahead a threshold is told of, s. */
  readonly horizonS: number;
  readonly slotMs: number;
  /** From this level on a rise is looked at: below it is damp, or the gauge's own noise. */
  readonly fromLevel: number;
  /** Smallest rise worth telling of, in the unit a second. */
  readonly leastSlope: number;
  readonly decimals: number;
  /** Gravity of the level itself, with its rise in the unit a second. */
  readonly gravityNow: (level: number, slope: number) => Gravity;
}

const KEPT = 20;
const RAIN = 0;
const RAIN_MS = 1;

/** Tells, before it is so, that a rising level will reach a threshold, and when. */
export class ForecastWatch implements AssetWatch {
  readonly watchId: string;
  readonly sensorNos: readonly number[];
  readonly state: Float64Array;
  private readonly slots: LevelSlots;
  private readonly gate: FindingSwitch;
  private readonly rain: number;

  constructor(private readonly place: ForecastPlace) {
    const { asset, sensor, rain, test, slotMs } = place;
    this.watchId = `drainage/${test}/${asset.assetId}/${sensor.channel}`;
    this.sensorNos = [sensor, ...(rain ? [rain] : [])].map(({ sensorNo }) => sensorNo);
    const book = new StateBook();
    const slots = book.take(LevelSlots.fieldsOf(KEPT));
    const gate = book.take(FindingSwitch.FIELDS);
    this.rain = book.take(2);
    this.state = book.make();
    this.slots = new LevelSlots(this.state, slots, KEPT, slotMs);
    this.gate = new FindingSwitch(this.state, gate, {
      onDelayMs: slotMs,
      worsenDelayMs: 0,
      offDelayMs: Math.max(600_000, 3 * slotMs),
    });
  }

  take(sensorNo: number, atMs: number, value: number, out: Finding[]): void {
    if (sensorNo !== this.place.sensor.sensorNo) {
      this.state[this.rain + RAIN] = value;
      this.state[this.rain + RAIN_MS] = atMs;
    } else if (this.slots.take(atMs, value)) this.judge(atMs, value, out);
  }

  tick(): void {}

  private judge(atMs: number, value: number, out: Finding[]): void {
    const { place, gate } = this;
    const trend = this.slots.trend();
    if (!trend) return;
    const { slope, error } = trend;
    const rises = slope > Math.max(place.leastSlope, 3 * error) && trend.now >= place.fromLevel;
    let gravity = place.gravityNow(trend.now, rises ? slope : 0);
    let reached: { readonly threshold: Threshold; readonly time: ThresholdTime } | undefined;
    if (rises) {
      const nowError = error * place.slotMs * 1e-3 * Math.sqrt(KEPT);
      for (const threshold of place.thresholds) {
        if (threshold.at <= trend.now) continue;
        const time = timeToThreshold({ now: trend.now, slope, slopeError: error, nowError }, threshold.at);
        if (!time || time.inS > place.horizonS) break;
        if (threshold.gravity > gravity || !reached) reached = { threshold, time };
        gravity = Math.max(gravity, threshold.gravity) as Gravity;
      }
    }
    const move = gate.judge(gravity, atMs, place.sensor.sensorNo);
    if (!move) return;
    const ends = move === 'end';
    out.push({
      ...{ rule: 'physics', test: place.test, change: move, sensorNo: gate.carrier },
      ...{ priority: priorityOf(gate.open), atMs: gate.atMs, value },
      reason: ends ? this.rest() : this.sentence(trend.now, slope, reached),
      evidence: ends ? null : this.evidence(value, slope, error, reached),
    });
  }

  private rest(): Words {
    const { asset, what } = this.place;
    return { en: `${what.en} at ${asset.name} no longer rises`, zh: `${asset.nameZh}${what.zh}不再上升` };
  }

  private sentence(
    now: number,
    slope: number,
    reached: { readonly threshold: Threshold; readonly time: ThresholdTime } | undefined,
  ): Words {
    const { asset, what, sensor, decimals } = this.place;
    const level = now.toFixed(decimals);
    const per10 = (slope * 600).toFixed(decimals);
    const rain = this.rainMm();
    const [rainEn, rainZh] =
      rain === undefined
        ? ['', '']
        : [`, after ${rain.toFixed(0)} mm of rain within the hour`, `,近1小时降雨${rain.toFixed(0)} mm`];
    if (!reached) {
      return {
        en: `${what.en} at ${asset.name} stands at ${level} ${sensor.unit} and rises ${per10} in 10 min${rainEn}`,
        zh: `${asset.nameZh}${what.zh}达${level} ${sensor.unit},10分钟上升${per10}${rainZh}`,
      };
    }
    const { threshold, time } = reached;
    const least = minutes(time.earliestS);
    const latest = Number.isFinite(time.latestS) ? minutes(time.latestS) : undefined;
    return {
      en: `${what.en} at ${asset.name} (${level} ${sensor.unit}, rising ${per10} in 10 min${rainEn}) reaches ${threshold.name.en} in about ${minutes(time.inS)} min (${latest === undefined ? `${least} or more` : `${least} to ${latest}`})`,
      zh: `${asset.nameZh}${what.zh}${level} ${sensor.unit},10分钟上升${per10}${rainZh};预计约${minutes(time.inS)}分钟(${latest === undefined ? `${least}分钟以上` : `${least}~${latest}`})达到${threshold.name.zh}`,
    };
  }

  private rainMm(): number | undefined {
    const { state, rain } = this;
    return this.place.rain && state[rain + RAIN_MS]! > 0 ? state[rain + RAIN]! : undefined;
  }

  private evidence(
    value: number,
    slope: number,
    error: number,
    reached: { readonly threshold: Threshold; readonly time: ThresholdTime } | undefined,
  ): Evidence {
    const { place } = this;
    const rain = this.rainMm();
    const lowest = place.thresholds[0]!.at;
    const sure = reached && Number.isFinite(reached.time.latestS) ? reached.time.inS / reached.time.latestS : 0.5;
    return {
      test: place.test,
      expected: { value: Math.min(place.fromLevel, lowest), low: Math.min(0, lowest), high: lowest },
      residual: error > 0 ? Math.min(99, slope / error) : null,
      carriers: [
        { sensorId: place.sensor.sensorId, share: 1, value, expected: null },
        ...(place.rain && rain !== undefined
          ? [{ sensorId: place.rain.sensorId, share: 0, value: rain, expected: null }]
          : []),
      ],
      confidence: 0.4 + 0.5 * sure,
      location: null,
      figures: [
        { name: { en: 'rise in 10 minutes', zh: '10分钟上升' }, value: slope * 600, unit: place.sensor.unit },
        ...(reached
          ? [
              {
                name: { en: `time to ${reached.threshold.name.en}`, zh: `距${reached.threshold.name.zh}` },
                value: reached.time.inS / 60,
                unit: 'min',
              },
              { name: { en: 'at the earliest', zh: '最早' }, value: reached.time.earliestS / 60, unit: 'min' },
            ]
          : []),
        ...(rain === undefined
          ? []
          : [{ name: { en: 'rain in the last hour', zh: '近1小时降雨' }, value: rain, unit: 'mm' }]),
      ],
    };
  }
}

function minutes(s: number): string {
  return s < 90 ? (s / 60).toFixed(1) : String(Math.round(s / 60));
}
