import type { Limits, NewDevice, NewSensor, Range, Utility } from '@lifeline/contracts';
import { channelType } from '@lifeline/catalogue';
import { cityFacts } from '@lifeline/city';
import type { RecordedColumn, Recording, RecordingKind } from './recording.js';

export interface RegistrationOptions {
  readonly deviceId?: string;
  readonly name?: string;
  readonly utility?: Utility;
  /** Longitude, latitude; default: the middle of the city. */
  readonly at?: readonly [number, number];
}

const UTILITY_OF: Readonly<Record<RecordingKind, Utility>> = {
  bridge: 'bridge',
  // Water in a closed rig: the nearest of our lifelines.
  'pipe-rig': 'drainage',
  transformer: 'power',
  other: 'gas',
};

/**
 * Limits of the test bridge's strain, µm/m away from where it rested: in ten minutes of the undisturbed reference
 * (strain-reference-2022-03-07.csv, imcs-compsim/munich-bridge-data) the strain never went further than 11 from its start
 * under the test load, so that 12 is beyond all that was seen, and 20 well beyond. The support's lowering takes it to 34.
 */
const STRAIN_HIGH = 12;
const STRAIN_HIGH_HIGH = 20;

/** A device that fits a recording: a sensor for each column, with plausible ranges, and limits where a source gives them. */
export function registrationFor(recording: Recording, options: RegistrationOptions = {}): NewDevice {
  const [lon, lat] = options.at ?? cityFacts.centre;
  const deviceId = options.deviceId ?? `replay-${recording.kind}`;
  return {
    deviceId,
    utility: options.utility ?? UTILITY_OF[recording.kind],
    name: options.name ?? `Replay of a ${recording.kind} recording`,
    gatewayId: null,
    sensors: recording.columns.map((column): NewSensor => {
      const facts = factsOf(recording, column);
      return {
        channel: column.channel,
        unit: column.unit,
        name: `Replayed ${column.channel}`,
        lon,
        lat,
        intervalS: Math.round(recording.intervalS * 1000) / 1000,
        ...facts,
      };
    }),
  };
}

function factsOf(recording: Recording, column: RecordedColumn): { type?: string; range?: Range; limits?: Limits } {
  if (column.unit === 'um/m') {
    const rest = recording.restingAt[column.channel] ?? 0;
    const tenths = (value: number): number => Math.round(value * 10) / 10;
    return {
      type: 'STRN',
      range: { low: -3000, high: 3000 },
      limits: {
        lowLow: tenths(rest - STRAIN_HIGH_HIGH),
        low: tenths(rest - STRAIN_HIGH),
        high: tenths(rest + STRAIN_HIGH),
        highHigh: tenths(rest + STRAIN_HIGH_HIGH),
        deadband: 1,
        onDelayS: 5,
        offDelayS: 5,
      },
    };
  }
  if (recording.kind === 'transformer' && column.channel === 'oil') {
    const type = channelType('T_OIL');
    if (!type) return {};
    const { highHigh, high, deadband, onDelayS, offDelayS } = type.limits;
    return { type: type.code, range: { ...type.range }, limits: { high, highHigh, deadband, onDelayS, offDelayS } };
  }
  return {};
}
