import { jest } from '@jest/globals';
import { buildCity } from '@lifeline/city';
import { DeviceError } from '../device-error.js';
import { planDevices } from '../plan-devices.js';
import { placeScenario } from './ground-truth.js';
import { loadScenario, parseScenario } from './load.js';

jest.setTimeout(120_000);

const GOOD = `
name: one
description: One thing goes wrong.
events:
  - { atS: 1, fault: leak, target: { utility: gas, assetKind: manhole }, durationS: 60 }
`;

function refusal(text: string): string {
  try {
    parseScenario(text, 'try.yaml');
  } catch (error) {
    if (error instanceof DeviceError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'taken';
}

describe('scenario files', () => {
  it('take what is right', () => {
    expect(parseScenario(GOOD, 'try.yaml').events[0]).toMatchObject({ fault: 'leak', parameters: {}, expects: [] });
  });

  it.each([
    ['a wrong type', GOOD.replace('atS: 1', 'atS: soon'), /events\.0\.atS/],
    ['a key that nobody knows', `${GOOD}\nrepeats: 3\n`, /repeats/],
    [
      'a fault that nobody knows',
      GOOD.replace('leak', 'earthquake'),
      /events\.0\.fault: "earthquake" is none of .*leak/,
    ],
    [
      'a parameter that the fault does not take',
      GOOD.replace('durationS: 60', 'durationS: 60, parameters: { size: 2 }'),
      /parameters\.size: leak takes peakVol/,
    ],
    ['no events', GOOD.replace(/events:[\s\S]*/, 'events: []'), /events/],
    ['no YAML', 'name: [', /is not YAML/],
  ])('refuse %s and say where', (_, text, message) => {
    expect(refusal(text)).toMatch(/^invalid-scenario: try\.yaml/);
    expect(refusal(text)).toMatch(message);
  });

  it('say which file cannot be read', async () => {
    await expect(loadScenario('/no/such/file.yaml')).rejects.toMatchObject({
      code: 'unreadable-file',
      message: expect.stringContaining('/no/such/file.yaml'),
    });
  });

  it('say which event finds nothing in the city', () => {
    const city = buildCity(7);
    const scenario = parseScenario(GOOD.replace('assetKind: manhole', 'town: atlantis'), 'try.yaml');
    expect(() => placeScenario(scenario, city, planDevices(city, 7), 0)).toThrow(
      /one, event 1: nothing in the city fits .*atlantis/,
    );
  });
});
