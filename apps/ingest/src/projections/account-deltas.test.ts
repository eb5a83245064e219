import { DUPLICATE, type ReadingBlock } from '@lifeline/readings';
import type { NewReject } from '../pipeline/reject-collector.js';
import { receivedDeltas, rejectedDeltas, storedDeltas } from './account-deltas.js';
import { mergeRejects } from './merge-rejects.js';

const MINUTE = 60_000;

function block(arrivedAtMs: number, inlet: string, marks: readonly number[]): ReadingBlock {
  return {
    arrivedAtMs,
    inlet,
    sensorNo: new Uint32Array(marks.length),
    measuredAtMs: new Float64Array(marks.length),
    value: new Float64Array(marks.length),
    mark: Uint8Array.from(marks),
  };
}

function reject(arrivedAtMs: number, count: number, more: Partial<NewReject> = {}): NewReject {
  return {
    arrivedAtMs,
    inlet: 'a',
    deviceId: 'd',
    topic: 't',
    reason: 'malformed-json',
    detail: 'x',
    count,
    bodyExcerpt: '',
    ...more,
  };
}

describe('the account', () => {
  const records = [
    block(61_000, 'a', [0, 0, DUPLICATE]),
    block(119_999, 'a', [1 | DUPLICATE, 2]),
    block(120_000, 'a', [0]),
    block(61_000, 'b', [0]),
  ];

  it('adds up what came in a minute and an inlet, repeats apart', () => {
    expect(receivedDeltas(records)).toEqual([
      { minuteMs: MINUTE, inlet: 'a', received: 5, stored: 0, rejected: 0, duplicate: 2 },
      { minuteMs: 2 * MINUTE, inlet: 'a', received: 1, stored: 0, rejected: 0, duplicate: 0 },
      { minuteMs: MINUTE, inlet: 'b', received: 1, stored: 0, rejected: 0, duplicate: 0 },
    ]);
  });

  it('adds up what is stored: all but the repeats, whatever their quality', () => {
    expect(storedDeltas(records).map((delta) => delta.stored)).toEqual([3, 1, 1]);
  });

  it('counts a reject as received and rejected, and a refused login as neither', () => {
    const rejects = [reject(61_000, 3), reject(62_000, 4), reject(63_000, 9, { topic: '' })];

    expect(rejectedDeltas(rejects)).toEqual([
      { minuteMs: MINUTE, inlet: 'a', received: 7, stored: 0, rejected: 7, duplicate: 0 },
    ]);
  });

  it('shows rejects alike as one row with their count', () => {
    const rows = mergeRejects([reject(1, 3), reject(2, 4), reject(3, 1, { deviceId: 'e' })]);

    expect(rows).toMatchObject([
      { deviceId: 'd', count: 7, arrivedAtMs: 2 },
      { deviceId: 'e', count: 1 },
    ]);
  });
});
