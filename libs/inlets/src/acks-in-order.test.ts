import fc from 'fast-check';
import { AcksInOrder } from './acks-in-order.js';

describe('acknowledgements', () => {
  it('go out in the order the messages came, whatever order they are released in, and each once', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 2000 }), (picks) => {
        const sent: number[] = [];
        const acks = new AcksInOrder((messageId) => sent.push(messageId));
        const open = picks.map((_, i) => acks.await(i));
        for (const pick of picks) {
          const [ack] = open.splice(pick % open.length, 1);
          acks.release(ack!);
          expect(acks.waiting).toBe(picks.length - sent.length);
        }
        expect(sent).toEqual(picks.map((_, i) => i));
      }),
      { numRuns: 50 },
    );
  });

  it('wait for the oldest', () => {
    const sent: number[] = [];
    const acks = new AcksInOrder((messageId) => sent.push(messageId));
    const [first, second] = [acks.await(1), acks.await(2)];
    acks.release(second);
    expect(sent).toEqual([]);
    acks.release(first);
    expect(sent).toEqual([1, 2]);
  });
});
