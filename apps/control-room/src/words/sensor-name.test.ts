import { quantityZh, sensorNameIn } from './sensor-name.js';

const asset = { name: 'Outer Ring Road R-004', nameZh: '外环路 R-004' };

test('English is the given name, parted at its asset', () => {
  const sensor = { name: 'Outer Ring Road R-004 outlet pressure', channel: 'p-out', type: 'P_LOW' };
  expect(sensorNameIn('en', sensor, asset)).toEqual({
    what: 'Outlet pressure',
    place: 'Outer Ring Road R-004',
    full: 'Outer Ring Road R-004 outlet pressure',
  });
});

test('a given name that does not start with its asset stays whole', () => {
  const sensor = { name: 'Spare gauge', channel: 'p', type: null };
  expect(sensorNameIn('en', sensor, asset)).toEqual({ what: 'Spare gauge', place: null, full: 'Spare gauge' });
  expect(sensorNameIn('zh', sensor, asset).full).toBe('Spare gauge');
});

test('Chinese is composed of the asset and the quantity', () => {
  const sensor = { name: 'Outer Ring Road R-004 outlet pressure', channel: 'p-out', type: 'P_LOW' };
  expect(sensorNameIn('zh', sensor, asset)).toEqual({
    what: '调压器出口压力',
    place: '外环路 R-004',
    full: '外环路 R-004 · 调压器出口压力',
  });
});

test('a name that was given in Chinese is not composed anew', () => {
  const sensor = { name: '外环路 R-004 备用压力', channel: 'p-out', type: 'P_LOW' };
  expect(sensorNameIn('zh', sensor, asset)).toEqual({
    what: '备用压力',
    place: '外环路 R-004',
    full: '外环路 R-004 备用压力',
  });
});

test('without an asset or a known type the given name stands', () => {
  const sensor = { name: 'Outlet', channel: 'p-out', type: 'P_LOW' };
  expect(sensorNameIn('zh', sensor, undefined).full).toBe('Outlet');
  expect(sensorNameIn('zh', { ...sensor, type: 'NEW' }, asset).full).toBe('Outlet');
});

test.each([
  ['strain-2', 'STRN', '应变 2'],
  ['p-in', 'P_MID', '进口中压压力'],
  ['gas-hall', 'CH4_ST', '调压间场站可燃气体'],
  ['oil-t1', 'T_OIL', '1号变压器顶层油温'],
  ['hotspot-t2', 'T_HS', '2号变压器绕组热点温度'],
  ['u-bus2', 'U_10', '10 kV 2号母线电压'],
  ['wind', 'WIND', '风速'],
])('the channel %s of type %s is %s', (channel, type, expected) => {
  expect(quantityZh({ channel, type })).toBe(expected);
});
