import { decodeMapSensors, encodeMapSensors, type MapSensor, type MapSensors } from '@lifeline/contracts';

/** Columns of sensors for tests: what is not said is a gas sensor without an asset. */
export function someSensors(sensors: readonly (Partial<MapSensor> & { readonly sensorId: string })[]): MapSensors {
  const whole = sensors.map((sensor, i) => ({
    ...{ sensorNo: i + 1, utility: 'gas' as const, lon: 118.3, lat: 32.3, assetId: null, state: 0 },
    ...sensor,
  }));
  whole.sort((a, b) => (a.sensorId < b.sensorId ? -1 : 1));
  return decodeMapSensors(encodeMapSensors(1, whole).buffer);
}
