/** Counts what was handed on and not yet answered, and waits for it. */
export class Outstanding {
  count = 0;
  bytes = 0;
  private readonly waiting: (() => void)[] = [];

  enter(bytes: number): void {
    this.count++;
    this.bytes += bytes;
  }

  leave(bytes: number): void {
    this.count--;
    this.bytes -= bytes;
    if (this.count === 0) for (const resolve of this.waiting.splice(0)) resolve();
  }

  /** Resolves when nothing is outstanding, or after `withinMs`; true where nothing is. */
  async idle(withinMs: number): Promise<boolean> {
    if (this.count === 0) return true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([
      new Promise<void>((resolve) => this.waiting.push(resolve)),
      new Promise<void>((resolve) => (timer = setTimeout(resolve, withinMs))),
    ]);
    clearTimeout(timer);
    return this.count === 0;
  }
}
