import type { AlarmTransition } from '@lifeline/contracts';
import { alarmOf } from './alarm-life.js';

type Step = Pick<AlarmTransition, 'event' | 'state'> & { readonly actor?: string };

function life(...steps: readonly Step[]): AlarmTransition[] {
  return steps.map((step, i) => ({
    alarmId: 'a',
    sequence: i + 1,
    sensorId: 'd/p',
    assetId: null,
    utility: 'gas',
    rule: 'limit',
    priority: 'orange',
    raisedAtMs: 100,
    atMs: 100 * (i + 1),
    value: 1,
    unit: 'kPa',
    limit: null,
    reason: { en: '', zh: '' },
    evidence: null,
    holds: null,
    position: null,
    sensorName: 'P',
    actor: null,
    note: null,
    ...step,
  }));
}

const raise: Step = { event: 'raise', state: 'unacknowledged' };
const acknowledge: Step = { event: 'acknowledge', state: 'acknowledged', actor: 'li' };
const newNormal: Step = { event: 'new-normal', state: 'normal', actor: 'wei' };
const falseAlarm: Step = { event: 'false-alarm', state: 'acknowledged', actor: 'wei' };
const escalate: Step = { event: 'escalate', state: 'unacknowledged' };
const returned: Step = { event: 'clear', state: 'returned-unacknowledged' };

describe('life of an alarm', () => {
  it.each([
    ['raised', [raise], null, null, null],
    ['acknowledged', [raise, acknowledge], 'li', 200, null],
    ['escalated after it was acknowledged', [raise, acknowledge, escalate], null, null, null],
    ['returned', [raise, returned], null, null, 200],
    ['acknowledged after it returned', [raise, returned, { ...acknowledge, state: 'normal' as const }], 'li', 300, 200],
    ['back after it returned', [raise, returned, raise], null, null, null],
    [
      'cleared after it was acknowledged',
      [raise, acknowledge, { event: 'clear' as const, state: 'normal' as const }],
      'li',
      200,
      300,
    ],
    ['told to be the new normal', [raise, newNormal], 'wei', 200, 200],
    ['told to be the new normal after it returned', [raise, returned, newNormal], 'wei', 300, 200],
    ['told to be false', [raise, falseAlarm], 'wei', 200, null],
    ['worse after it was told to be false', [raise, falseAlarm, escalate], null, null, null],
  ])('%s', (_name, steps, acknowledgedBy, acknowledgedAtMs, clearedAtMs) => {
    const transitions = life(...steps);

    const alarm = alarmOf([...transitions].reverse());

    expect(alarm).toEqual({ ...transitions.at(-1), acknowledgedBy, acknowledgedAtMs, clearedAtMs, transitions });
  });
});
