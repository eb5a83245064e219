import type { Condition } from '@lifeline/alarms';
import type { FalseAlarm, Judged } from '@lifeline/devices';
import { figuresOf, median } from './figures.js';
import type { SeasonResult } from './seasons.js';
import { createSigmaRule } from './sigma-rule.js';
import { spanOf } from './table.js';

function judged(delayS: number, found: boolean, positionError = NaN): Judged {
  const event = { position: Number.isNaN(positionError) ? undefined : 0.5 };
  return { delayS, positionError, alarm: found ? {} : undefined, truth: { event } } as Judged;
}

const falseAt = (toldMs: number): FalseAlarm => ({ alarm: { toldMs } }) as FalseAlarm;

function season(faults: readonly Judged[], falseAlarms: readonly FalseAlarm[], readings: number): SeasonResult {
  return {
    judgements: new Map([['one', { judged: faults, falseAlarms }]]),
    microsecondsPerReading: new Map([['one', 2]]),
    readings,
    sensorYears: 4,
    quietSensorYears: 2,
    quietUntilMs: 1000,
  } as unknown as SeasonResult;
}

describe('the figures of an engine', () => {
  it('count a missed fault with all its time, and false alarms by sensor-years over all seasons', () => {
    const results = [
      season([judged(10, true, 0.01), judged(30, true, 0.05)], [falseAt(500), falseAt(2000)], 100),
      season([judged(600, false), judged(20, true)], [falseAt(3000)], 300),
    ];
    expect(figuresOf(results, 'one')).toMatchObject({
      recall: 0.75,
      delayMeanS: 165,
      delayMedianS: 25,
      falseAlarmsPerSensorYear: 3 / 8,
      quietFalseAlarmsPerSensorYear: 1 / 4,
      positionErrorWorst: 0.05,
      locatedShare: 1,
      microsecondsPerReading: 2,
    });
  });

  it('have a median of even and odd counts, and none of nothing', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, NaN]);
  });

  it('say times as people do', () => {
    expect([40, 720, 18_000, 200_000].map(spanOf)).toEqual(['40 s', '12 min', '5.0 h', '2.3 d']);
  });
});

describe('the 3-sigma rule', () => {
  it('begins where a reading is beyond three deviations, once until one is back', () => {
    const rule = createSigmaRule(1);
    const out: Condition[] = [];
    const values = [...Array.from({ length: 200 }, (_, i) => (i % 2) * 2), 9, 9, 1, 9];
    rule.feed(
      {
        arrivedAtMs: 0,
        inlet: 'x',
        sensorNo: Uint32Array.from(values, () => 1),
        measuredAtMs: Float64Array.from(values, (_, i) => i),
        value: Float64Array.from(values),
        mark: new Uint8Array(values.length),
      },
      out,
    );
    expect(out.map(({ atMs }) => atMs)).toEqual([200, 203]);
  });
});
