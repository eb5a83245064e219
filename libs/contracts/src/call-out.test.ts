import { callOutState, deliveryOf, isLikelyArrival, mayFollow, newestResult, type CallOutStep } from './call-out.js';

const result = (sequence: number, kind: 'no-answer' | 'arrived' | 'stood-down'): CallOutStep => ({
  ...{ sequence, atMs: sequence, by: 'olga', note: '', kind },
});
const reached = (sequence: number): CallOutStep => ({
  ...{ sequence, atMs: sequence, by: 'olga', note: '', kind: 'reached', who: 'Li', expectedAtMs: null },
});
const sent: CallOutStep = { sequence: 2, atMs: 2, kind: 'sent', attempts: 1 };

describe('a call-out', () => {
  it('stands as the newest result says, whatever became of its message', () => {
    expect(callOutState({ steps: [] })).toBe('called');
    expect(callOutState({ steps: [sent] })).toBe('called');
    expect(callOutState({ steps: [reached(1), sent] })).toBe('reached');
    expect(newestResult({ steps: [reached(1), sent] })?.sequence).toBe(1);
  });

  it('lets who did not answer ring back, and a mistake be put right, but nothing be said twice', () => {
    expect(mayFollow({ steps: [result(1, 'no-answer')] }, 'reached')).toBe(true);
    expect(mayFollow({ steps: [result(1, 'no-answer')] }, 'no-answer')).toBe(false);
    expect(mayFollow({ steps: [reached(1)] }, 'reached')).toBe(true);
    expect(mayFollow({ steps: [result(1, 'arrived')] }, 'no-answer')).toBe(false);
    expect(mayFollow({ steps: [result(1, 'arrived')] }, 'reached')).toBe(true);
    const after = (['reached', 'no-answer', 'arrived', 'stood-down'] as const).filter((kind) =>
      mayFollow({ steps: [result(1, 'stood-down')] }, kind),
    );
    expect(after).toEqual(['reached']);
  });

  it('tells how its message fares, and nothing of one that a person rings', () => {
    expect(deliveryOf({ delivery: 'phone', steps: [] })).toBeUndefined();
    expect(deliveryOf({ delivery: 'webhook', steps: [reached(1)] })).toBe('sending');
    expect(deliveryOf({ delivery: 'webhook', steps: [reached(1), sent] })).toBe(sent);
  });

  it('expects nobody in the past, nor after a day', () => {
    expect([-61_000, -60_000, 0, 86_400_000, 86_400_001].map((ms) => isLikelyArrival(1e12 + ms, 1e12))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });
});
