import fc from 'fast-check';
import { densityKgM3, holeFlowM3h, METHANE, normalM3, soundSpeed } from './natural-gas.js';

describe('natural gas', () => {
  it('carries sound at 440 m/s where it is ideal methane of 15 °C', () => {
    expect(Math.abs(soundSpeed(METHANE) - 440)).toBeLessThan(1);
  });

  it.each([
    [100, 29],
    [200, 44],
    [400, 73],
    [1600, 246],
  ])('leaves a hole of 5 mm at %d kPa as %d Nm3/h', (gaugeKpa, normal) => {
    expect(Math.abs(normalM3(holeFlowM3h(5, gaugeKpa)) - normal)).toBeLessThan(0.7);
  });

  it('counts 1 Nm3 as 1.0732 m3 at 20 °C', () => {
    expect(1 / normalM3(1)).toBeCloseTo(1.0732, 4);
  });

  it('leaves a hole the faster the wider it is and the more it is pressed, without a jump where it chokes', () => {
    const hole = fc.double({ min: 0.5, max: 80, noNaN: true });
    const pressure = fc.double({ min: 1, max: 4000, noNaN: true });
    fc.assert(
      fc.property(hole, pressure, (holeMm, kpa) => {
        const flow = holeFlowM3h(holeMm, kpa);
        expect(holeFlowM3h(holeMm * 2, kpa)).toBeCloseTo(flow * 4, 4);
        const more = holeFlowM3h(holeMm, kpa * 1.001);
        expect(more).toBeGreaterThan(flow);
        expect(more).toBeLessThan(flow * 1.002);
      }),
    );
    expect(holeFlowM3h(0, 400)).toBe(0);
    expect(holeFlowM3h(5, 0)).toBe(0);
  });

  it('weighs 0.67 kg/m3 as trade measures it', () => {
    expect(densityKgM3(101.325, { ...METHANE, temperatureK: 293.15 })).toBeCloseTo(0.667, 3);
  });
});
