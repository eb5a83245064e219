import type { AlarmTransition, LiveAlarm } from '@lifeline/contracts';
import type { StoredRecord } from '@lifeline/reading-log';
import { MOST_MISSED, catchUp } from './alarm-catch-up.js';

const TRANSITION: AlarmTransition = {
  alarmId: '',
  sequence: 1,
  sensorId: 'd/1',
  assetId: null,
  utility: 'gas',
  rule: 'limit',
  event: 'raise',
  state: 'unacknowledged',
  priority: 'yellow',
  raisedAtMs: 1,
  atMs: 1,
  value: 1,
  unit: 'kPa',
  limit: null,
  reason: { en: '', zh: '' },
  evidence: null,
  holds: null,
  position: null,
  sensorName: '',
  actor: null,
  note: null,
};

/** A log whose alarms are named by their position, of which those before `first` are gone. */
function aLog(last: number, first = 1) {
  return {
    partitions: 1,
    read: (_stream: string, [from = 0]: readonly number[], most: number): Promise<StoredRecord[]> => {
      const records: StoredRecord[] = [];
      for (let sequence = Math.max(from + 1, first); sequence <= last && records.length < most; sequence++) {
        const payload = Buffer.from(JSON.stringify({ ...TRANSITION, alarmId: String(sequence) }));
        records.push({ partition: 0, sequence, payload });
      }
      return Promise.resolve(records);
    },
  };
}

function aListener(position: number, onSend: () => void = () => undefined) {
  const listener = {
    at: position,
    sent: [] as string[],
    listening: false,
    position: () => listener.at,
    isGone: () => false,
    send: (alarm: LiveAlarm) => {
      listener.sent.push(alarm.alarmId);
      onSend();
    },
    listen: () => void (listener.listening = true),
  };
  return listener;
}

describe('catching up on alarms', () => {
  it('sends what came after the last that the client saw, up to what the others were told', async () => {
    const listener = aListener(5);
    expect(await catchUp(aLog(7), 2, listener)).toBe('caught-up');
    expect(listener.sent).toEqual(['3', '4', '5']);
    expect(listener.listening).toBe(true);
  });

  it('sends what the others are told meanwhile too, before it listens', async () => {
    const listener = aListener(1_200, () => {
      if (listener.at < 1_210) listener.at++;
      expect(listener.listening).toBe(false);
    });
    expect(await catchUp(aLog(1_300), 0, listener)).toBe('caught-up');
    expect(listener.sent).toHaveLength(1_210);
    expect(new Set(listener.sent).size).toBe(1_210);
  });

  it('gives up where the log no longer has it, where it is too much, and where the position is none of ours', async () => {
    for (const [log, from, position] of [
      [aLog(10, 5), 2, 10],
      [aLog(MOST_MISSED + 1), 0, MOST_MISSED + 1],
      [aLog(3), 9, 3],
      [{ ...aLog(3), partitions: 2 }, 1, 3],
    ] as const) {
      const listener = aListener(position);
      expect(await catchUp(log, from, listener)).toBe('too-far');
      expect(listener.sent).toEqual([]);
      expect(listener.listening).toBe(true);
    }
  });
});
