import { jest } from '@jest/globals';
import type { Alarm, AlarmTransition, LiveAlarm, User } from '@lifeline/contracts';
import type { Ports } from '@lifeline/ports';
import { Subject } from 'rxjs';
import { OpenAlarms } from '../live/open-alarms.js';
import type { LiveFeed } from '../live/live-feed.js';
import { AlarmDeskCall } from './alarm-desk-call.js';

/** No time passes in these tests: an answer that waited for the desk's deadline would never come. */
const OLGA: User = { username: 'olga', role: 'operator' };
const raised: AlarmTransition = {
  ...{ alarmId: 'a.p.limit.1', sequence: 1, sensorId: 'a/p', assetId: null, utility: 'gas', rule: 'limit' },
  ...{ event: 'raise', state: 'unacknowledged', holds: null, priority: 'orange', raisedAtMs: 1, atMs: 1, value: 1 },
  ...{ unit: 'kPa', limit: null, reason: { en: 'low', zh: '低' }, evidence: null, position: null, sensorName: 'P' },
  ...{ actor: null, note: null },
};
const step = (sequence: number, over: Partial<AlarmTransition>): AlarmTransition => ({ ...raised, sequence, ...over });
const shelved = step(2, {
  ...{ event: 'shelve', state: 'shelved', actor: 'emil', note: 'pump on test' },
  holds: { active: true, shelvedUntilMs: 9e12, suppressedBy: null, permit: null },
});
const acknowledged = (sequence: number, actor: string) =>
  step(sequence, { event: 'acknowledge', state: 'acknowledged', actor });

/** What the desk says once the action is in its log. */
function deskThatSays(...steps: readonly AlarmTransition[]): AlarmDeskCall {
  const alarms = new OpenAlarms();
  const transitions = new Subject<LiveAlarm>();
  const tell = (transition: AlarmTransition): void => {
    alarms.apply(transition);
    transitions.next({ ...transition, streamSequence: transition.sequence });
  };
  tell(raised);
  const ports = {
    clock: { nowMs: () => 1000 },
    log: { append: async () => steps.forEach(tell) },
    records: { alarms: { alarm: async (alarmId: string): Promise<Alarm | undefined> => alarms.alarm(alarmId) } },
    definitions: { of: () => undefined },
  };
  return new AlarmDeskCall(ports as unknown as Ports, { view: { alarms }, transitions } as unknown as LiveFeed);
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const acknowledge = (call: AlarmDeskCall) => call.acknowledge(raised.alarmId, OLGA, null);

describe('what is asked of the alarm desk', () => {
  it('is answered by the transition that does it, past steps that do not hinder it', async () => {
    const clear = step(2, { event: 'clear', state: 'returned-unacknowledged' });
    const done = step(3, { event: 'acknowledge', state: 'normal', actor: 'olga' });
    expect(await acknowledge(deskThatSays(clear, done))).toMatchObject({ sequence: 3, state: 'normal' });
  });

  it.each<[string, readonly AlarmTransition[], object]>([
    ['another has just shelved it', [shelved], { code: 'alarm-held' }],
    ['another was quicker', [acknowledged(2, 'emil')], { code: 'already-acknowledged', params: { who: 'emil' } }],
    ['it got worse meanwhile', [step(2, { event: 'escalate', priority: 'red' })], { code: 'superseded' }],
    ['it asks anew', [acknowledged(2, 'emil'), step(3, { event: 're-alarm' })], { code: 'already-acknowledged' }],
    [
      'it is over',
      [step(2, { event: 'new-normal', state: 'normal', actor: 'emil' })],
      { code: 'already-acknowledged' },
    ],
  ])('is refused at once where %s', async (_, steps, told) => {
    await expect(acknowledge(deskThatSays(...steps))).rejects.toMatchObject({ status: 409, told });
  });

  it('is refused at once where a shelf was ended by another meanwhile', async () => {
    const call = deskThatSays(shelved, step(3, { event: 'unshelve', actor: 'emil' }));
    await expect(
      call.hold(raised.alarmId, { kind: 'remove-from-service', permit: 'P' }, OLGA, null),
    ).rejects.toMatchObject({
      told: { code: 'superseded' },
    });
  });

  it('waits through what only tells how often it chattered', async () => {
    const chatter = { times: 9, sinceMs: 1, newestMs: 2, longestGapMs: 1, deepestReturn: null, quietMs: 300_000 };
    const call = deskThatSays(step(2, { event: 'chatter', chatter }), acknowledged(3, 'olga'));
    expect(await acknowledge(call)).toMatchObject({ sequence: 3, actor: 'olga' });
  });
});
