import type { DutyContent } from '@lifeline/contracts';
import type { Records } from '@lifeline/records';

/** A gas crew that is always on call, but for what the case is about. */
export function aCrew(name: string, given: Partial<DutyContent> = {}): DutyContent {
  return {
    name: { en: name, zh: `${name} 队` },
    ...{ utility: 'gas', districts: [], phone: '000-5550-0101', turn: 1, hours: { kind: 'always' } },
    can: { en: 'Leaks and repairs', zh: '泄漏与抢修' },
    ...given,
  };
}

export function describeDutyRecords(records: () => Records): void {
  describe('the duty roster', () => {
    it('is seeded where there never was any entry, and once', async () => {
      const { duty } = records();
      const seeds = await Promise.all(
        [1, 2].map((at) => duty.seed([aCrew('First'), aCrew('Second')], 'simulated city', at)),
      );
      expect(seeds.sort()).toEqual([0, 2]);
      expect((await duty.posts()).map(({ name }) => name.en).sort()).toEqual(['First', 'Second']);
      for (const { postId, version } of await duty.posts())
        await duty.change({ postId, expectedVersion: version, removedAtMs: 9, changedBy: 'emil' }, 9);
      expect(await duty.seed([aCrew('First')], 'simulated city', 10)).toBe(0);
      expect(await duty.posts()).toEqual([]);
    });

    it('keeps an entry with its hours and who wrote it, and gives the newest version', async () => {
      const { duty } = records();
      const hours = { kind: 'weekly', spans: [{ days: [6, 7], from: '20:00', to: '08:00' }] } as const;
      const content = aCrew('Night', { hours: { ...hours, spans: [{ ...hours.spans[0], days: [6, 7] }] } });
      const made = await duty.create(content, 'emil', 100.4);
      expect(made).toEqual({
        ...content,
        ...{ postId: made.postId, version: 1, createdBy: 'emil', createdAtMs: 100, changedBy: 'emil' },
        ...{ changedAtMs: 100, removedAtMs: null },
      });
      const { postId } = made;
      const edit = { postId, expectedVersion: 1, content: { ...content, turn: 2 }, removedAtMs: null };
      const changed = await duty.change({ ...edit, changedBy: 'ada' }, 200);
      expect(changed).toMatchObject({ version: 2, turn: 2, createdBy: 'emil', changedBy: 'ada', changedAtMs: 200 });
      expect(await duty.post(postId)).toEqual(changed);
      expect(await duty.posts()).toEqual([changed]);
      expect(await duty.post('nobody\0')).toBeUndefined();
    });

    it('takes an entry off the list, and puts it back with a further version', async () => {
      const { duty } = records();
      const { postId } = await duty.create(aCrew('Away'), 'emil', 1);
      const off = await duty.change({ postId, expectedVersion: 1, removedAtMs: 5.6, changedBy: 'emil' }, 5.6);
      expect(off).toMatchObject({ version: 2, removedAtMs: 6, name: { en: 'Away' } });
      expect((await duty.posts()).map((post) => post.postId)).not.toContain(postId);
      expect(await duty.post(postId)).toEqual(off);
      await duty.change({ postId, expectedVersion: 2, removedAtMs: null, changedBy: 'emil' }, 7);
      expect((await duty.posts()).map((post) => post.postId)).toContain(postId);
    });

    it('lets one of those in who saw the same version, and tells the others who it was', async () => {
      const { duty } = records();
      const { postId } = await duty.create(aCrew('Wanted'), 'emil', 1);
      const by = (changedBy: string) =>
        duty.change({ postId, expectedVersion: 1, removedAtMs: null, changedBy, content: aCrew(changedBy) }, 2);
      const outcomes = await Promise.allSettled([by('ada'), by('emil'), by('eva')]);
      const [winner] = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await expect(by('late')).rejects.toMatchObject({ code: 'version-conflict', changedBy: winner!.changedBy });
      expect(await duty.post(postId)).toMatchObject({ version: 2, name: { en: winner!.changedBy } });
      const unknown = { postId: 'none', expectedVersion: 1, removedAtMs: null, changedBy: 'emil' };
      await expect(duty.change(unknown, 1)).rejects.toMatchObject({ code: 'post-unknown' });
    });
  });
}
