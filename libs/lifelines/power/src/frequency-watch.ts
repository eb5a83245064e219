import type { Sensor } from '@lifeline/contracts';
import type { Finding } from '@lifeline/detection';
import { evidenceOf, FindingLife, FrameWatch, median, told, type Frame } from '@lifeline/lifeline-kit';

const FRAME_MS = 5000;
const NOMINAL_HZ = 50;
/** ±0.2 Hz normal (GB/T 15945 [S8]); ±0.5 Hz the small system's bound, here the worse level. */
const BAND_HZ = 0.2;
const WORSE_HZ = 0.5;
/** A meter that differs from the grid by this is wrong: five times its accuracy of 0.01 Hz [P]. */
const METER_HZ = 0.05;
const METER_AFTER_MS = 10 * 60_000;
/** A meter can be judged by the others from so many on. */
const LEAST_METERS = 3;

/** The grid's frequency as the median of all meters: one finding for the whole grid, and one for a meter that differs from it. */
export class FrequencyWatch extends FrameWatch {
  private readonly common: FindingLife;
  private readonly meter: FindingLife;

  constructor(
    watchId: string,
    private readonly sensors: readonly Sensor[],
  ) {
    super(
      watchId,
      sensors.map(({ sensorNo }) => sensorNo),
      FRAME_MS,
      2 * FindingLife.STATE_SIZE,
    );
    this.common = new FindingLife(this.own.next(FindingLife.STATE_SIZE), {
      test: 'grid-frequency',
      // Two frames of five seconds: the catalogue's on-delay of 5 s is passed.
      onDelayMs: [FRAME_MS],
      offDelayMs: 60_000,
    });
    this.meter = new FindingLife(this.own.next(FindingLife.STATE_SIZE), {
      test: 'frequency-meter',
      onDelayMs: [METER_AFTER_MS],
      offDelayMs: METER_AFTER_MS,
    });
  }

  protected closed(frame: Frame, out: Finding[]): void {
    const { mean } = frame;
    const known: number[] = [];
    for (const value of mean) if (Number.isFinite(value)) known.push(value);
    if (known.length === 0) return;
    const hz = median(known);
    const away = Math.abs(hz - NOMINAL_HZ);
    let level = away > WORSE_HZ ? 2 : away > BAND_HZ ? 1 : 0;
    if (this.sensors.length >= LEAST_METERS && known.length < 2) level = 0;
    if (this.common.level > 0 && away > 0.9 * BAND_HZ) level = Math.max(level, 1);
    this.common.judge(level, frame.endMs, out, (reached) => {
      const at = mean.findIndex((value) => Number.isFinite(value));
      const low = hz < NOMINAL_HZ;
      const agree = known.filter((value) => Math.abs(value - hz) < METER_HZ).length;
      return {
        sensorNo: this.sensors[at]!.sensorNo,
        value: hz,
        priority: reached >= 2 ? 'red' : 'orange',
        reason: {
          en: `Grid frequency is ${told(hz, 2)} Hz, ${agree} of ${known.length} meters agree: ${low ? 'generation is short of load, be ready to shed' : 'generation exceeds load'}.`,
          zh: `电网频率${told(hz, 2)} Hz,${known.length}个测点中${agree}个一致:${low ? '发电不足,做好限负荷准备' : '发电过剩'}。`,
        },
        evidence: evidenceOf({
          test: 'grid-frequency',
          expected: { value: NOMINAL_HZ, low: NOMINAL_HZ - BAND_HZ, high: NOMINAL_HZ + BAND_HZ },
          carriers: this.sensors.map(({ sensorId }, i) => ({
            sensorId,
            share: Number.isFinite(mean[i]!) ? 1 : 0,
            value: mean[i]!,
          })),
          confidence: known.length >= LEAST_METERS ? 0.98 : 0.8,
          figures: [{ name: { en: 'Deviation', zh: '频率偏差' }, value: hz - NOMINAL_HZ, unit: 'Hz' }],
        }),
      };
    });
    this.judgeMeters(frame, known.length, hz, out);
  }

  private judgeMeters(frame: Frame, known: number, hz: number, out: Finding[]): void {
    if (known < LEAST_METERS) return;
    let worst = 0;
    for (let i = 1; i < this.sensors.length; i++) {
      if (Math.abs(frame.mean[i]! - hz) > (Math.abs(frame.mean[worst]! - hz) || 0)) worst = i;
    }
    const value = frame.mean[worst]!;
    const away = Math.abs(value - hz);
    this.meter.judge(away > METER_HZ ? 1 : 0, frame.endMs, out, () => {
      const sensor = this.sensors[worst]!;
      return {
        sensorNo: sensor.sensorNo,
        value,
        priority: 'blue',
        reason: {
          en: `${sensor.name} reads ${told(value, 3)} Hz where the grid has ${told(hz, 3)} Hz by ${known - 1} other meters: the meter is wrong.`,
          zh: `${sensor.name}读数${told(value, 3)} Hz,其余${known - 1}个测点为${told(hz, 3)} Hz:该频率表有误。`,
        },
        evidence: evidenceOf({
          test: 'frequency-meter',
          expected: { value: hz, low: hz - METER_HZ, high: hz + METER_HZ },
          carriers: [{ sensorId: sensor.sensorId, share: 1, value, expected: hz }],
          confidence: 0.95,
          figures: [{ name: { en: 'Difference', zh: '差值' }, value: value - hz, unit: 'Hz' }],
        }),
      };
    });
  }
}
