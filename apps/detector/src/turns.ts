/** Runs what it is given one after the other, in the order asked for: engine and desk are moved by one hand at a time. */
export class Turns {
  private last: Promise<void> = Promise.resolve();

  /** Resolves, or rejects, as `work` does; a rejection does not hold up those behind. */
  take<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.last.then(work);
    this.last = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }
}
