import type { Asset, Sensor } from '@lifeline/contracts';
import type { AssetWatch, Finding } from '@lifeline/detection';
import { evidenceOf, FindingLife, localTime, StateSlices } from '@lifeline/lifeline-kit';

/** Silence of less than three intervals, and of less than this, says nothing. */
const LEAST_SILENCE_MS = 30_000;
const EVERY_MS = 15_000;
/** A sensor that has not spoken for longer is not part of the question. */
const FORGOTTEN_MS = 86_400_000;
/** Shares [P]: so many of the feeder's own are silent while so many of the neighbours speak. */
const OWN_SILENT = 0.85;
const NEIGHBOURS_SPEAK = 0.75;
const BACK_AGAIN = 0.5;
/** More of the neighbours that fell silent with it: their common gateway did. */
const NEIGHBOURS_WITH_IT = 0.1;
const LEAST_DEVICES = 3;
/** Load under this, where it was more before, is as good as silence, %. */
const DARK_PERCENT = 0.5;

export interface OutageSensors {
  /** Of the feeder and of what hangs on it. */
  readonly own: readonly Sensor[];
  /** Near the feeder's own places but fed by others: they share its gateways, not its line. */
  readonly neighbours: readonly Sensor[];
}

/** A feeder without power, told by the silence of what hangs on it while its neighbours speak. */
export class OutageWatch implements AssetWatch {
  readonly state: Float64Array;
  readonly sensorNos: readonly number[];
  private readonly sensors: readonly Sensor[];
  private readonly isLoad: Uint8Array;
  private readonly silentAfterMs: Float64Array;
  /** Times of the newest reading, + 1; 0 is never. */
  private readonly seen: Float64Array;
  private readonly dark: Float64Array;
  /** Newest time, and time of the last question. */
  private readonly times: Float64Array;
  private readonly life: FindingLife;
  private readonly devices: number;

  constructor(
    readonly watchId: string,
    private readonly asset: Asset,
    private readonly of: OutageSensors,
  ) {
    this.sensors = [...of.own, ...of.neighbours];
    this.sensorNos = this.sensors.map(({ sensorNo }) => sensorNo);
    this.isLoad = Uint8Array.from(this.sensors, ({ type }) => (type === 'LOAD' ? 1 : 0));
    this.silentAfterMs = Float64Array.from(this.sensors, ({ intervalS }) =>
      Math.max(LEAST_SILENCE_MS, 3000 * intervalS),
    );
    const slices = new StateSlices(2 * this.sensors.length + 2 + FindingLife.STATE_SIZE);
    this.state = slices.state;
    this.seen = slices.next(this.sensors.length);
    this.dark = slices.next(this.sensors.length);
    this.times = slices.next(2);
    this.life = new FindingLife(slices.next(FindingLife.STATE_SIZE), {
      test: 'feeder-outage',
      onDelayMs: [EVERY_MS],
      offDelayMs: 60_000,
    });
    this.devices = new Set(of.own.map(({ deviceId }) => deviceId)).size;
  }

  take(sensorNo: number, atMs: number, value: number, out: Finding[]): void {
    const place = this.sensorNos.lastIndexOf(sensorNo);
    if (place >= 0) this.takeAt(place, atMs, value, out);
  }

  takeAt(place: number, atMs: number, value: number, out: Finding[]): void {
    if (atMs >= this.seen[place]!) this.seen[place] = atMs + 1;
    if (this.isLoad[place] === 1) this.dark[place] = value < DARK_PERCENT ? 1 : 0;
    this.ask(atMs, out);
  }

  tick(nowMs: number, out: Finding[]): void {
    this.ask(nowMs, out);
  }

  private ask(atMs: number, out: Finding[]): void {
    const { times } = this;
    if (atMs > times[0]!) times[0] = atMs;
    if (times[0]! - times[1]! < EVERY_MS) return;
    times[1] = times[0]!;
    const nowMs = times[0]!;
    const { own, neighbours } = this.of;
    const mine = this.silence(0, own.length, nowMs);
    const theirs = this.silence(own.length, own.length + neighbours.length, nowMs);
    const silentShare = mine.known > 0 ? mine.silent / mine.known : 0;
    const neighboursSpeak = theirs.known > 0 ? 1 - theirs.silent / theirs.known : 0;
    // An outage takes all at once; sensors that failed one after the other are no outage.
    const together = mine.newestMs - mine.oldestMs <= mine.longestMs;
    const withIt = this.silentBetween(mine.oldestMs - mine.longestMs, mine.newestMs + mine.longestMs, nowMs);
    let level = 0;
    if (
      silentShare >= OWN_SILENT &&
      mine.devices >= Math.max(LEAST_DEVICES, 0.8 * this.devices) &&
      neighboursSpeak >= NEIGHBOURS_SPEAK &&
      withIt <= NEIGHBOURS_WITH_IT * theirs.known &&
      together
    )
      level = 2;
    else if (this.life.level > 0 && silentShare > BACK_AGAIN) level = 1;
    this.life.judge(level, nowMs, out, () => {
      const { asset } = this;
      const carrier = own.find(({ type, assetId }) => type === 'LOAD' && assetId === asset.assetId) ?? own[0]!;
      const at = localTime(mine.newestMs);
      const percent = Math.round(100 * neighboursSpeak);
      return {
        sensorNo: carrier.sensorNo,
        value: NaN,
        priority: 'orange',
        reason: {
          en: `${asset.name} is likely without power since ${at}: ${mine.silent} of its ${mine.known} sensors on ${mine.devices} devices fell silent at once while ${percent} % of the neighbours' report.`,
          zh: `${asset.nameZh}自${at}起可能停电:其${mine.known}个传感器中${mine.silent}个(${mine.devices}台设备)同时失联,而相邻线路${percent}%的传感器正常上报。`,
        },
        evidence: evidenceOf({
          test: 'feeder-outage',
          carriers: own.slice(0, 16).map(({ sensorId }) => ({ sensorId, share: 1 })),
          confidence: neighbours.length >= 10 ? 0.85 : 0.6,
          figures: [
            { name: { en: 'Silent sensors', zh: '失联传感器' }, value: mine.silent, unit: '1' },
            { name: { en: 'Silent devices', zh: '失联设备' }, value: mine.devices, unit: '1' },
            { name: { en: 'Neighbours that report', zh: '相邻正常上报' }, value: 100 * neighboursSpeak, unit: '%' },
          ],
        }),
      };
    });
  }

  /** Neighbours whose newest reading was in a stretch of time, and that are silent since. */
  private silentBetween(fromMs: number, toMs: number, nowMs: number): number {
    let count = 0;
    for (let i = this.of.own.length; i < this.sensors.length; i++) {
      const seenMs = this.seen[i]! - 1;
      if (seenMs >= fromMs && seenMs <= toMs && nowMs - seenMs > this.silentAfterMs[i]!) count++;
    }
    return count;
  }

  private silence(
    from: number,
    to: number,
    nowMs: number,
  ): { known: number; silent: number; devices: number; newestMs: number; oldestMs: number; longestMs: number } {
    const { seen, dark, silentAfterMs } = this;
    let known = 0;
    let silent = 0;
    let newestMs = -Infinity;
    let oldestMs = Infinity;
    let longestMs = LEAST_SILENCE_MS;
    let devices = 0;
    let device = '';
    for (let i = from; i < to; i++) {
      const seenMs = seen[i]! - 1;
      if (seenMs < 0 || nowMs - seenMs > FORGOTTEN_MS) continue;
      known++;
      const isDark = dark[i] === 1;
      // Nearly always: it was heard a moment ago.
      if (!isDark && nowMs - seenMs <= silentAfterMs[i]!) continue;
      silent++;
      // Sensors of a device stand side by side in the plan.
      if (this.sensors[i]!.deviceId !== device) devices++;
      device = this.sensors[i]!.deviceId;
      if (isDark) continue;
      newestMs = Math.max(newestMs, seenMs);
      oldestMs = Math.min(oldestMs, seenMs);
      longestMs = Math.max(longestMs, silentAfterMs[i]!);
    }
    return { known, silent, devices, newestMs, oldestMs, longestMs };
  }
}
