import type { StoredRecord } from '../port.js';
import { Subscriber, type SubscriberSource } from './subscriber.js';

/** A stream in memory; tells when the subscriber has looked and found nothing. */
class Stream implements SubscriberSource {
  readonly position = 0;
  readonly acknowledged: number[] = [];
  hasEnded = false;
  head = 0;
  private idle: (() => void)[] = [];

  after(position: number): readonly StoredRecord[] {
    if (position < this.head) return [{ partition: 0, sequence: position + 1, payload: new Uint8Array() }];
    for (const resolve of this.idle.splice(0)) resolve();
    return [];
  }

  acknowledge(position: number): void {
    this.acknowledged.push(position);
  }

  ended(): void {
    this.hasEnded = true;
  }

  whenIdle(): Promise<void> {
    return new Promise((resolve) => this.idle.push(resolve));
  }
}

describe('a subscriber', () => {
  let stream: Stream;
  beforeEach(() => (stream = new Stream()));

  it('hands over what there is and sleeps until it is woken', async () => {
    stream.head = 2;
    const handed: number[] = [];
    let idle = stream.whenIdle();
    const subscriber = new Subscriber(stream, async (batch) => void handed.push(batch.records[0]!.sequence));
    await idle;
    expect(handed).toEqual([1, 2]);

    idle = stream.whenIdle();
    stream.head = 3;
    subscriber.wake();
    await idle;

    expect(handed).toEqual([1, 2, 3]);
    expect(stream.acknowledged).toEqual([1, 2, 3]);
    await subscriber.stop();
  });

  it('is not called from within its creation', async () => {
    stream.head = 1;
    let isCalled = false;
    const subscriber = new Subscriber(stream, async () => void (isCalled = true));

    expect(isCalled).toBe(false);
    await subscriber.stop();
    expect(stream.hasEnded).toBe(true);
  });

  it('hands the same batch over again after an error, also one that is thrown at once', async () => {
    stream.head = 1;
    const handed: number[] = [];
    const idle = stream.whenIdle();
    const subscriber = new Subscriber(stream, (batch) => {
      handed.push(batch.records[0]!.sequence);
      if (handed.length === 1) throw new Error('at once');
      return handed.length === 2 ? Promise.reject(new Error('later')) : Promise.resolve();
    });
    await idle;

    expect(handed).toEqual([1, 1, 1]);
    expect(stream.acknowledged).toEqual([1]);
    await subscriber.stop();
  });

  it('stops at once while it waits to try again', async () => {
    stream.head = 1;
    let failed: () => void = () => undefined;
    const hasFailed = new Promise<void>((resolve) => (failed = resolve));
    let calls = 0;
    const subscriber = new Subscriber(stream, async () => {
      calls++;
      failed();
      throw new Error('down');
    });
    await hasFailed;

    await subscriber.stop();

    expect(calls).toBe(1);
    expect(stream.acknowledged).toEqual([]);
  });
});
