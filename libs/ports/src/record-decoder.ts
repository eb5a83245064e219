import type { StoredRecord, StreamName } from '@lifeline/reading-log';
import { Counter, type Registry as Metrics } from 'prom-client';

const UNDECODABLE = 'lifeline_undecodable_records_total';
type Labels = 'stream' | 'consumer';

export interface RecordDecoderOptions<Value> {
  readonly metrics: Metrics;
  readonly say: (line: string) => void;
  readonly stream: StreamName;
  readonly consumer: string;
  /** Throws, or gives undefined, where the bytes are not what they should be. */
  readonly read: (payload: Uint8Array) => Value | undefined;
}

/**
 * Decodes records of the log for one consumer. One that cannot be decoded never will be: it gives undefined, to be passed over, and
 * is counted, so that it does not stop for ever what comes after it. The operator of the machine hears of the first.
 */
export class RecordDecoder<Value> {
  private readonly undecodable: Counter<Labels>;
  private told = false;

  constructor(private readonly options: RecordDecoderOptions<Value>) {
    this.undecodable = counterIn(options.metrics);
  }

  decode(record: StoredRecord): Value | undefined {
    let value: Value | undefined;
    let why = 'not what this stream holds';
    try {
      value = this.options.read(record.payload);
    } catch (error) {
      why = error instanceof Error ? error.message : String(error);
    }
    if (value === undefined) this.passOver(record, why);
    return value;
  }

  decodeAll(records: readonly StoredRecord[]): Value[] {
    const values: Value[] = [];
    for (const record of records) {
      const value = this.decode(record);
      if (value !== undefined) values.push(value);
    }
    return values;
  }

  private passOver({ sequence }: StoredRecord, why: string): void {
    const { stream, consumer, say } = this.options;
    this.undecodable.inc({ stream, consumer });
    if (this.told) return;
    this.told = true;
    say(
      `Record ${sequence} of ${stream} cannot be read and is passed over by ${consumer}: ${why}. More are only counted.`,
    );
  }
}

/** One counter for all consumers of a process. */
function counterIn(metrics: Metrics): Counter<Labels> {
  const known = metrics.getSingleMetric(UNDECODABLE);
  if (known instanceof Counter) return known;
  return new Counter({
    name: UNDECODABLE,
    help: 'Records of the log that a consumer could not decode and passed over',
    labelNames: ['stream', 'consumer'],
    registers: [metrics],
  });
}
