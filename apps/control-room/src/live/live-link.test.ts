import { jest } from '@jest/globals';
import { LiveLink } from './live-link.js';

const page = (...sensorIds: string[]): Response =>
  Response.json({
    items: sensorIds.map((sensorId, index) => ({
      sensorId,
      sensorNo: index + 1,
      deviceId: 'd',
      channel: 'p',
      utility: 'gas',
      name: 'Pressure',
      unit: 'kPa',
      lon: 113,
      lat: 30,
      assetId: null,
      type: null,
      intervalS: 60,
      range: null,
      limits: {},
      deviceName: 'Device',
      last: null,
      alarm: { state: 'normal', priority: null, alarmIds: [] },
      stale: true,
    })),
  });

const REREAD_MS = 5 * 60_000;

describe('reading the registry', () => {
  const fetched = jest.fn<typeof fetch>();
  const before = globalThis.fetch;
  beforeEach(() => {
    jest.useFakeTimers();
    fetched.mockReset().mockImplementation(async () => page('d/p'));
    globalThis.fetch = fetched;
  });
  afterEach(() => {
    globalThis.fetch = before;
    jest.useRealTimers();
  });

  it('happens once in a while, however often it was asked for in between', async () => {
    const link = new LiveLink();
    await link.readSensors();
    await link.readSensors();
    await Promise.all([link.readSensors(), link.readSensors()]);
    fetched.mockClear();

    await jest.advanceTimersByTimeAsync(REREAD_MS);
    expect(fetched).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(REREAD_MS);
    expect(fetched).toHaveBeenCalledTimes(2);

    link.stop();
    await jest.advanceTimersByTimeAsync(10 * REREAD_MS);
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it('keeps what the newer of two reads found, whichever answers last', async () => {
    const link = new LiveLink();
    const answers: ((answer: Response) => void)[] = [];
    fetched.mockImplementation(() => new Promise((resolve) => answers.push(resolve)));
    const older = link.readSensors();
    const newer = link.readSensors();

    answers[1]!(page('d/new'));
    await newer;
    answers[0]!(page('d/old'));
    await older;

    expect(link.sensors.get().loading).toBe('done');
    expect([...link.sensors.get().byId.keys()]).toEqual(['d/new']);
    link.stop();
  });
});
