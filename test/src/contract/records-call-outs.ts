import { randomUUID } from 'node:crypto';
import type { CallOut } from '@lifeline/contracts';
import type { NewCallOutStep, Records } from '@lifeline/records';
import { allPages, Heard } from './records-suite.js';

type Made = Omit<CallOut, 'steps'>;

function aCallOut(given: Partial<Made> = {}): Made {
  return {
    ...{ callOutId: randomUUID(), alarmId: 'a.p.limit.1', incidentId: null, message: 'Gas at R-07', by: 'olga' },
    ...{ atMs: 1_000, delivery: 'phone' },
    crew: {
      ...{ postId: 'crew-1', version: 3, utility: 'gas', phone: '000-5550-0101', isOnCall: true },
      name: { en: 'Gas crew 1', zh: '燃气抢修一队' },
      can: { en: 'Leaks', zh: '泄漏处置' },
    },
    ...given,
  };
}
const said = (kind: 'no-answer' | 'arrived' | 'stood-down', by: string, atMs: number): NewCallOutStep => ({
  ...{ kind, by, atMs, note: '' },
});
const reached = (by: string, atMs: number, expectedAtMs: number | null = null): NewCallOutStep => ({
  ...{ kind: 'reached', by, atMs, who: 'Li', expectedAtMs, note: '' },
});

export function describeCallOutRecords(records: () => Records): void {
  describe('call-outs', () => {
    it('are kept as they were made, and every result after them', async () => {
      const { callOuts } = records();
      const made = await callOuts.create(aCallOut({ atMs: 10.4, message: 'At R-07\0 now' }));
      expect(made).toEqual({ ...aCallOut(), ...made, atMs: 10, message: 'At R-07\uFFFD now', steps: [] });
      await callOuts.add(made.callOutId, reached('olga', 20.6, 900), 0);
      const last = await callOuts.add(made.callOutId, said('arrived', 'emil', 30), 1);
      expect(last).toEqual({
        ...made,
        steps: [
          { ...reached('olga', 21, 900), sequence: 1 },
          { ...said('arrived', 'emil', 30), sequence: 2 },
        ],
      });
      expect(await callOuts.callOut(made.callOutId)).toEqual(last);
      expect(await callOuts.callOut('none\0')).toBeUndefined();
    });

    it('asked for twice are one, and another under the same id is refused', async () => {
      const { callOuts } = records();
      const asked = aCallOut();
      const twice = await Promise.all([callOuts.create(asked), callOuts.create({ ...asked, atMs: 2_000 })]);
      expect(twice[0]).toEqual(twice[1]);
      for (const other of [{ by: 'emil' }, { message: 'Otherwise' }, { alarmId: 'b.p.limit.1' }])
        await expect(callOuts.create({ ...asked, ...other })).rejects.toMatchObject({ code: 'id-taken' });
    });

    it('take one of two results that were said at once, and tell the other who was quicker', async () => {
      const { callOuts } = records();
      const { callOutId } = await callOuts.create(aCallOut());
      const outcomes = await Promise.allSettled([
        callOuts.add(callOutId, said('no-answer', 'olga', 5), 0),
        callOuts.add(callOutId, reached('emil', 5), 0),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const { steps } = (await callOuts.callOut(callOutId))!;
      expect(steps).toHaveLength(1);
      const by = (steps[0] as { by: string }).by;
      await expect(callOuts.add(callOutId, reached('late', 6), 0)).rejects.toMatchObject({ code: 'moved', by });
    });

    it('refuse what cannot follow, and what is said of none', async () => {
      const { callOuts } = records();
      const { callOutId } = await callOuts.create(aCallOut());
      await callOuts.add(callOutId, said('stood-down', 'olga', 5), 0);
      await expect(callOuts.add(callOutId, said('arrived', 'olga', 6), 1)).rejects.toMatchObject({ code: 'over' });
      await expect(callOuts.add('none', said('arrived', 'olga', 6), 0)).rejects.toMatchObject({
        code: 'call-out-unknown',
      });
    });

    it('keep how their message fared once, beside what people say', async () => {
      const { callOuts } = records();
      const waiting = async () => (await callOuts.undelivered()).map(({ callOutId }) => callOutId);
      const byPhone = await callOuts.create(aCallOut());
      const [first, second] = [
        await callOuts.create(aCallOut({ delivery: 'webhook', atMs: 2 })),
        await callOuts.create(aCallOut({ delivery: 'webhook', atMs: 1 })),
      ];
      expect(await waiting()).toEqual([second.callOutId, first.callOutId]);
      await callOuts.add(first.callOutId, reached('olga', 3), 0);
      await callOuts.add(first.callOutId, { kind: 'sent', attempts: 2, atMs: 4 });
      // What was said is not outdated by what the system adds.
      await callOuts.add(first.callOutId, said('arrived', 'olga', 5), 1);
      const failed: NewCallOutStep = { kind: 'not-sent', attempts: 6, why: 'refused', status: 503, atMs: 6 };
      await expect(callOuts.add(first.callOutId, failed)).rejects.toMatchObject({ code: 'over' });
      await expect(callOuts.add(byPhone.callOutId, failed)).rejects.toMatchObject({ code: 'over' });
      await callOuts.add(second.callOutId, failed);
      expect(await waiting()).toEqual([]);
    });

    it('are listed newest first, page by page, of all, of an alarm, of an incident', async () => {
      const { callOuts } = records();
      const made: string[] = [];
      for (const atMs of [7, 7, 8, 9]) {
        const incidentId = atMs === 9 ? 'incident.listed' : null;
        made.push((await callOuts.create(aCallOut({ alarmId: 'listed.p.limit.1', incidentId, atMs }))).callOutId);
      }
      const ids = async (question: { alarmId?: string; incidentId?: string }) =>
        (await allPages((after) => callOuts.callOuts({ limit: 2, after, ...question }))).map((one) => one.callOutId);
      const listed = await ids({ alarmId: 'listed.p.limit.1' });
      expect(listed.slice(0, 2)).toEqual([made[3], made[2]]);
      expect(listed.slice(2).sort()).toEqual(made.slice(0, 2).sort());
      expect(await ids({ incidentId: 'incident.listed' })).toEqual([made[3]]);
      expect(await ids({})).toEqual(expect.arrayContaining(made));
    });

    it('are told of by their id after each change', async () => {
      const { callOuts } = records();
      const heard = new Heard<string | undefined>();
      const stop = await callOuts.onChange(heard.take);
      const { callOutId } = await callOuts.create(aCallOut());
      await callOuts.add(callOutId, said('no-answer', 'olga', 5), 0);
      await heard.until((items) => items.length === 2);
      expect(heard.items).toEqual([callOutId, callOutId]);
      await stop();
    });
  });
}
