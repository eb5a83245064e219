import { Turns } from './turns.js';

describe('turns', () => {
  it('lets one in at a time, in order, also after one that failed', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const work = (name: string) => async () => {
      seen.push(`${name} in`);
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(`${name} out`);
      if (name === 'b') throw new Error('b fell');
      return name;
    };

    const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((name) => turns.take(work(name))));

    expect(seen).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});
