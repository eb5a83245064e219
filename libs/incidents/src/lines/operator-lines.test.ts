import type { LoneAlarm } from '../incident.js';
import { newDesk, outage, raise } from '../testing/builders.js';
import { operatorLines } from './operator-lines.js';

function alarm(alarmId: string, over: Partial<LoneAlarm> = {}): LoneAlarm {
  return {
    ...{ alarmId, priority: 'yellow', utility: 'power', type: 'T_OIL', assetId: null, district: 'Langya' },
    ...{
      sensorName: alarmId,
      isGasLeak: false,
      raisedAtMs: 0,
      respondWithinMs: 60_000,
      position: null,
      unacknowledged: 1,
    },
    ...over,
  };
}

describe("the operator's list", () => {
  it('is sorted by priority, gas, what waits for a person, time to respond, newest', () => {
    const lines = operatorLines(
      [],
      [
        alarm('old'),
        alarm('new', { raisedAtMs: 5 }),
        alarm('soon', { respondWithinMs: 1000 }),
        alarm('seen', { respondWithinMs: 500, unacknowledged: 0 }),
        alarm('gas', { isGasLeak: true }),
        alarm('red', { priority: 'red' }),
      ],
    );
    expect(lines.map(({ lineId }) => lineId)).toEqual(['red', 'gas', 'soon', 'new', 'old', 'seen']);
  });

  it('puts a leak that two sensors show among the red', () => {
    const desk = newDesk();
    for (const one of [
      raise('mh-1', 'CH4_MH', 'high', 0),
      raise('mh-2', 'CH4_MH', 'high', 1),
      raise('brg-1', 'STRN', 'high-high', 2, { priority: 'red' }),
      outage('fdr-1', 3),
    ])
      desk.take(one);
    expect(operatorLines(desk.incidents(), desk.alone()).map(({ kind, priority }) => [kind, priority])).toEqual([
      ['incident', 'yellow'],
      ['alarm', 'red'],
      ['alarm', 'orange'],
    ]);
  });

  it('folds the least important by district and kind, and no more than it must', () => {
    const many = Array.from({ length: 40 }, (_, i) => alarm(`y${i}`, { district: i % 2 ? 'Langya' : 'Nanqiao' }));
    const lines = operatorLines([], [...many, alarm('orange', { priority: 'orange' })]);
    expect(lines).toHaveLength(30);
    expect(lines[0]!.lineId).toBe('orange');
    const folds = lines.filter((line) => line.kind === 'fold');
    expect(folds.map(({ words }) => words.en)).toEqual([
      'Top oil temperature in Langya: 7 lines, 7 alarms',
      'Top oil temperature in Nanqiao: 6 lines, 6 alarms',
    ]);
  });

  it('keeps a lost feeder whole as long as other orange lines can be folded', () => {
    const desk = newDesk();
    for (const one of [outage('fdr-1', 0), raise('tx-1', 'U_LV', 'low', 1)]) desk.take(one);
    const many = Array.from({ length: 60 }, (_, i) =>
      alarm(`o${i}`, { priority: 'orange', district: `d${i % 7}`, type: `T${i % 9}`, raisedAtMs: 9e12 }),
    );
    const lines = operatorLines(desk.incidents(), [...many, alarm('y')], { mostLines: 12 });
    expect(lines.length).toBeLessThanOrEqual(12);
    expect(lines.map(({ words }) => words.en)).toContain('FDR-1 lost: 2 alarms, 1 transformer');
  });

  it('folds gas last of all', () => {
    const many = Array.from({ length: 40 }, (_, i) => alarm(`r${i}`, { priority: 'red', district: `d${i}` }));
    const lines = operatorLines([], [...many, alarm('gas', { isGasLeak: true, priority: 'blue' })], { mostLines: 5 });
    expect(lines.length).toBeLessThanOrEqual(5);
    expect(lines.some(({ lineId }) => lineId === 'gas')).toBe(true);
  });
});
