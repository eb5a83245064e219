import type { Records } from '@lifeline/records';

export function describePeopleRecords(records: () => Records): void {
  describe('people', () => {
    it('makes the first account once and lets its password in, and no other', async () => {
      const { people } = records();
      expect(await people.hasUsers()).toBe(false);
      expect(await people.ensureUser('admin', 'a long password', 'administrator', 1)).toBe(true);
      expect(await people.ensureUser('admin', 'another password', 'operator', 2)).toBe(false);

      expect(await people.hasUsers()).toBe(true);
      expect(await people.verify('admin', 'a long password')).toEqual({ username: 'admin', role: 'administrator' });
      expect(await people.verify('admin', 'another password')).toBeUndefined();
      expect(await people.verify('nobody', 'a long password')).toBeUndefined();
      expect(await people.verify('nobody\0', 'a long password')).toBeUndefined();
    });

    it('gives a name to one of two who take it at once', async () => {
      const { people } = records();
      const taking = ['operator', 'engineer'] as const;

      const outcomes = await Promise.allSettled(
        taking.map((role) => people.createUser('zhang', 'a long password', role, 1)),
      );

      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
      expect(outcomes.find((outcome) => outcome.status === 'rejected')).toMatchObject({
        reason: { code: 'user-exists' },
      });
      expect((await people.users()).filter((user) => user.username === 'zhang')).toHaveLength(1);
    });

    it('knows a session until it ends or is ended', async () => {
      const { people } = records();
      await people.createUser('wang', 'a long password', 'operator', 1);
      const token = await people.createSession('wang', 100, 200);
      const other = await people.createSession('wang', 100, 200);

      expect(token).not.toBe(other);
      expect(await people.session(token, 199)).toEqual({ username: 'wang', role: 'operator' });
      expect(await people.session(token, 200)).toBeUndefined();
      await people.deleteSession(token);
      expect(await people.session(token, 150)).toBeUndefined();
      expect(await people.session(other, 150)).toBeDefined();
      await expect(people.createSession('nobody', 1, 2)).rejects.toMatchObject({ code: 'user-unknown' });
    });

    it('takes a new password, and ends every session of that person but the one that asked', async () => {
      const { people } = records();
      await people.createUser('liu', 'a long password', 'engineer', 1);
      const asking = await people.createSession('liu', 100, 200);
      const other = await people.createSession('liu', 100, 200);

      expect(await people.setPassword('liu', 'a longer password', asking)).toEqual({
        username: 'liu',
        role: 'engineer',
      });

      expect(await people.verify('liu', 'a long password')).toBeUndefined();
      expect(await people.verify('liu', 'a longer password')).toBeDefined();
      expect(await people.session(asking, 150)).toBeDefined();
      expect(await people.session(other, 150)).toBeUndefined();
      await expect(people.setPassword('nobody', 'a longer password')).rejects.toMatchObject({ code: 'user-unknown' });
    });
  });
}
