import type { StandingAlarm } from '../../live/alarm-book.js';

/** An unacknowledged gas alarm; `over` says what differs. */
export function aStandingAlarm(alarmId: string, over: Partial<StandingAlarm> = {}): StandingAlarm {
  return {
    ...{ alarmId, sequence: 1, sensorId: `gas-1/${alarmId}`, assetId: null, utility: 'gas', rule: 'limit' },
    ...{ event: 'raise', state: 'unacknowledged', priority: 'orange', raisedAtMs: 1000, atMs: 1000, value: 182 },
    ...{ unit: 'kPa', limit: { kind: 'low', value: 200 }, reason: { en: 'low', zh: '低' }, evidence: null },
    ...{ holds: null, position: null, sensorName: alarmId, actor: null, note: null, asked: undefined },
    heldBy: undefined,
    ...over,
  };
}
