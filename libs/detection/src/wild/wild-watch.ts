import { channelType, displayUnit } from '@lifeline/catalogue';
import type { Asset, Sensor } from '@lifeline/contracts';
import type { AssetWatch, AssetWatchPlan, Finding } from '../asset-watch.js';
import { newWatchState } from '../watch-state.js';
import { WildRow } from './wild-row.js';

const TEST = 'wild-readings';
/** So many in a day, and more than the usual by so many of its deviations (of a Poisson count), are a fault of the device [P]. */
const MANY = 2.5;
const BEYOND = 5;
/** Over once less than this share of what told it is left. */
const OVER = 0.4;
const LEAST_SHARE_OF_RANGE = 0.02;
const LONGEST_INTERVAL_S = 1800;

/** Open place + 1, time last told + 1, count when it was told, fingerprint. */
const HEAD = 4;

/**
 * Counts single wild readings of the sensors of an asset. One is no alarm of the process, and none of the device; many in a day say that
 * its contact, cable or supply is failing.
 */
export class WildWatch implements AssetWatch {
  readonly watchId: string;
  readonly sensorNos: readonly number[];
  readonly state: Float64Array;
  readonly #head: Float64Array;
  readonly #rows: readonly WildRow[];
  readonly #fingerprint: number;
  #places: ReadonlyMap<number, number> | undefined;

  constructor(
    watchId: string,
    private readonly sensors: readonly Sensor[],
  ) {
    this.watchId = watchId;
    this.sensorNos = sensors.map(({ sensorNo }) => sensorNo);
    this.state = newWatchState(HEAD + WildRow.STATE_SIZE * sensors.length);
    this.#head = this.state.subarray(0, HEAD);
    this.#rows = sensors.map((sensor, i) => {
      const at = HEAD + WildRow.STATE_SIZE * i;
      return new WildRow(this.state.subarray(at, at + WildRow.STATE_SIZE), 1000 * sensor.intervalS, leastOf(sensor));
    });
    this.#fingerprint = this.sensorNos.reduce((sum, no) => (Math.imul(sum, 31) + no + 1) >>> 0, 7) + 1;
    this.#head[3] = this.#fingerprint;
  }

  take(sensorNo: number, atMs: number, value: number, out: Finding[]): void {
    const place = (this.#places ??= new Map(this.sensorNos.map((no, at) => [no, at]))).get(sensorNo);
    if (place !== undefined) this.takeAt(place, atMs, value, out);
  }

  takeAt(place: number, atMs: number, value: number, out: Finding[]): void {
    if (!Number.isFinite(value) || !Number.isFinite(atMs)) return;
    const head = this.#head;
    if (head[3] !== this.#fingerprint) {
      this.state.fill(0);
      head[3] = this.#fingerprint;
    }
    const row = this.#rows[place]!;
    const open = head[0] === place + 1;
    const isWild = row.take(atMs, value, !open);
    if (open && row.countAt(atMs) < OVER * head[2]!) this.#end(place, atMs, out);
    else if (isWild && head[0] === 0) {
      const count = row.countAt(atMs);
      if (count >= MANY && count > row.usual + BEYOND * Math.sqrt(row.usual)) this.#begin(place, atMs, value, out);
    }
  }

  tick(): void {}

  #begin(place: number, atMs: number, value: number, out: Finding[]): void {
    const sensor = this.sensors[place]!;
    const count = this.#rows[place]!.countAt(atMs);
    const unit = displayUnit(sensor.unit);
    this.#head[0] = place + 1;
    this.#head[2] = count;
    const many = Math.round(count + 0.4);
    out.push({
      ...{ rule: 'group', test: TEST, change: 'begin', sensorNo: sensor.sensorNo, priority: 'blue' },
      ...{ atMs: this.#told(atMs), value },
      reason: {
        en: `${sensor.name} gives wild readings: about ${many} single values within a day that the readings around them (${shown(value)} ${unit.en}) do not know of. Look at contact, cable and supply.`,
        zh: `${sensor.name}频繁出现野值:一日内约${many}个孤立跳变值,与前后读数(${shown(value)} ${unit.zh})不符。请检查接线、电缆与供电。`,
      },
      evidence: {
        ...{ test: TEST, expected: null, residual: null, confidence: 0.8, location: null },
        carriers: [{ sensorId: sensor.sensorId, share: 1, value, expected: null }],
        figures: [
          { name: { en: 'Wild readings a day', zh: '日野值数' }, value: count, unit: '1' },
          { name: { en: 'Usually', zh: '惯常值' }, value: this.#rows[place]!.usual, unit: '1' },
        ],
      },
    });
  }

  #end(place: number, atMs: number, out: Finding[]): void {
    this.#head[0] = 0;
    out.push({
      ...{ rule: 'group', test: TEST, change: 'end', sensorNo: this.sensorNos[place]!, priority: 'blue' },
      ...{ atMs: this.#told(atMs), value: null, evidence: null },
      reason: { en: 'The readings follow each other as usual again.', zh: '读数已恢复连续。' },
    });
  }

  #told(atMs: number): number {
    const told = Math.max(atMs, this.#head[1]!);
    this.#head[1] = told + 1;
    return told;
  }
}

/** A leap smaller than the type's least deviation, or a small share of the range, is noise. */
function leastOf({ type, range }: Sensor): number {
  const least = 2 * (channelType(type)?.minDeviation ?? 0);
  return range ? Math.max(least, LEAST_SHARE_OF_RANGE * (range.high - range.low)) : least;
}

function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** Counts wild readings of all sensors whose ordinary days do not jump (`minDeviation` of the catalogue), an asset a watch. */
export const watchWildReadings: AssetWatchPlan = (assets: readonly Asset[], sensors: readonly Sensor[]) => {
  const known = new Set(assets.map(({ assetId }) => assetId));
  const byAsset = new Map<string, Sensor[]>();
  for (const sensor of sensors.toSorted((a, b) => a.sensorNo - b.sensorNo)) {
    const { assetId, intervalS, type, utility } = sensor;
    if (assetId === null || !known.has(assetId) || (channelType(type)?.minDeviation ?? null) === null) continue;
    if (!(intervalS >= 1 && intervalS <= LONGEST_INTERVAL_S)) continue;
    const key = `${utility}/wild-readings/${assetId}`;
    const own = byAsset.get(key);
    if (own) own.push(sensor);
    else byAsset.set(key, [sensor]);
  }
  return [...byAsset].map(([watchId, own]) => new WildWatch(watchId, own));
};
