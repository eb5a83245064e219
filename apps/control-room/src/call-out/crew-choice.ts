import { callOutState, type CallOut, type DutyChoice, type DutyPost } from '@lifeline/contracts';

/** Crews that were called for this and have neither been stood down since: a second call to them is not what comes next. */
function calledAlready(callOuts: readonly CallOut[]): ReadonlySet<string> {
  return new Set(callOuts.filter((one) => callOutState(one) !== 'stood-down').map(({ crew }) => crew.postId));
}

/** Who is to be called next: the first who is for the place, on call, and was not called for this yet; undefined where there is none. */
export function nextToCall(
  choices: readonly DutyChoice<DutyPost>[],
  callOuts: readonly CallOut[],
): DutyPost | undefined {
  const called = calledAlready(callOuts);
  return choices.find(({ standing, post }) => standing === 'on-call' && !called.has(post.postId))?.post;
}
