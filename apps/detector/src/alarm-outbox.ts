import type { AlarmTransition } from '@lifeline/contracts';
import type { ReadingLog } from '@lifeline/reading-log';

/**
 * Transitions that the desk has made and the log does not hold yet, in order. While the log takes nothing, the detector takes
 * nothing in either, so what waits here is bounded by one batch.
 */
export class AlarmOutbox {
  private waiting: AlarmTransition[] = [];

  constructor(
    private readonly log: Pick<ReadingLog, 'append'>,
    private readonly appended: (transition: AlarmTransition) => void,
  ) {}

  put(transition: AlarmTransition): void {
    this.waiting.push(transition);
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  /**
   * Appends what waits; resolves when it is durable.
   * @throws what the log throws; everything then waits on, and may be appended twice, which every reader expects
   */
  async flush(): Promise<void> {
    if (this.isEmpty) return;
    const given = this.waiting;
    await this.log.append(
      given.map((transition) => ({
        stream: 'alarms',
        key: transition.alarmId,
        payload: Buffer.from(JSON.stringify(transition), 'utf8'),
      })),
    );
    this.waiting = this.waiting.slice(given.length);
    for (const transition of given) this.appended(transition);
  }
}
