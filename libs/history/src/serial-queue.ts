/** Runs tasks one after another in the order they came; a task that fails does not stop those behind it. */
export class SerialQueue {
  private tail: Promise<unknown> = Promise.resolve();

  /** Resolves, or rejects, as the task does. */
  run<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.tail.then(task, task);
    this.tail = result.catch(() => undefined);
    return result;
  }

  /** Resolves once everything that was handed in has ended. */
  async idle(): Promise<void> {
    await this.tail;
  }
}
