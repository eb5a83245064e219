import { SHIPPED_DEFINITIONS } from '@lifeline/catalogue';
import type { AlarmDefinitionContent } from '@lifeline/contracts';
import { AlarmDefinitionCopy, type Records } from '@lifeline/records';
import { Heard } from './records-suite.js';

const content = SHIPPED_DEFINITIONS.get('limit')!;
const edit = (definitionId: string, expectedVersion: number, over: Partial<AlarmDefinitionContent> = {}) => ({
  ...{ definitionId, expectedVersion, editedBy: 'emil', note: 'after the drill' },
  content: { ...content, ...over },
});

export function describeDefinitionRecords(records: () => Records): void {
  describe('the master alarm database', () => {
    it('holds what is shipped from the start, and ships it once', async () => {
      const { definitions } = records();
      const newest = await definitions.newest();
      expect(newest.map((one) => one.definitionId).sort()).toEqual([...SHIPPED_DEFINITIONS.keys()].sort());
      const [one] = await definitions.versions('CH4_MH.limit.high-high');
      expect(one).toEqual({
        ...SHIPPED_DEFINITIONS.get('CH4_MH.limit.high-high'),
        ...{ definitionId: 'CH4_MH.limit.high-high', version: 1, editedBy: null, note: null, priority: 'orange' },
        editedAtMs: one!.editedAtMs,
      });
      expect(await definitions.ship(SHIPPED_DEFINITIONS, 5)).toBe(0);
    });

    it('adds a version for each edit and keeps those before it', async () => {
      const { definitions } = records();
      const second = await definitions.put(edit('rate', 1, { consequenceClass: 'people', minutesToRespond: 5 }), 100);
      expect(second).toMatchObject({ version: 2, editedBy: 'emil', editedAtMs: 100, priority: 'red' });
      const first = await definitions.put(edit('limit.high', 0), 200);
      expect(first.version).toBe(1);

      const versions = await definitions.versions('rate');
      expect(versions.map(({ version, priority }) => [version, priority])).toEqual([
        [2, 'red'],
        [1, 'blue'],
      ]);
      expect((await definitions.newest()).find(({ definitionId }) => definitionId === 'rate')).toEqual(second);
      expect(await definitions.versions('nothing\0')).toEqual([]);
    });

    it('lets one of two in who edit the same version', async () => {
      const { definitions } = records();
      const outcomes = await Promise.allSettled([1, 2, 3].map((at) => definitions.put(edit('stale', 1), at)));
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
      await expect(definitions.put(edit('stale', 1), 9)).rejects.toMatchObject({ code: 'version-conflict' });
      await expect(definitions.put(edit('stale', 7), 9)).rejects.toMatchObject({ code: 'version-conflict' });
      expect(await definitions.versions('stale')).toHaveLength(2);
    });

    it('takes what a newer Lifeline ships, but for what a person has edited', async () => {
      const { definitions } = records();
      await definitions.put(edit('physics', 1), 1);
      const shipped = new Map([
        ['physics', { ...content, source: 'newer' }],
        ['group', { ...content, source: 'newer' }],
      ]);
      expect(await definitions.ship(shipped, 300)).toBe(1);
      expect(await definitions.ship(shipped, 301)).toBe(0);
      expect(await definitions.versions('physics')).toHaveLength(2);
      expect((await definitions.versions('group'))[0]).toMatchObject({ version: 2, source: 'newer', editedBy: null });
    });

    it('keeps every tick of a step with who and when', async () => {
      const { definitions } = records();
      const tick = { alarmId: 'a.p.limit.1', definitionId: 'limit', version: 1, step: 1, done: true, actor: 'olga' };
      await definitions.tick(tick, 10);
      await definitions.tick({ ...tick, alarmId: 'other' }, 11);
      await definitions.tick({ ...tick, done: false, actor: 'emil' }, 12.4);
      expect(await definitions.ticks(tick.alarmId)).toEqual([
        { ...tick, atMs: 10 },
        { ...tick, done: false, actor: 'emil', atMs: 12 },
      ]);
    });

    it('is told to a copy in memory, which then gives the definition of an alarm', async () => {
      const { definitions } = records();
      const heard = new Heard<true>();
      const stop = await definitions.onChange(() => heard.take(true));
      const copy = new AlarmDefinitionCopy(definitions, (sensorId) => (sensorId === 'd/p' ? 'O2' : null));
      await copy.start();
      const alarm = { sensorId: 'd/p', rule: 'limit', limit: { kind: 'high-high', value: 1 }, evidence: null } as const;
      expect(copy.of(alarm)?.definitionId).toBe('limit');

      await definitions.put(edit('O2.limit.high-high', 0), 1);
      await heard.until((items) => items.length > 0);
      await copy.read();

      expect(copy.of(alarm)?.definitionId).toBe('O2.limit.high-high');
      expect(copy.of({ ...alarm, sensorId: 'd/q' })?.definitionId).toBe('limit');
      await copy.stop();
      await stop();
    });
  });
}
