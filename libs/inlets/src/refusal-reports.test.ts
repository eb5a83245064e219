import type { Refusal } from './port.js';
import { RefusalReports } from './refusal-reports.js';

const refusal = (deviceId: string): Omit<Refusal, 'count'> => ({
  atMs: 1,
  deviceId,
  topic: '',
  reason: 'unknown-device',
  detail: 'x',
});

describe('refusal reports', () => {
  let told: Refusal[];
  let reports: RefusalReports;
  beforeEach(() => {
    told = [];
    reports = new RefusalReports((each) => told.push(each));
  });
  afterEach(() => reports.flush());

  it('tell the first of a kind at once and those alike together', () => {
    reports.add(refusal('a'));
    reports.add(refusal('b'));
    reports.add(refusal('a'));
    reports.add(refusal('a'));
    expect(told.map(({ deviceId, count }) => [deviceId, count])).toEqual([
      ['a', 1],
      ['b', 1],
    ]);

    reports.flush();
    expect(told.slice(2).map(({ deviceId, count }) => [deviceId, count])).toEqual([['a', 2]]);

    reports.add(refusal('a'));
    expect(told).toHaveLength(4);
  });

  it('stay bounded under a flood of invented names, and lose none', () => {
    for (let i = 0; i < 50_000; i++) reports.add(refusal(`invented-${i}`));
    reports.flush();
    expect(told.length).toBeLessThan(1010);
    expect(told.reduce((sum, { count }) => sum + count, 0)).toBe(50_000);
  });

  it('keep the first bytes of a body as a copy', () => {
    const payload = Buffer.alloc(100_000, 1);
    reports.add({ ...refusal('a'), payload });
    payload.fill(2);
    expect(told[0]!.payload).toEqual(new Uint8Array(512).fill(1));
    expect(told[0]!.payload!.buffer.byteLength).toBe(512);
  });
});
