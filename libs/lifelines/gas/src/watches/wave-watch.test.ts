import { jest } from '@jest/globals';
import { buildCity } from '@lifeline/city';
import { createWeather, lineLengthM, lineOf, rehearse, type Fault } from '@lifeline/lifeline-kit';
import { planGas } from '../plan.js';
import { simulateGas } from '../simulate.js';
import { WaveWatch } from './wave-watch.js';

jest.setTimeout(120_000);

const SEED = '7';
const city = buildCity(SEED);
const START_MS = Date.parse('2026-03-09T08:00:00+08:00');
const devices = planGas(city, SEED).filter(({ deviceId }) => deviceId.startsWith('gas-npw'));
const pipes = [...new Set(devices.map(({ sensors }) => sensors[0]!.assetId!))];

function findings(hours: number, faults: readonly Fault[]) {
  return rehearse(
    { simulate: simulateGas },
    (assets, sensors) =>
      pipes.map(
        (pipeId) =>
          new WaveWatch(
            assets.find(({ assetId }) => assetId === pipeId)!,
            sensors.filter(({ assetId }) => assetId === pipeId),
          ),
      ),
    { city, devices, options: { seed: SEED, startMs: START_MS, weather: createWeather(SEED) }, hours, faults },
  );
}

const leak = (target: string, alongShare: number, holeMm = 10, kind = 'leak'): Fault => ({
  kind,
  target,
  startMs: START_MS + 300_137,
  endMs: START_MS + 900_000,
  parameters: { alongShare, holeMm },
});
const lengthM = (pipeId: string) => lineLengthM(lineOf(city.assets.find(({ assetId }) => assetId === pipeId)!));

describe('the pressure wave of a leak', () => {
  it.each([0.07, 0.31, 0.5, 0.83, 0.95])('places it at %d of the pipe, within 2 %% of its length', (share) => {
    const [begin, ...more] = findings(0.2, [leak(pipes[0]!, share)]);
    expect(more).toEqual([]);
    const { location } = begin!.evidence!;
    expect(begin).toMatchObject({ change: 'begin', test: 'pressure-wave', priority: 'orange' });
    expect(location!.assetId).toBe(pipes[0]);
    expect(Math.abs(location!.alongM - share * lengthM(pipes[0]!))).toBeLessThan(0.02 * lengthM(pipes[0]!));
    expect(Math.abs(location!.alongM - share * lengthM(pipes[0]!))).toBeLessThan(location!.uncertaintyM);
    expect(begin!.atMs - (START_MS + 300_137)).toBeLessThan(5000);
  });

  it('ends when two hours have passed', () => {
    const heard = findings(2.3, [leak(pipes[1]!, 0.4, 40)]);
    expect(heard.map(({ change, priority }) => [change, priority])).toEqual([
      ['begin', 'red'],
      ['end', 'blue'],
    ]);
  });

  it('is not heard where nothing leaks suddenly, or on another pipe', () => {
    expect(findings(6, [])).toEqual([]);
    expect(findings(0.2, [leak('gas-mh-0010', 0.5)])).toEqual([]);
    expect(findings(0.5, [leak(pipes[2]!, 0.5, 3, 'slow-leak')])).toEqual([]);
  });
});
