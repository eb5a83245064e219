import {
  PRIORITIES,
  STATE_BAD,
  STATE_SILENT,
  UTILITIES,
  type LiveHealth,
  type LiveReadings,
  type LiveSensor,
  type Sensor,
  type Utility,
} from '@lifeline/contracts';
import { isDuplicate, qualityOfMark, reasonOfMark, type ReadingBlock } from '@lifeline/readings';
import { OpenAlarms } from './open-alarms.js';
import { SensorGrid } from './sensor-grid.js';
import { SensorValues } from './sensor-values.js';

/** Seconds over which the rate of readings is taken. */
const RATE_SECONDS = 10;

export type LiveValue = LiveReadings['values'][number];

interface KnownSensor {
  readonly sensor: Sensor;
  readonly deviceName: string;
  /** A sensor that never spoke is silent since then. */
  readonly since: number;
  readonly silenceMs: number;
}

/** Silence that is allowed: as the limits say, else three intervals, at least a minute (limitsSchema). */
export function allowedSilenceMs(sensor: Pick<Sensor, 'intervalS' | 'limits'>): number {
  return (sensor.limits.staleAfterS ?? Math.max(3 * sensor.intervalS, 60)) * 1000;
}

/** The state of the city as of now, in memory: newest values, open alarms, who speaks and who is silent. Pure. */
export class LiveView {
  readonly values = new SensorValues();
  readonly grid = new SensorGrid();
  readonly alarms = new OpenAlarms();
  private readonly known = new Map<number, KnownSensor>();
  private readonly noOf = new Map<string, number>();
  private readonly noOfAsset = new Map<string, Set<number>>();
  private readonly rateSecond = new Float64Array(RATE_SECONDS);
  private readonly rateCount = new Float64Array(RATE_SECONDS);
  private lastArrivalMs: number | null = null;

  putSensor(sensor: Sensor, device: { readonly name: string; readonly createdAtMs: number }): void {
    const { sensorNo, sensorId, assetId } = sensor;
    const before = this.known.get(sensorNo)?.sensor;
    if (before && before.assetId !== assetId) this.leaveAsset(before);
    this.known.set(sensorNo, {
      sensor,
      deviceName: device.name,
      since: device.createdAtMs,
      silenceMs: allowedSilenceMs(sensor),
    });
    this.noOf.set(sensorId, sensorNo);
    if (assetId !== null) {
      const nos = this.noOfAsset.get(assetId);
      if (nos) nos.add(sensorNo);
      else this.noOfAsset.set(assetId, new Set([sensorNo]));
    }
    this.grid.put({ sensorNo, lon: sensor.lon, lat: sensor.lat });
  }

  /** Takes a sensor out; its newest value stays, should it come back (the number stays with the sensor). */
  removeSensor(sensorNo: number): void {
    const known = this.known.get(sensorNo);
    if (!known) return;
    this.known.delete(sensorNo);
    this.noOf.delete(known.sensor.sensorId);
    this.leaveAsset(known.sensor);
    this.grid.remove(sensorNo);
  }

  /** Takes a block of the log; repeats are left out, they came before. */
  feed(block: ReadingBlock): void {
    const { sensorNo, measuredAtMs, value, mark, arrivedAtMs } = block;
    let fresh = 0;
    for (let i = 0; i < sensorNo.length; i++) {
      if (isDuplicate(mark[i]!)) continue;
      fresh++;
      this.values.put(sensorNo[i]!, measuredAtMs[i]!, value[i]!, mark[i]!, arrivedAtMs);
    }
    if (fresh === 0) return;
    this.lastArrivalMs = Math.max(this.lastArrivalMs ?? arrivedAtMs, arrivedAtMs);
    const second = Math.floor(arrivedAtMs / 1000);
    const slot = second % RATE_SECONDS;
    if (this.rateSecond[slot] !== second) {
      this.rateSecond[slot] = second;
      this.rateCount[slot] = 0;
    }
    this.rateCount[slot]! += fresh;
  }

  sensorNo(sensorId: string): number | undefined {
    return this.noOf.get(sensorId);
  }

  sensorNosOfAsset(assetId: string): Iterable<number> {
    return this.noOfAsset.get(assetId) ?? [];
  }

  /** The newest value as the live event tells it; undefined where the sensor is unknown or never spoke. */
  liveValue(sensorNo: number): LiveValue | undefined {
    const known = this.known.get(sensorNo);
    if (!known || !this.values.has(sensorNo)) return undefined;
    const value = this.values.value(sensorNo);
    return [
      known.sensor.sensorId,
      this.values.measuredAtMs(sensorNo),
      Number.isFinite(value) ? value : null,
      qualityOfMark(this.values.mark(sensorNo)),
    ];
  }

  /** A sensor with last value, quality and alarm state. */
  liveSensor(sensorNo: number, nowMs: number): LiveSensor | undefined {
    const known = this.known.get(sensorNo);
    if (!known) return undefined;
    const { values } = this;
    const has = values.has(sensorNo);
    const value = values.value(sensorNo);
    const mark = values.mark(sensorNo);
    const alarms = this.alarms.ofSensor(known.sensor.sensorId);
    return {
      ...known.sensor,
      deviceName: known.deviceName,
      last: has
        ? {
            measuredAtMs: values.measuredAtMs(sensorNo),
            value: Number.isFinite(value) ? value : null,
            quality: qualityOfMark(mark),
            reason: reasonOfMark(mark),
          }
        : null,
      alarm: { state: alarms.state, priority: alarms.priority, alarmIds: [...alarms.alarmIds] },
      stale: this.isStale(known, nowMs),
    };
  }

  /** Whether a sensor spoke, and is not silent for longer than its limits allow. */
  isReporting(sensorNo: number, nowMs: number): boolean {
    const known = this.known.get(sensorNo);
    return known !== undefined && this.reports(known, nowMs);
  }

  /** What the map shows of a sensor beside its alarms: `STATE_…` bits. */
  mapState(sensorNo: number, nowMs: number): number {
    const known = this.known.get(sensorNo);
    if (known === undefined) return 0;
    const isBad = this.values.has(sensorNo) && qualityOfMark(this.values.mark(sensorNo)) === 'bad';
    return (this.isStale(known, nowMs) ? STATE_SILENT : 0) | (isBad ? STATE_BAD : 0);
  }

  /** Who speaks and who is silent; one pass over the sensors (100,000: some milliseconds). */
  health(nowMs: number, waiting: number): LiveHealth {
    const byUtility: LiveHealth['byUtility'] = {};
    for (const utility of UTILITIES) byUtility[utility] = { sensors: 0, reporting: 0, unacknowledged: 0, worst: null };
    let reporting = 0;
    for (const known of this.known.values()) {
      const row = byUtility[known.sensor.utility]!;
      row.sensors++;
      if (!this.reports(known, nowMs)) continue;
      row.reporting++;
      reporting++;
    }
    const worst = new Map<Utility, number>();
    for (const alarm of this.alarms.all()) {
      // What is held back calls for nobody.
      if (alarm.holds !== null) continue;
      if (alarm.state !== 'acknowledged' && alarm.state !== 'latched-acknowledged')
        byUtility[alarm.utility]!.unacknowledged++;
      const rank = PRIORITIES.indexOf(alarm.priority);
      worst.set(alarm.utility, Math.min(rank, worst.get(alarm.utility) ?? rank));
    }
    for (const [utility, rank] of worst) byUtility[utility]!.worst = PRIORITIES[rank] ?? null;
    return {
      atMs: nowMs,
      sensors: this.known.size,
      reporting,
      readingsPerSecond: this.readingsPerSecond(nowMs),
      lastArrivalMs: this.lastArrivalMs,
      waiting,
      byUtility,
    };
  }

  private leaveAsset({ assetId, sensorNo }: Sensor): void {
    if (assetId === null) return;
    const nos = this.noOfAsset.get(assetId);
    if (nos?.delete(sensorNo) && nos.size === 0) this.noOfAsset.delete(assetId);
  }

  private readingsPerSecond(nowMs: number): number {
    const second = Math.floor(nowMs / 1000);
    let readings = 0;
    for (let slot = 0; slot < RATE_SECONDS; slot++) {
      const age = second - this.rateSecond[slot]!;
      if (age >= 0 && age < RATE_SECONDS) readings += this.rateCount[slot]!;
    }
    return readings / RATE_SECONDS;
  }

  private reports(known: KnownSensor, nowMs: number): boolean {
    return this.values.has(known.sensor.sensorNo) && !this.isStale(known, nowMs);
  }

  private isStale(known: KnownSensor, nowMs: number): boolean {
    const { sensorNo } = known.sensor;
    const heardAtMs = this.values.has(sensorNo) ? this.values.heardAtMs(sensorNo) : known.since;
    return nowMs - heardAtMs > known.silenceMs;
  }
}
