import { jest } from '@jest/globals';
import { newDeviceSchema } from '@lifeline/contracts';
import { buildCity } from '@lifeline/city';
import { connectingDevices, planDevices } from './plan-devices.js';

jest.setTimeout(120_000);

const city = buildCity(7);
const devices = planDevices(city, 7);
const sensorsOf = (list: typeof devices): number => list.reduce((sum, { sensors }) => sum + sensors.length, 0);

describe('the plan of the simulated city', () => {
  it('is about 2,000 sensors on about 650 devices behind some two dozen gateways, and the same for the same seed', () => {
    expect(sensorsOf(devices)).toBeGreaterThan(1700);
    expect(sensorsOf(devices)).toBeLessThan(2200);
    expect(devices.filter(({ deviceId }) => deviceId.startsWith('gw-')).length).toBeGreaterThan(20);
    expect(JSON.stringify(planDevices(city, 7)) === JSON.stringify(devices)).toBe(true);
  });

  it('makes 200 to 400 readings a second', () => {
    const perSecond = devices.flatMap(({ sensors }) => sensors).reduce((sum, { intervalS }) => sum + 1 / intervalS!, 0);
    expect(perSecond).toBeGreaterThan(200);
    expect(perSecond).toBeLessThan(400);
  });

  it('is what the registry takes, gateways before what is behind them, each id once', () => {
    const known = new Set<string>();
    for (const device of devices) {
      newDeviceSchema.parse(device);
      expect(known.has(device.deviceId)).toBe(false);
      if (device.gatewayId) expect(known.has(device.gatewayId)).toBe(true);
      known.add(device.deviceId);
    }
  });

  it('lets gateways and a few devices connect, and nothing behind a gateway', () => {
    const connecting = new Set(connectingDevices(devices));
    expect(connecting.size).toBeGreaterThan(20 + 4);
    expect(connecting.size).toBeLessThan(24 + 13);
    for (const { deviceId, gatewayId } of devices) expect(connecting.has(deviceId)).toBe(!gatewayId);
  });

  it('grows to 20,000 sensors by its scale', () => {
    expect(sensorsOf(planDevices(buildCity(7, 18), 7))).toBeGreaterThan(20_000);
  });
});
