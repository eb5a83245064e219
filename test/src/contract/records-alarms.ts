import type { AlarmTransition } from '@lifeline/contracts';
import type { Records } from '@lifeline/records';
import { aTransition, at } from './records-builders.js';
import { allPages } from './records-suite.js';

export function describeAlarmRecords(records: () => Records): void {
  describe('alarms', () => {
    const project = (consumer: string, sequence: number, transitions: ReturnType<typeof at>, partition = 0) =>
      records().alarms.project(transitions, { consumer, partition, sequence });

    it('shows an alarm as it stands, with its whole life', async () => {
      const raise = aTransition('life-1');
      const acknowledge = aTransition('life-1', {
        sequence: 2,
        event: 'acknowledge',
        state: 'acknowledged',
        atMs: 2_000,
        actor: 'li',
        note: 'on my way',
      });
      const clear = aTransition('life-1', { sequence: 3, event: 'clear', state: 'normal', atMs: 3_000, value: 380 });

      await project('life', 3, at(1, raise, acknowledge, clear));

      expect(await records().alarms.alarm('life-1')).toEqual({
        ...clear,
        acknowledgedBy: 'li',
        acknowledgedAtMs: 2_000,
        clearedAtMs: 3_000,
        transitions: [raise, acknowledge, clear],
      });
      expect(await records().alarms.alarm('life-none')).toBeUndefined();
    });

    it('projects what lies after its cursor, once, however the batches are cut', async () => {
      const all = at(1, aTransition('once-1'), aTransition('once-2'), aTransition('once-3'));
      await project('once', 2, all.slice(0, 2));
      await project('once', 2, at(1, aTransition('once-not')));
      await project('once', 3, [...at(2, aTransition('once-not-either')), ...all.slice(2)]);

      expect(await records().cursor('once')).toEqual([3]);
      for (const id of ['once-1', 'once-2', 'once-3']) expect(await records().alarms.alarm(id)).toBeDefined();
      for (const id of ['once-not', 'once-not-either']) expect(await records().alarms.alarm(id)).toBeUndefined();
    });

    it('keeps the newest state when an older transition comes again through another consumer', async () => {
      const clear = aTransition('again-1', { sequence: 2, event: 'clear', state: 'normal', atMs: 2_000 });
      await project('again-a', 2, at(1, aTransition('again-1'), clear));

      await project('again-b', 1, at(1, aTransition('again-1')));

      expect(await records().alarms.alarm('again-1')).toMatchObject({ state: 'normal', sequence: 2 });
      expect((await records().alarms.open()).map((alarm) => alarm.alarmId)).not.toContain('again-1');
    });

    it('bears two workers that project the same batch at once', async () => {
      const batch = at(1, ...Array.from({ length: 50 }, (_, i) => aTransition(`both-${i}`, { sensorId: 'both/p' })));

      await Promise.all([project('both', 50, batch), project('both', 50, batch)]);

      const found = await records().alarms.alarms({ limit: 100, states: [], sensorId: 'both/p' });
      expect(found.items).toHaveLength(50);
      expect(found.items.every((alarm) => alarm.transitions.length === 1)).toBe(true);
    });

    it('lists the newest raised first, once each, while more are raised', async () => {
      const some = (first: number, count: number, raisedAtMs: number) =>
        at(
          first,
          ...Array.from({ length: count }, (_, i) =>
            aTransition(`list-${first + i}`, { sensorId: 'list/p', raisedAtMs: raisedAtMs + Math.floor(i / 3) }),
          ),
        );
      await project('list', 20, some(1, 20, 100));
      let asked = 0;

      const seen = await allPages(async (after) => {
        if (asked++ === 1) await project('list', 22, some(21, 2, 900));
        return records().alarms.alarms({ limit: 7, after, states: ['unacknowledged'], sensorId: 'list/p' });
      });

      expect(seen).toHaveLength(20);
      expect(new Set(seen.map((alarm) => alarm.alarmId)).size).toBe(20);
      expect(seen.map((alarm) => alarm.raisedAtMs)).toEqual(
        seen.map((alarm) => alarm.raisedAtMs).sort((a, b) => b - a),
      );
    });

    it('filters by state and by time of the raise, from included, to not', async () => {
      const raised = [10, 20, 30].map((raisedAtMs) =>
        aTransition(`time-${raisedAtMs}`, { sensorId: 'time/p', raisedAtMs }),
      );
      await project('time', 3, at(1, ...raised));
      const ids = async (question: { states?: string[]; fromMs?: number; toMs?: number }) =>
        (await records().alarms.alarms({ limit: 10, states: [], sensorId: 'time/p', ...question })).items.map(
          (a) => a.alarmId,
        );

      expect(await ids({ fromMs: 10, toMs: 30 })).toEqual(['time-20', 'time-10']);
      expect(await ids({ states: ['normal'] })).toEqual([]);
      expect(await ids({ states: ['no such state'] })).toEqual([]);
    });

    it('keeps a note whose characters PostgreSQL cannot, with those replaced', async () => {
      const note = 'a\0b\ud800c 😀';
      await project('note', 1, at(1, aTransition('note-1', { note })));

      expect(await records().alarms.alarm('note-1')).toMatchObject({ note: 'a\ufffdb\ufffdc 😀' });
    });

    it('gives the lives of the alarms that were open or moved in a span, up to its end', async () => {
      const base = 60_000_000;
      const life = (id: string, ...steps: readonly [number, AlarmTransition['state']][]) =>
        steps.map(([minute, state], i) =>
          aTransition(id, {
            ...{ raisedAtMs: base + steps[0]![0], atMs: base + minute, sequence: i + 1, state },
            event: i === 0 ? 'raise' : state === 'normal' ? 'clear' : 'acknowledge',
          }),
        );
      await project(
        'lives',
        30,
        at(
          1,
          ...life('over-before', [0, 'unacknowledged'], [5, 'normal']),
          ...life('through', [1, 'unacknowledged'], [300, 'normal']),
          ...life('within', [110, 'unacknowledged'], [120, 'acknowledged'], [250, 'normal']),
          ...life('still-open', [2, 'unacknowledged']),
          ...life('after', [200, 'unacknowledged']),
        ),
      );

      const lives = await records().alarms.lives(base + 100, base + 200);
      expect(
        lives
          .filter(({ atMs }) => atMs >= base)
          .map(({ alarmId, sequence }) => `${alarmId} ${sequence}`)
          .sort(),
      ).toEqual(['still-open 1', 'through 1', 'within 1', 'within 2']);
    });

    it('counts the raises of each slot by priority', async () => {
      const base = 50_000_000;
      await project(
        'rate',
        4,
        at(
          1,
          aTransition('rate-1', { atMs: base, priority: 'red' }),
          aTransition('rate-2', { atMs: base + 99, priority: 'red' }),
          aTransition('rate-3', { atMs: base + 100, priority: 'blue' }),
          aTransition('rate-1', { atMs: base + 150, sequence: 2, event: 'escalate', priority: 'red' }),
        ),
      );

      expect(await records().alarms.rate(base, base + 200, 2)).toEqual([
        { startMs: base, raised: { red: 2 } },
        { startMs: base + 100, raised: { blue: 1 } },
      ]);
    });
  });
}
