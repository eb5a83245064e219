import type { Ports } from '@lifeline/ports';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const FIRST_AFTER_MS = 60_000;
const KEPT_REJECTS = 100_000;

/** Lets old readings and rejects go; the log looks after itself. */
export class Upkeep {
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(private readonly ports: Pick<Ports, 'history' | 'records' | 'clock' | 'configuration' | 'say'>) {}

  start(): void {
    const { history, records, clock, configuration } = this.ports;
    this.every(DAY_MS, 'Dropping old readings', () => history.retain(clock.nowMs() - configuration.historyMs));
    this.every(HOUR_MS, 'Dropping old rejects', () => records.rejects.retain(KEPT_REJECTS));
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private every(ms: number, what: string, work: () => Promise<void>): void {
    const run = () => {
      work().catch((error: unknown) => {
        this.ports.say(
          `${what} failed and is tried again next time: ${error instanceof Error ? error.message : String(error)}`,
        );
      });
    };
    this.timers.push(setTimeout(run, FIRST_AFTER_MS).unref(), setInterval(run, ms).unref());
  }
}
