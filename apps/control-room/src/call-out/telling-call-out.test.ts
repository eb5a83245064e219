import type { CallOut, CallOutStep } from '@lifeline/contracts';
import { asOf, callOutsFor, foldCallOuts, NO_CALL_OUTS } from './call-out-book.js';
import { aCallOut, aResult } from './testing/a-call-out.js';
import { tellingOf } from './telling-call-out.js';

const withSteps = (callOutId: string, atMs: number, ...steps: CallOutStep[]): CallOut =>
  aCallOut({ callOutId, atMs, steps });
const called = withSteps('called', 100);
const unanswered = withSteps('unanswered', 90, aResult('no-answer', 1, 95));
const coming = (callOutId: string, expectedAtMs: number | null): CallOut =>
  withSteps(callOutId, 80, { ...aResult('reached', 1, 85), expectedAtMs } as CallOutStep);
const arrived = withSteps('arrived', 70, aResult('arrived', 1, 75));
const stoodDown = withSteps('stood-down', 200, aResult('stood-down', 1, 205));

describe('what a line tells of call-outs', () => {
  it('is who is there, else who comes first, else who is called, else that nobody answered', () => {
    const all = [stoodDown, called, unanswered, coming('a', 500), coming('b', 400), coming('c', null), arrived];
    expect(tellingOf(all)).toEqual({ kind: 'arrived', atMs: 75 });
    expect(tellingOf(all.filter((one) => one !== arrived))).toEqual({ kind: 'coming', expectedAtMs: 400 });
    expect(tellingOf([coming('c', null), called])).toEqual({ kind: 'coming', expectedAtMs: null });
    expect(tellingOf([stoodDown, called, unanswered])).toEqual({ kind: 'called', atMs: 100 });
    expect(tellingOf([unanswered, stoodDown])).toEqual({ kind: 'no-answer', atMs: 95 });
  });

  it('is nothing where nobody was called, or all were stood down', () => {
    expect(tellingOf([])).toBeUndefined();
    expect(tellingOf([stoodDown])).toBeUndefined();
  });
});

describe('the call-outs that the page knows', () => {
  it('keep the one with more steps, whichever came last', () => {
    const before = aCallOut({ callOutId: 'x' });
    const after = withSteps('x', 1, aResult('no-answer', 1, 5));
    const book = foldCallOuts(foldCallOuts(NO_CALL_OUTS, [after]), [before]);
    expect(book.byId.get('x')).toBe(after);
    expect(foldCallOuts(book, [after])).toBe(book);
  });

  it('are found by the alarm and by the incident, newest first', () => {
    const book = foldCallOuts(NO_CALL_OUTS, [
      aCallOut({ callOutId: 'old', alarmId: 'a', atMs: 1 }),
      aCallOut({ callOutId: 'new', alarmId: 'first-out', incidentId: 'incident.a', atMs: 3 }),
      aCallOut({ callOutId: 'other', alarmId: 'b', atMs: 2 }),
    ]);
    const ids = (alarmIds: string[], incidentId?: string) =>
      callOutsFor(book, { alarmIds, incidentId }).map(({ callOutId }) => callOutId);
    expect(ids(['a'], 'incident.a')).toEqual(['new', 'old']);
    expect(ids(['a'])).toEqual(['old']);
    expect(ids([], 'incident.b')).toEqual([]);
  });

  it('stand at a past moment as they stood then', () => {
    expect(asOf([called, unanswered], 92).map(({ callOutId, steps }) => [callOutId, steps.length])).toEqual([
      ['unanswered', 0],
    ]);
    expect(asOf([unanswered], 95)).toEqual([unanswered]);
  });
});
