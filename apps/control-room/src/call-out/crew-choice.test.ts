import type { DutyChoice, DutyPost, DutyStanding } from '@lifeline/contracts';
import { nextToCall } from './crew-choice.js';
import { aCallOut, aResult } from './testing/a-call-out.js';

const choice = (postId: string, standing: DutyStanding): DutyChoice<DutyPost> => ({
  post: { postId } as DutyPost,
  standing,
  isOnCall: standing === 'on-call',
});
const choices = [choice('a', 'on-call'), choice('b', 'on-call'), choice('c', 'off-call')];
const of = (postId: string, ...steps: ReturnType<typeof aResult>[]) =>
  aCallOut({ crew: { ...aCallOut().crew, postId }, steps });

describe('who is called next', () => {
  it('is the first who is on call for the place and was not called for this yet', () => {
    expect(nextToCall(choices, [])?.postId).toBe('a');
    expect(nextToCall(choices, [of('a', aResult('no-answer', 1, 5))])?.postId).toBe('b');
    expect(nextToCall(choices, [of('a'), of('b', aResult('reached', 1, 5))])).toBeUndefined();
  });

  it('may be who was stood down before', () => {
    expect(nextToCall(choices, [of('a', aResult('stood-down', 1, 5))])?.postId).toBe('a');
  });

  it('is nobody of those who are not on call: that is for a person to choose', () => {
    expect(nextToCall([choice('c', 'off-call'), choice('d', 'elsewhere')], [])).toBeUndefined();
  });
});
