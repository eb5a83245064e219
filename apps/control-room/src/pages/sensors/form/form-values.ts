import { channelType, channelTypesOf, type ChannelType } from '@lifeline/catalogue';
import type { Device, newDeviceSchema, newSensorSchema, Sensor, Utility } from '@lifeline/contracts';
import type { z } from 'zod';

/** A number as its field holds it: empty text where there is none, text while it is not yet a number. */
export type NumberField = number | string;

export const LIMIT_FIELDS = [
  'lowLow',
  'low',
  'high',
  'highHigh',
  'deadband',
  'onDelayS',
  'offDelayS',
  'ratePerMinute',
  'staleAfterS',
] as const;
export type LimitField = (typeof LIMIT_FIELDS)[number];
export const NUMBER_FIELDS = ['lon', 'lat', 'intervalS', 'rangeLow', 'rangeHigh', ...LIMIT_FIELDS] as const;
export type SensorNumberField = (typeof NUMBER_FIELDS)[number];

/** One sensor of the form. */
export interface SensorValues extends Record<SensorNumberField, NumberField> {
  /** Tells the sensor from its fellows while their order and channels change. */
  readonly key: string;
  /** Code of the catalogue; empty where the sensor is of no type there. */
  type: string;
  channel: string;
  name: string;
  unit: string;
  assetId: string;
}

export interface DeviceValues {
  deviceId: string;
  utility: Utility;
  name: string;
  gatewayId: string;
  sensors: SensorValues[];
}

let keys = 0;
const newKey = (): string => `s${++keys}`;

export function emptySensor(place?: Pick<SensorValues, 'lon' | 'lat' | 'assetId'>): SensorValues {
  const numbers = Object.fromEntries(NUMBER_FIELDS.map((field) => [field, ''])) as Record<SensorNumberField, string>;
  const at = place ?? { lon: '', lat: '', assetId: '' };
  return { ...numbers, key: newKey(), type: '', channel: '', name: '', unit: '', ...at };
}

export function emptyDevice(deviceId = '', utility: Utility = 'gas'): DeviceValues {
  return { deviceId, utility, name: '', gatewayId: '', sensors: [emptySensor()] };
}

/** What the catalogue says of a number field of this type; undefined where it says nothing. */
export function defaultOf(type: ChannelType | undefined, field: SensorNumberField): number | undefined {
  if (type === undefined) return undefined;
  switch (field) {
    case 'lon':
    case 'lat':
    case 'staleAfterS':
      return undefined;
    case 'rangeLow':
      return type.range.low;
    case 'rangeHigh':
      return type.range.high;
    case 'intervalS':
      return type.intervalS ?? undefined;
    default:
      return type.limits[field] ?? undefined;
  }
}

/** `P_MID` gives `p-mid`, or `p-mid-2` where that is taken. */
export function suggestedChannel(code: string, taken: ReadonlySet<string>): string {
  const base = code.toLowerCase().replaceAll('_', '-');
  for (let n = 1; ; n++) {
    const channel = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(channel)) return channel;
  }
}

interface Chosen {
  readonly type: ChannelType;
  /** Channels of the device's other sensors. */
  readonly taken: ReadonlySet<string>;
  readonly typeName: (type: ChannelType) => string;
}

/** Fills a sensor from the catalogue. Names that a person wrote stay; those suggested for the type before are replaced. */
export function withType(sensor: SensorValues, { type, taken, typeName }: Chosen): SensorValues {
  const before = channelType(sensor.type);
  const suggestedBefore = before && sensor.channel.startsWith(suggestedChannel(before.code, new Set()));
  const filled: SensorValues = { ...sensor, type: type.code, unit: type.unit };
  for (const field of NUMBER_FIELDS) {
    if (field === 'lon' || field === 'lat' || field === 'staleAfterS') continue;
    filled[field] = defaultOf(type, field) ?? '';
  }
  if (sensor.channel === '' || suggestedBefore === true) filled.channel = suggestedChannel(type.code, taken);
  if (sensor.name === '' || (before !== undefined && sensor.name === typeName(before))) filled.name = typeName(type);
  return filled;
}

/** The device moves to another lifeline: types that it does not have are let go. */
export function withUtility(values: DeviceValues, utility: Utility): DeviceValues {
  const codes = new Set(channelTypesOf(utility).map(({ code }) => code));
  const sensors = values.sensors.map((sensor) => ({
    ...sensor,
    type: codes.has(sensor.type) ? sensor.type : '',
    assetId: '',
  }));
  return { ...values, utility, sensors };
}

export function valuesOfDevice(device: Device): DeviceValues {
  const { deviceId, utility, name, gatewayId } = device;
  return { deviceId, utility, name, gatewayId: gatewayId ?? '', sensors: device.sensors.map(valuesOfSensor) };
}

function valuesOfSensor(sensor: Sensor): SensorValues {
  const { channel, name, unit, lon, lat, intervalS, range, limits } = sensor;
  const numbers = Object.fromEntries(LIMIT_FIELDS.map((field) => [field, limits[field] ?? ''])) as Record<
    LimitField,
    NumberField
  >;
  return {
    ...numbers,
    key: newKey(),
    type: sensor.type ?? '',
    channel,
    name,
    unit,
    lon,
    lat,
    assetId: sensor.assetId ?? '',
    intervalS,
    rangeLow: range?.low ?? '',
    rangeHigh: range?.high ?? '',
  };
}

/** A field's number: null where it is empty, NaN where it is no number. */
export function numberOf(field: NumberField): number | null {
  if (typeof field === 'number') return field;
  const text = field.trim();
  return text === '' ? null : Number(text);
}

type Unchecked = z.input<typeof newDeviceSchema>;

/** What the form asks the contract to check and the server to keep; fields that are wrong are in it as they are. */
export function deviceOf(values: DeviceValues): Unchecked {
  return {
    deviceId: values.deviceId.trim(),
    utility: values.utility,
    name: values.name.trim(),
    gatewayId: textOrNull(values.gatewayId),
    sensors: values.sensors.map(sensorOf),
  };
}

/** The change that leads from a registered device to the form. */
export function patchOf(values: DeviceValues) {
  const { name, gatewayId, sensors } = deviceOf(values);
  return { name, gatewayId, sensors: sensors ?? [] };
}

function sensorOf(values: SensorValues): z.input<typeof newSensorSchema> {
  const low = numberOf(values.rangeLow);
  const high = numberOf(values.rangeHigh);
  const limits = Object.fromEntries(
    LIMIT_FIELDS.map((field) => [field, numberOf(values[field])]).filter(([, value]) => value !== null),
  ) as Record<LimitField, number>;
  return {
    channel: values.channel.trim(),
    unit: values.unit.trim(),
    name: values.name.trim(),
    // An empty place is refused by the contract, as it must be.
    lon: numberOf(values.lon) ?? Number.NaN,
    lat: numberOf(values.lat) ?? Number.NaN,
    assetId: textOrNull(values.assetId),
    type: textOrNull(values.type),
    intervalS: numberOf(values.intervalS),
    range: low === null && high === null ? null : { low: low ?? Number.NaN, high: high ?? Number.NaN },
    limits,
  };
}

function textOrNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
