import { aStandingAlarm } from './testing/a-standing-alarm.js';
import { trackOf } from './track.js';

const note = { kind: 'note', incidentId: 'incident.b', sequence: 1, by: 'olga', text: 'seen' } as const;

describe('the track of an incident', () => {
  it('begins with the first-out, then goes by time, what people did after the alarms of that moment', () => {
    const alarms = [
      aStandingAlarm('late', { raisedAtMs: 30 }),
      aStandingAlarm('early', { raisedAtMs: 10 }),
      aStandingAlarm('first', { raisedAtMs: 20 }),
    ];
    const track = trackOf('first', alarms, [{ ...note, atMs: 30 }]);
    expect(track.map((item) => (item.kind === 'alarm' ? item.alarm.alarmId : item.act.kind))).toEqual([
      'first',
      'early',
      'late',
      'note',
    ]);
  });
});
