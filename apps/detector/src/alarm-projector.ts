import type { AlarmTransition } from '@lifeline/contracts';
import { RecordDecoder } from '@lifeline/ports';
import type { Records } from '@lifeline/records';
import { CONSUMERS, type ReadingLog, type Subscription } from '@lifeline/reading-log';
import type { Registry as Metrics } from 'prom-client';
import { readTransition } from './stored-alarms.js';

const CONSUMER = CONSUMERS.alarmProjector;

export interface AlarmProjectorPorts {
  readonly log: ReadingLog;
  readonly records: Pick<Records, 'alarms' | 'cursor'>;
  readonly say: (line: string) => void;
  readonly metrics: Metrics;
}

/** Writes the transitions of the log into the records, at once: an operator who acknowledged looks at the list next. */
export class AlarmProjector {
  private subscription: Subscription | undefined;
  private failing = false;

  private readonly decoder: RecordDecoder<AlarmTransition>;

  constructor(private readonly ports: AlarmProjectorPorts) {
    const { metrics, say } = ports;
    this.decoder = new RecordDecoder({ metrics, say, stream: 'alarms', consumer: CONSUMER, read: readTransition });
  }

  /** Goes on from the cursor that the records keep with their rows. */
  async start(): Promise<void> {
    const { log, records } = this.ports;
    const position = await records.cursor(CONSUMER);
    const from = Array.from({ length: log.partitions }, (_, partition) => position[partition] ?? 0);
    this.subscription = log.consume(
      { stream: 'alarms', consumer: CONSUMER, from, maxRecords: 1_000 },
      async ({ partition, records: given }) => {
        const sequence = given.at(-1)?.sequence;
        if (sequence === undefined) return;
        const transitions = given.flatMap((record) => {
          const transition = this.decoder.decode(record);
          return transition ? [{ transition, streamSequence: record.sequence }] : [];
        });
        await this.write(() => records.alarms.project(transitions, { consumer: CONSUMER, partition, sequence }));
      },
    );
  }

  async stop(): Promise<void> {
    await this.subscription?.stop();
  }

  /** A write that fails is tried again by the log; the operator of the machine hears of it once. */
  private async write(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.failing)
        this.ports.say(`Alarms are not written to the records, and will be tried again: ${String(error)}`);
      this.failing = true;
      throw error;
    }
    if (this.failing) this.ports.say('Alarms are written to the records again.');
    this.failing = false;
  }
}
