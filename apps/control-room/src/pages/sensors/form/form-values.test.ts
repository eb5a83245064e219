import { CHANNEL_TYPES, channelType } from '@lifeline/catalogue';
import { newDeviceSchema, UTILITIES, type Device } from '@lifeline/contracts';
import fc from 'fast-check';
import { errorsOf, fieldOf, refusedFields } from './form-errors.js';
import {
  deviceOf,
  emptyDevice,
  emptySensor,
  suggestedChannel,
  valuesOfDevice,
  withType,
  withUtility,
  type DeviceValues,
} from './form-values.js';

const typeName = ({ name }: { readonly name: { readonly en: string } }): string => name.en;
const choose = (code: string, taken: readonly string[] = []) => ({
  type: channelType(code)!,
  taken: new Set(taken),
  typeName,
});

function filled(change: Partial<DeviceValues['sensors'][number]> = {}): DeviceValues {
  const sensor = withType(emptySensor({ lon: 121.4, lat: 31.2, assetId: '' }), choose('P_MID'));
  return { ...emptyDevice('g-1'), name: 'Regulator', sensors: [{ ...sensor, ...change }] };
}

test.each(CHANNEL_TYPES.map((type) => [type.code, type] as const))(
  'the defaults of %s pass the contract',
  (_, type) => {
    const sensor = withType(emptySensor({ lon: 0, lat: 0, assetId: '' }), { ...choose(type.code) });
    const values = { ...emptyDevice('d', type.utility), name: 'D', sensors: [sensor] };

    expect([...errorsOf(values)]).toEqual([]);
  },
);

test('a device goes through the form unchanged', () => {
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  const low = fc.option(number, { nil: undefined });
  const devices = fc.record({
    utility: fc.constantFrom(...UTILITIES),
    name: fc.constantFrom('A', 'Pump 2'),
    gatewayId: fc.constantFrom(null, 'gw-1'),
    lon: fc.double({ min: -180, max: 180, noNaN: true }),
    low,
    staleAfterS: fc.option(fc.integer({ min: 1, max: 1000 }), { nil: undefined }),
    range: fc.option(fc.constant({ low: -1e7, high: 1e7 }), { nil: null }),
    assetId: fc.constantFrom(null, 'A-1'),
  });
  fc.assert(
    fc.property(devices, ({ utility, name, gatewayId, lon, low: lowLimit, staleAfterS, range, assetId }) => {
      const sensor = {
        channel: 'c',
        name: 'C',
        unit: 'kPa',
        lon,
        lat: 1,
        assetId,
        type: null,
        intervalS: 5,
        range,
        limits: {
          ...(lowLimit !== undefined && { low: lowLimit }),
          ...(staleAfterS !== undefined && { staleAfterS }),
        },
      };
      const device: Device = {
        deviceId: 'd',
        utility,
        name,
        gatewayId,
        hasCredential: false,
        createdAtMs: 0,
        sensors: [{ ...sensor, sensorId: 'd/c', sensorNo: 1, deviceId: 'd', utility }],
      };

      expect(newDeviceSchema.parse(deviceOf(valuesOfDevice(device)))).toEqual({
        deviceId: 'd',
        utility,
        name,
        gatewayId,
        sensors: [sensor],
      });
    }),
  );
});

test('an empty form names each field that is required, and no other', () => {
  const wrong = [...errorsOf(emptyDevice())].map(([path, { kind }]) => [path, kind]);

  expect(new Map(wrong as [string, string][])).toEqual(
    new Map([
      ['deviceId', 'required'],
      ['name', 'required'],
      ['sensors.0.channel', 'required'],
      ['sensors.0.unit', 'required'],
      ['sensors.0.name', 'required'],
      ['sensors.0.lon', 'required'],
      ['sensors.0.lat', 'required'],
    ]),
  );
});

test.each([
  ['low', { low: 0.5, high: 0.4 }, 'sensors.0.high', { kind: 'order', below: 'low' }],
  ['range', { rangeLow: 3, rangeHigh: 2 }, 'sensors.0.rangeHigh', { kind: 'rangeOrder' }],
  ['half a range', { rangeLow: '' }, 'sensors.0.rangeLow', { kind: 'rangeIncomplete' }],
  ['text', { low: '-' }, 'sensors.0.low', { kind: 'number' }],
  ['latitude', { lat: 91 }, 'sensors.0.lat', { kind: 'atMost', bound: 90 }],
  ['deadband', { deadband: -1 }, 'sensors.0.deadband', { kind: 'atLeast', bound: 0 }],
  ['interval', { intervalS: 0 }, 'sensors.0.intervalS', { kind: 'over', bound: 0 }],
  ['channel', { channel: 'a b' }, 'sensors.0.channel', { kind: 'pattern' }],
])('a wrong %s is told beside its field alone', (_, change, path, error) => {
  expect([...errorsOf(filled(change))]).toEqual([[path, error]]);
});

test('a channel twice is told at the second', () => {
  const { sensors } = filled();
  const values = { ...filled(), sensors: [...sensors, { ...sensors[0]!, key: 'other' }] };

  expect([...errorsOf(values)]).toEqual([['sensors.1.channel', { kind: 'duplicate' }]]);
});

test('another type replaces what was suggested and keeps what a person wrote', () => {
  const suggested = filled().sensors[0]!;
  const written = { ...suggested, channel: 'outlet', name: 'Outlet' };

  expect(withType(suggested, choose('P_LOW', ['p-low']))).toMatchObject({ channel: 'p-low-2', unit: 'kPa', low: 1.5 });
  expect(withType(written, choose('P_LOW'))).toMatchObject({ channel: 'outlet', name: 'Outlet', unit: 'kPa' });
});

test('another lifeline lets go of types that it does not have', () => {
  expect(withUtility(filled(), 'power').sensors[0]!.type).toBe('');
  expect(withUtility(filled(), 'gas').sensors[0]!.type).toBe('P_MID');
});

test('a suggested channel is free', () => {
  const taken = new Set(['t', 't-2']);

  expect(suggestedChannel('T', taken)).toBe('t-3');
});

test("the server's refusals stand beside the form's fields", () => {
  expect(fieldOf(['sensors', 2, 'limits', 'highHigh'])).toBe('sensors.2.highHigh');
  const errors = [
    { path: 'body.sensors.1.range.low', message: 'a' },
    { path: 'sensors[0].assetId', message: 'b' },
    { path: 'gatewayId', message: 'c' },
  ];
  const problem = { type: 'about:blank', title: 'Bad', status: 400, errors };

  expect([...refusedFields(problem)]).toEqual([
    ['sensors.1.rangeLow', 'a'],
    ['sensors.0.assetId', 'b'],
    ['gatewayId', 'c'],
  ]);
});
