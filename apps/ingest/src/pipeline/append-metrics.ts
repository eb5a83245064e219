import { QUALITY_REASONS } from '@lifeline/contracts';
import type { LogRecord } from '@lifeline/reading-log';
import { decodeBlock, isDuplicate, REASON_MASK } from '@lifeline/readings';
import { Counter, Gauge, Histogram, type Registry as Metrics } from 'prom-client';
import { decodeReject } from './reject-collector.js';

/** Counts what the log has kept; once an append, over the mark column, never a reading at a time. */
export class AppendMetrics {
  private readonly received: Counter<'inlet'>;
  private readonly rejected: Counter<'reason'>;
  private readonly duplicates: Counter<'inlet'>;
  private readonly quality: Counter<'reason'>;
  private readonly batch: Histogram;
  private readonly seconds: Histogram;
  private readonly failures: Counter;
  private readonly byCode = new Uint32Array(REASON_MASK + 1);

  constructor(metrics: Metrics, outstanding: () => number) {
    const registers = [metrics];
    this.received = new Counter({
      name: 'lifeline_readings_received_total',
      help: 'Readings taken in and kept, whatever became of them, by inlet',
      labelNames: ['inlet'],
      registers,
    });
    this.rejected = new Counter({
      name: 'lifeline_readings_rejected_total',
      help: 'What could not become a reading, by reason',
      labelNames: ['reason'],
      registers,
    });
    this.duplicates = new Counter({
      name: 'lifeline_readings_duplicate_total',
      help: 'Readings that came before, by inlet',
      labelNames: ['inlet'],
      registers,
    });
    this.quality = new Counter({
      name: 'lifeline_readings_quality_total',
      help: 'Readings by quality reason; none means good',
      labelNames: ['reason'],
      registers,
    });
    this.batch = new Histogram({
      name: 'lifeline_append_readings',
      help: 'Readings that shared one append to the log',
      buckets: [1, 10, 100, 1_000, 10_000, 100_000],
      registers,
    });
    this.seconds = new Histogram({
      name: 'lifeline_append_seconds',
      help: 'Time of one append to the log, to the disk',
      buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5],
      registers,
    });
    this.failures = new Counter({
      name: 'lifeline_append_failures_total',
      help: 'Appends that the log refused; nothing of them was acknowledged',
      registers,
    });
    new Gauge({
      name: 'lifeline_ingest_outstanding',
      help: 'Messages taken in and not answered yet',
      registers,
      collect() {
        this.set(outstanding());
      },
    });
  }

  count(records: readonly LogRecord[], readings: number, seconds: number): void {
    this.batch.observe(readings);
    this.seconds.observe(seconds);
    for (const { stream, payload } of records) {
      if (stream === 'readings') this.countBlock(payload);
      else if (stream === 'rejects') this.countReject(payload);
    }
  }

  countFailure(): void {
    this.failures.inc();
  }

  private countBlock(payload: Uint8Array): void {
    const { inlet, mark } = decodeBlock(payload);
    let duplicates = 0;
    this.byCode.fill(0);
    for (let i = 0; i < mark.length; i++) {
      if (isDuplicate(mark[i]!)) duplicates++;
      const code = mark[i]! & REASON_MASK;
      this.byCode[code] = this.byCode[code]! + 1;
    }
    this.received.inc({ inlet }, mark.length);
    if (duplicates > 0) this.duplicates.inc({ inlet }, duplicates);
    for (const [code, reason] of QUALITY_REASONS.entries()) {
      if (this.byCode[code]! > 0) this.quality.inc({ reason }, this.byCode[code]);
    }
  }

  private countReject(payload: Uint8Array): void {
    const { inlet, reason, count, topic } = decodeReject(payload);
    if (topic !== '') this.received.inc({ inlet }, count);
    this.rejected.inc({ reason }, count);
  }
}
