import { jest } from '@jest/globals';
import { encodeMapSensors } from '@lifeline/contracts';
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

/** The map's columns of no sensors: what is counted here is the list. */
const columns = (): Response => new Response(encodeMapSensors(1, []));
const asked = (address: unknown): string => String(address).replace(/\?.*/, '');
const isList = ([address]: readonly unknown[]): boolean => asked(address).endsWith('/sensors');

const REREAD_MS = 5 * 60_000;

describe('reading the registry', () => {
  const fetched = jest.fn<typeof fetch>();
  const before = globalThis.fetch;
  beforeEach(() => {
    jest.useFakeTimers();
    fetched.mockReset().mockImplementation(async (address) => {
      if (asked(address).endsWith('.bin'))
        return asked(address).includes('states') ? new Response(Uint8Array.of(1, 0, 0, 0)) : columns();
      return page('d/p');
    });
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

    const lists = () => fetched.mock.calls.filter(isList).length;
    await jest.advanceTimersByTimeAsync(REREAD_MS);
    expect(lists()).toBe(1);
    await jest.advanceTimersByTimeAsync(REREAD_MS);
    expect(lists()).toBe(2);

    link.stop();
    await jest.advanceTimersByTimeAsync(10 * REREAD_MS);
    expect(lists()).toBe(2);
  });

  it('keeps what the newer of two reads found, whichever answers last', async () => {
    const link = new LiveLink();
    const answers: ((answer: Response) => void)[] = [];
    const columnsAnswers: (() => void)[] = [];
    fetched.mockImplementation((address) =>
      asked(address).endsWith('.bin')
        ? new Promise((resolve) => columnsAnswers.push(() => resolve(columns())))
        : new Promise((resolve) => answers.push(resolve)),
    );
    const older = link.readSensors();
    columnsAnswers[0]!();
    await jest.advanceTimersByTimeAsync(0);
    const newer = link.readSensors();
    columnsAnswers[1]!();
    await jest.advanceTimersByTimeAsync(0);

    answers[1]!(page('d/new'));
    await newer;
    answers[0]!(page('d/old'));
    await older;

    expect(link.sensors.get().loading).toBe('done');
    expect([...link.sensors.get().byId.keys()]).toEqual(['d/new']);
    link.stop();
  });

  it('leaves the facts of a vast city unread but for those in view', async () => {
    const link = new LiveLink();
    const sensors = Array.from({ length: 10_001 }, (_, i) => ({
      ...{ sensorId: `d${String(i).padStart(5, '0')}/p`, sensorNo: i, utility: 'gas' as const },
      ...{ lon: 113, lat: 30, assetId: null, state: 0 },
    }));
    fetched.mockImplementation(async (address) =>
      asked(address).endsWith('.bin') ? new Response(encodeMapSensors(1, sensors)) : page('d00007/p'),
    );
    await link.readSensors();
    expect(link.columns.get()?.count).toBe(10_001);
    expect(link.sensors.get()).toMatchObject({ loading: 'done' });
    expect(fetched.mock.calls.filter(isList)).toEqual([]);

    link.watch('map', { bbox: [113, 30, 114, 31] });
    await jest.advanceTimersByTimeAsync(0);
    expect(fetched.mock.calls.filter(isList)).toHaveLength(1);
    expect([...link.sensors.get().byId.keys()]).toEqual(['d00007/p']);
    link.stop();
  });
});
