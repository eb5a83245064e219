/** Keeps the newest answer of a function of time: in one tick a thousand sensors ask for the same weather and demand. */
export function newestAnswer(ask: (tMs: number) => number): (tMs: number) => number {
  let askedMs = NaN;
  let answer = NaN;
  return (tMs) => {
    if (tMs !== askedMs) {
      answer = ask(tMs);
      askedMs = tMs;
    }
    return answer;
  };
}
