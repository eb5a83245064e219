import { channelType } from '@lifeline/catalogue';
import type { Sensor } from '@lifeline/contracts';
import { countDiffering, figuresOf, limitOfDefinition } from './limits-of-type.js';

const type = channelType('P_MID')!;
const sensor = (over: Partial<Sensor>): Sensor => ({
  ...{ sensorId: 'd/p', sensorNo: 1, deviceId: 'd', channel: 'p', utility: 'gas', name: 'p', unit: 'MPa' },
  ...{ lon: 118, lat: 32, assetId: null, type: 'P_MID', intervalS: 60, range: null, limits: type.limits, ...over },
});

test('finds the limit that a definition is of', () => {
  expect(limitOfDefinition('P_MID.limit.low-low')).toBe('low-low');
  expect(limitOfDefinition('CH4_MH.rate.rate')).toBe('rate');
  expect(limitOfDefinition('physics.mass-balance')).toBeUndefined();
});

test('gives the limit with its deadband and delays', () => {
  expect(figuresOf(type.limits, 'low')).toEqual([
    { name: 'limit', value: 0.1 },
    { name: 'deadband', value: type.limits.deadband },
    { name: 'onDelay', value: 15 },
    { name: 'offDelay', value: type.limits.offDelayS },
  ]);
});

test('counts the sensors of the type, and those whose figures differ in this limit alone', () => {
  const sensors = [
    sensor({}),
    sensor({ limits: { ...type.limits, low: 0.12 } }),
    sensor({ limits: { ...type.limits, high: 0.5 } }),
    sensor({ type: 'O2' }),
  ];
  expect(countDiffering(sensors, type, 'low')).toEqual({ count: 3, differ: 1 });
});
