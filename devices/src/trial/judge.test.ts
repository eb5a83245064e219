import type { Asset, Evidence } from '@lifeline/contracts';
import { scenarioSchema, type Scenario } from '../scenario/schema.js';
import type { GroundTruth } from '../scenario/ground-truth.js';
import type { Occurrence } from './arrange.js';
import { judge } from './judge.js';
import type { TrialAlarm } from './trial.js';

const PIPE: Asset = {
  assetId: 'pipe',
  utility: 'gas',
  kind: 'pipe-segment',
  name: 'Pipe',
  nameZh: '管',
  district: 'x',
  geometry: { type: 'Point', coordinates: [118, 32] },
  properties: { lengthM: 500 },
};
const ASSETS = new Map([[PIPE.assetId, PIPE]]);

function scenario(more: Record<string, unknown>, event: Record<string, unknown> = {}): Scenario {
  return scenarioSchema.parse({
    name: 'one',
    description: 'x',
    events: [{ atS: 0, fault: 'leak', target: { assetId: 'pipe' }, durationS: 100, ...event }],
    ...more,
  });
}

/** From second 1000 to 1100, settled at 1200; sensors a and b are its zone; it must be found within 60 s. */
function occurrence(of: Scenario): Occurrence {
  const zone = new Set(['dev/a', 'dev/b']);
  const event = of.events[0]!;
  const fault = { kind: 'leak', target: 'pipe', startMs: 1e6, endMs: 1.1e6, parameters: {} };
  const expects = event.expects.map(() => ({ sensorIds: [...zone], limit: undefined, byMs: 1.06e6 }));
  const truth: GroundTruth = { event, utility: 'gas', assetId: 'pipe', fault, zone, expects };
  return { scenario: of, round: 0, startMs: 1e6, endMs: 1.1e6, settledMs: 1.2e6, truths: [truth], zone };
}

function alarm(sensorId: string, toldS: number, more: Partial<TrialAlarm> = {}): TrialAlarm {
  const toldMs = toldS * 1000;
  return {
    sensorId,
    rule: 'limit',
    limit: 'high',
    change: 'begin',
    atMs: toldMs,
    toldMs,
    reason: '',
    evidence: null,
    ...more,
  };
}

function evidence(more: Partial<Evidence>): Evidence {
  const none = { expected: null, residual: null, carriers: [], confidence: null, location: null, figures: [] };
  return { test: 'mass-balance', ...none, ...more };
}

function locatedAt(alongM: number, assetId = 'pipe', uncertaintyM = 5): Evidence {
  return evidence({ location: { assetId, alongM, uncertaintyM, position: [118, 32], stretch: [] } });
}

const fault = occurrence(scenario({}, { position: 0.4, expects: [{ withinS: 60 }] }));
const holiday = occurrence(scenario({ expectsNothing: true, tolerates: ['stale'] }));

describe('judging a trial', () => {
  it('takes the first alarm that points at the fault, and its delay until it was told', () => {
    const { judged, falseAlarms } = judge([alarm('dev/a', 1020), alarm('dev/b', 1030)], [fault], ASSETS);
    expect(judged.map(({ alarm, delayS }) => [alarm?.sensorId, delayS])).toEqual([['dev/a', 20]]);
    expect(falseAlarms).toEqual([]);
  });

  it.each([
    ['before its start', alarm('dev/a', 999)],
    ['after the time it had', alarm('dev/a', 1061)],
    ['elsewhere', alarm('dev/c', 1020)],
  ])('misses a fault of which an alarm tells %s, and counts all the time it had', (_, one) => {
    const { judged } = judge([one], [fault], ASSETS);
    expect(judged[0]).toMatchObject({ alarm: undefined, delayS: 60 });
  });

  it('follows the evidence: a sensor that carries it, or the place it names', () => {
    const carriers = (share: number) => [{ sensorId: 'dev/b', share, value: 1, expected: 2 }];
    const found = (given: Evidence) =>
      judge([alarm('dev/c', 1020, { evidence: given })], [fault], ASSETS).judged[0]!.alarm !== undefined;
    expect(found(evidence({ carriers: carriers(0.5) }))).toBe(true);
    expect(found(evidence({ carriers: carriers(0.05) }))).toBe(false);
    expect(found(locatedAt(200))).toBe(true);
    expect(found(locatedAt(200, 'other'))).toBe(false);
  });

  it('measures how far from the truth the most certain place is, as a share of the segment', () => {
    const at = (...places: readonly Evidence[]) =>
      judge(
        places.map((place, i) => alarm('dev/a', 1010 + i, { evidence: place, change: i === 0 ? 'begin' : 'worsen' })),
        [fault],
        ASSETS,
      ).judged[0]!.positionError;
    expect(at(locatedAt(300))).toBeCloseTo(0.2, 9);
    expect(at(locatedAt(300), locatedAt(205))).toBeCloseTo(0.01, 9);
    expect(at(locatedAt(205), locatedAt(300, 'other', 50))).toBeCloseTo(0.01, 9);
    expect(at(locatedAt(200, 'other'))).toBe(1);
    expect(at(evidence({}))).toBeNaN();
  });

  it('counts as false what has no cause: in quiet time, beside a fault, and in ordinary events but for tolerated rules', () => {
    const quiet = alarm('dev/a', 500);
    const beside = alarm('dev/c', 1020);
    const settling = alarm('dev/a', 1150);
    const escalated = alarm('dev/c', 1025, { change: 'worsen' });
    expect(judge([quiet, beside, settling, escalated], [fault], ASSETS).falseAlarms.map((one) => one.alarm)).toEqual([
      quiet,
      beside,
    ]);
    const silence = alarm('dev/a', 1020, { rule: 'stale' });
    const wolf = alarm('dev/b', 1020);
    const { falseAlarms } = judge([silence, wolf], [holiday], ASSETS);
    expect(falseAlarms).toEqual([{ alarm: wolf, during: holiday }]);
  });
});
