import type { Clock } from '@lifeline/contracts';

export interface Failure {
  readonly sinceMs: number;
  readonly attempts: number;
  readonly message: string;
}

/** Keeps what a consumer fails at, and tells the operator of the machine when it begins and ends: not at every attempt. */
export class Failing {
  private current: Failure | undefined;

  constructor(
    private readonly what: string,
    private readonly clock: Clock,
    private readonly say: (line: string) => void,
  ) {}

  get failure(): Failure | undefined {
    return this.current;
  }

  failed(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (!this.current) this.say(`${this.what} fails and will be tried again until it succeeds: ${message}`);
    this.current = {
      sinceMs: this.current?.sinceMs ?? this.clock.nowMs(),
      attempts: (this.current?.attempts ?? 0) + 1,
      message,
    };
  }

  succeeded(): void {
    if (this.current) this.say(`${this.what} succeeds again, after ${this.current.attempts} failed attempts.`);
    this.current = undefined;
  }
}
