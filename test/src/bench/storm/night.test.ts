import { buildCity } from '@lifeline/city';
import { planDevices } from '@lifeline/devices';
import { stormNight } from './night.js';
import { watchNight } from './watch.js';

const SEED = 'storm-test';
const city = buildCity(SEED, 2);
const devices = planDevices(city, SEED);

describe('the storm night', () => {
  const night = stormNight(city, devices, SEED, 1200);

  it('is the same for the same seed, and raises as many alarms as it says', () => {
    expect(stormNight(city, devices, SEED, 1200).arrivals).toEqual(night.arrivals);
    expect(night.causes.size).toBe(1200);
    expect(new Set(night.causes.values()).size).toBe(8);
  });

  it('has late and repeated conditions', () => {
    const { arrivals } = night;
    expect(arrivals.some(({ condition }, i) => i > 0 && condition.atMs < arrivals[i - 1]!.condition.atMs)).toBe(true);
    expect(new Set(arrivals.map(({ condition }) => condition)).size).toBeLessThan(arrivals.length);
  });

  it('is told in thirty lines, with the gas leak among the first three and no alarm lost', () => {
    const { ours, raw, inIncidents, alone, suppressed, lines, begins, joinedShare } = watchNight(night);
    expect(raw).toBe(1200);
    expect(inIncidents + alone + suppressed).toBe(raw);
    expect(begins.announced + begins.suppressed + begins.folded + begins.known).toBe(begins.raw);
    expect(joinedShare).toBeGreaterThan(0.95);
    expect(ours.mostLines).toBeLessThanOrEqual(30);
    expect(ours.leakRank).toBeLessThanOrEqual(3);
    expect(lines.filter(({ words }) => words.en.includes('Substation lost'))).toHaveLength(1);
  });
});
