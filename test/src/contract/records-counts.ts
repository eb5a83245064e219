import type { Records } from '@lifeline/records';
import { aReject } from './records-builders.js';
import { allPages } from './records-suite.js';

export function describeCounts(records: () => Records): void {
  describe('rejects and the account', () => {
    it('counts a batch of the account once, and adds what comes next', async () => {
      const { account } = records();
      const delta = { minuteMs: 60_000, inlet: 'acc', received: 5, stored: 3, rejected: 1, duplicate: 0 };
      await account.add([delta, delta], { consumer: 'acc', partition: 1, sequence: 4 });
      await account.add([delta, delta], { consumer: 'acc', partition: 1, sequence: 4 });
      await account.add([{ ...delta, received: 0, duplicate: 2, stored: 0, rejected: 0 }], {
        consumer: 'acc',
        partition: 0,
        sequence: 1,
      });

      expect(await account.account(60_000, 60_001)).toEqual([
        { minuteMs: 60_000, inlet: 'acc', received: 10, stored: 6, rejected: 2, duplicate: 2, waiting: 0 },
      ]);
      expect(await account.account(0, 60_000)).toEqual([]);
      expect(await records().cursor('acc')).toEqual([1, 4]);
      expect(await records().cursor('never')).toEqual([]);
    });

    it('counts once what two workers add at once, in one partition, and both in two', async () => {
      const { account } = records();
      const delta = { minuteMs: 120_000, inlet: 'par', received: 1, stored: 1, rejected: 0, duplicate: 0 };
      const add = (partition: number) => account.add([delta], { consumer: 'par', partition, sequence: 1 });

      await Promise.all([add(0), add(0), add(1), add(1), add(0)]);

      expect(await account.account(120_000, 120_001)).toMatchObject([{ received: 2, stored: 2, waiting: 0 }]);
    });

    it('keeps rejects newest first, by device and by reason, once a batch', async () => {
      const { rejects } = records();
      const batch = Array.from({ length: 12 }, (_, i) =>
        aReject({ deviceId: 'rej-1', reason: i % 2 === 0 ? 'wrong-shape' : 'malformed-json', detail: `number ${i}` }),
      );
      const cursor = { consumer: 'rej', partition: 0, sequence: 12 };
      await Promise.all([rejects.project(batch, cursor), rejects.project(batch, cursor)]);

      const seen = await allPages((after) => rejects.rejects({ limit: 5, after, deviceId: 'rej-1' }));
      const some = await rejects.rejects({ limit: 100, deviceId: 'rej-1', reason: 'wrong-shape' });

      expect(seen.map((reject) => reject.detail)).toEqual(batch.map((reject) => reject.detail).reverse());
      expect(some.items).toHaveLength(6);
      expect(some.items[0]).toMatchObject({ ...batch[10], rejectId: expect.any(String) });
    });

    it('keeps a body that holds what PostgreSQL cannot', async () => {
      const reject = aReject({ deviceId: 'nul-1', bodyExcerpt: '\0\ud800 😀', topic: 'a\0b' });
      await records().rejects.project([reject], { consumer: 'nul', partition: 0, sequence: 1 });

      const { items } = await records().rejects.rejects({ limit: 1, deviceId: 'nul-1' });

      expect(items).toMatchObject([{ bodyExcerpt: '\ufffd\ufffd 😀', topic: 'a\ufffdb' }]);
    });

    it('tells who knocked in the last seven days, newest first', async () => {
      const day = 86_400_000;
      const nowMs = 1_000 * day;
      await records().rejects.project(
        [
          aReject({ deviceId: 'knock-old', arrivedAtMs: nowMs - 8 * day }),
          aReject({ deviceId: 'knock-1', arrivedAtMs: nowMs - 3 * day, count: 4 }),
          aReject({ deviceId: 'knock-1', arrivedAtMs: nowMs - 1 * day, count: 2 }),
          aReject({ deviceId: 'knock-2', arrivedAtMs: nowMs, reason: 'bad-credential' }),
          aReject({ deviceId: 'knock-3', arrivedAtMs: nowMs, reason: 'wrong-shape' }),
        ],
        { consumer: 'knock', partition: 0, sequence: 5 },
      );

      const knocks = (await records().rejects.knocks(nowMs)).filter((knock) => knock.deviceId.startsWith('knock-'));

      expect(knocks).toEqual([
        { deviceId: 'knock-2', reason: 'bad-credential', count: 1, firstAtMs: nowMs, lastAtMs: nowMs },
        { deviceId: 'knock-1', reason: 'unknown-device', count: 6, firstAtMs: nowMs - 3 * day, lastAtMs: nowMs - day },
      ]);
    });

    it('keeps the newest rejects and no more', async () => {
      const { rejects } = records();
      const batch = Array.from({ length: 8 }, (_, i) => aReject({ deviceId: 'keep-1', detail: `number ${i}` }));
      await rejects.project(batch, { consumer: 'keep', partition: 0, sequence: 8 });

      await rejects.retain(3);

      const { items } = await rejects.rejects({ limit: 100 });
      expect(items.map((reject) => reject.detail)).toEqual(['number 7', 'number 6', 'number 5']);
    });
  });
}
