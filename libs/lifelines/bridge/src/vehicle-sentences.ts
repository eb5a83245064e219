import type { Asset, Sensor } from '@lifeline/contracts';
import { evidenceOf, told, type Frame, type Judged } from '@lifeline/lifeline-kit';

export interface Placed {
  readonly sensor: Sensor;
  readonly place: number;
}

export interface FastChannels {
  /** Strain, tilt and bearings: what a settlement or a blow changes for good. */
  readonly support: readonly Placed[];
  readonly shaking: readonly Placed[];
  readonly weighing: readonly Placed[];
  /** What a vehicle bends: strain, deflection, vibration. */
  readonly felt: readonly Placed[];
}

/** What there is to tell of a vehicle too heavy for a bridge; `limitT` as posted, `feltBy` gauges. */
export interface ToldVehicle {
  readonly level: number;
  readonly frame: Frame;
  readonly limitT: number;
  readonly weightT: number;
  readonly feltBy: number;
}

export function overloaded(asset: Asset, channels: FastChannels, vehicle: ToldVehicle): Judged {
  const { level, frame, limitT, weightT, feltBy } = vehicle;
  const scales = channels.weighing[0]!.sensor;
  return {
    sensorNo: scales.sensorNo,
    value: weightT,
    priority: level >= 3 ? 'red' : level === 2 ? 'orange' : 'yellow',
    reason: {
      en: `A vehicle of ${told(weightT)} t crossed ${asset.name}, posted for ${told(limitT)} t; ${feltBy} gauges felt it, so the scales are right: stop it and check the spans.`,
      zh: `${asset.nameZh}有${told(weightT)} t车辆通过(限载${told(limitT)} t),${feltBy}个测点同时响应,称重可信:请拦停并检查桥跨。`,
    },
    evidence: evidenceOf({
      test: 'overloaded-vehicle',
      expected: { value: limitT / 2, low: 0, high: limitT },
      carriers: [
        { sensorId: scales.sensorId, share: 1, value: weightT },
        ...channels.felt
          .slice(0, 8)
          .map(({ sensor, place }) => ({ sensorId: sensor.sensorId, share: 0.1, value: frame.high[place]! })),
      ],
      confidence: 0.9,
      figures: [
        { name: { en: 'Over the posted limit', zh: '超过限载' }, value: weightT - limitT, unit: 't' },
        { name: { en: 'Gauges that felt it', zh: '响应测点' }, value: feltBy, unit: '1' },
      ],
    }),
  };
}
