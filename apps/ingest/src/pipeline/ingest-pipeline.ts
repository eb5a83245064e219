import { DecodedReadings, decodeTelemetry, parseDeviceTopic, type Clock, type RejectReason } from '@lifeline/contracts';
import type { InletMessage, MessageSink, Refusal } from '@lifeline/inlets';
import type { LogRecord, ReadingLog } from '@lifeline/reading-log';
import {
  BlockBuilder,
  BlockFormatError,
  decodeBlock,
  isDuplicate,
  QualityGate,
  type ReadingBlock,
} from '@lifeline/readings';
import type { RegistryCopy } from '@lifeline/records';
import type { Registry as Metrics } from 'prom-client';
import { AppendMetrics } from './append-metrics.js';
import { RejectCollector } from './reject-collector.js';
import { CLOCK_BEGIN_MS, describeTime, MAX_AHEAD_MS } from './time-bounds.js';

export interface IngestPipelineOptions {
  readonly log: ReadingLog;
  readonly registry: Pick<RegistryCopy, 'device' | 'channels'>;
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** Name of the inlet that `accept` counts for; default `mqtt`. */
  readonly inlet?: string;
}

/** Not taken in: the bound of what may wait is reached, or the service stops. The device sends again. */
export class IngestBusyError extends Error {
  readonly code = 'ingest-busy';
}

/** Bounds of what waits for the log; above them messages are refused, so that memory stays bounded while a disk stalls. */
const MAX_WAITING_MESSAGES = 100_000;
const MAX_WAITING_READINGS = 400_000;
/** A group of rejects alone waits so long for more: a flood of them makes 20 commits a second, not a thousand. */
const REJECTS_WAIT_MS = 50;
/** Records of the log read again at the start, so that repeats over a restart are known. */
const REMEMBERED_RECORDS = 4_096;

type Done = (error?: Error) => void;

/** What came in by one inlet since the last append. */
interface Lane {
  readonly inlet: string;
  readonly builder: BlockBuilder;
  full: Uint8Array[];
  arrivedAtMs: number;
}

interface Group {
  readonly records: readonly LogRecord[];
  readonly dones: readonly Done[];
  readonly readings: number;
}

/**
 * From a message to the reading log: decode, resolve, mark, append, answer. All messages that come while an append is under way
 * share the next one; when none is, those of one turn of the event loop do. Each message's `done` is called after the append that holds it.
 *
 * Hot path: beside JSON.parse no object and no promise a reading; some 0.5 µs a reading in batches.
 */
export class IngestPipeline {
  /** The sink of the one inlet named in the options. */
  readonly accept: MessageSink;
  private readonly gate = new QualityGate();
  private readonly decoded = new DecodedReadings();
  private readonly lanes = new Map<string, Lane>();
  private readonly rejects = new RejectCollector();
  private readonly metrics: AppendMetrics;
  private dones: Done[] = [];
  private waitingReadings = 0;
  private underWay: Group | undefined;
  private scheduled: NodeJS.Immediate | undefined;
  private rejectTimer: NodeJS.Timeout | undefined;
  private idleListeners: (() => void)[] = [];
  private stopping = false;
  private failure: Error | undefined;

  constructor(private readonly options: IngestPipelineOptions) {
    this.metrics = new AppendMetrics(options.metrics, () => this.outstanding);
    this.accept = this.sink(options.inlet ?? 'mqtt');
  }

  /** The sink of an inlet; its name stands in the blocks, for the account. */
  sink(inlet: string): MessageSink {
    const lane = this.laneOf(inlet);
    return (message, done) => this.take(lane, message, done);
  }

  /** Keeps what an inlet refused, as a reject. */
  refuse(inlet: string, refusal: Refusal): void {
    this.rejects.add(
      {
        arrivedAtMs: refusal.atMs,
        inlet,
        deviceId: refusal.deviceId ?? null,
        topic: refusal.topic,
        reason: refusal.reason,
        detail: refusal.detail,
        count: refusal.count,
      },
      refusal.payload,
    );
    this.schedule();
  }

  /** Messages taken in whose `done` has not been called. */
  get outstanding(): number {
    return this.dones.length + (this.underWay?.dones.length ?? 0);
  }

  /** Why the newest append failed; undefined while appends succeed. */
  get appendFailure(): Error | undefined {
    return this.failure;
  }

  /** Reads the end of the log, so that a message sent again over a restart is known as a repeat. Call it before the first message. */
  async rememberLog(): Promise<void> {
    const head = await this.options.log.head('readings');
    const from = head.map((sequence) => Math.max(0, sequence - REMEMBERED_RECORDS));
    for (let position = from; ;) {
      const records = await this.options.log.read('readings', position, 256);
      if (records.length === 0) return;
      const next = [...position];
      for (const record of records) {
        next[record.partition] = record.sequence;
        const block = rememberable(record.payload);
        if (!block) continue;
        for (let i = 0; i < block.sensorNo.length; i++) this.gate.remember(block.sensorNo[i]!, block.measuredAtMs[i]!);
      }
      position = next;
    }
  }

  /** Takes nothing new; resolves once everything taken in is answered. */
  async stop(): Promise<void> {
    this.stopping = true;
    if (this.hasWaiting() && !this.underWay) this.flush();
    while (this.underWay) await new Promise<void>((resolve) => this.idleListeners.push(resolve));
  }

  private laneOf(inlet: string): Lane {
    const known = this.lanes.get(inlet);
    if (known) return known;
    const lane: Lane = { inlet, builder: new BlockBuilder(), full: [], arrivedAtMs: 0 };
    this.lanes.set(inlet, lane);
    return lane;
  }

  private take(lane: Lane, message: InletMessage, done: Done): void {
    if (this.stopping) return done(new IngestBusyError('ingest stops: send the message again to the next start'));
    if (this.outstanding >= MAX_WAITING_MESSAGES || this.waitingReadings >= MAX_WAITING_READINGS) {
      return done(new IngestBusyError(`${this.outstanding} messages wait for the reading log: send again later`));
    }
    lane.arrivedAtMs = message.arrivedAtMs;
    this.read(lane, message);
    this.dones.push(done);
    this.schedule();
  }

  private read(lane: Lane, message: InletMessage): void {
    const topic = parseDeviceTopic(message.topic);
    if (topic?.kind !== 'telemetry') {
      const mend = 'publish telemetry to lifeline/v1/{utility}/{deviceId}/telemetry';
      return this.reject(lane, message, null, 'wrong-topic', `the topic is none of ours: ${mend}`, 1);
    }
    const { deviceId } = topic;
    const device = this.options.registry.device(deviceId);
    const channels = this.options.registry.channels(deviceId);
    if (!device || !channels) {
      const detail = `device ${deviceId} is not registered: register it, or take the id out of the sender`;
      return this.reject(lane, message, deviceId, 'unknown-device', detail, 1);
    }
    if (device.utility !== topic.utility) {
      const detail = `device ${deviceId} is registered under ${device.utility}, the topic says ${topic.utility}: mend the topic`;
      return this.reject(lane, message, deviceId, 'utility-mismatch', detail, 1);
    }
    const { arrivedAtMs } = message;
    const { decoded } = this;
    const rejects = decodeTelemetry(message.payload, arrivedAtMs, decoded);
    if (rejects) for (const part of rejects) this.reject(lane, message, deviceId, part.reason, part.detail, part.count);
    for (let i = 0; i < decoded.count; i++) {
      const channel = decoded.channel[i]!;
      const measuredAtMs = decoded.measuredAtMs[i]!;
      const sensor = channels.get(channel);
      if (!sensor) {
        const detail = `device ${deviceId} has no channel ${JSON.stringify(channel)}: register it, or mend the name`;
        this.reject(lane, message, deviceId, 'unknown-channel', detail, 1);
      } else if (measuredAtMs < CLOCK_BEGIN_MS || measuredAtMs > arrivedAtMs + MAX_AHEAD_MS) {
        const detail = `${channel} was measured at ${describeTime(measuredAtMs)}, before 2000 or more than a day ahead: set the device's clock`;
        this.reject(lane, message, deviceId, 'timestamp-out-of-range', detail, 1);
      } else {
        const value = decoded.value[i]!;
        const mark = this.gate.mark(sensor, measuredAtMs, value, arrivedAtMs, decoded.unit[i]);
        lane.builder.push(sensor.sensorNo, measuredAtMs, value, mark);
        this.waitingReadings++;
        if (lane.builder.isFull) lane.full.push(lane.builder.take(arrivedAtMs, lane.inlet));
      }
    }
  }

  private reject(
    lane: Lane,
    message: InletMessage,
    deviceId: string | null,
    reason: RejectReason,
    detail: string,
    count: number,
  ): void {
    const { arrivedAtMs, topic, payload } = message;
    this.rejects.add({ arrivedAtMs, inlet: lane.inlet, deviceId, topic, reason, detail, count }, payload);
  }

  private hasWaiting(): boolean {
    return this.dones.length > 0 || this.rejects.size > 0;
  }

  private schedule(): void {
    if (this.underWay || this.scheduled) return;
    if (this.waitingReadings > 0) {
      clearTimeout(this.rejectTimer);
      this.rejectTimer = undefined;
      this.scheduled = setImmediate(() => this.flush());
    } else {
      this.rejectTimer ??= setTimeout(() => this.flush(), REJECTS_WAIT_MS);
    }
  }

  private flush(): void {
    clearImmediate(this.scheduled);
    clearTimeout(this.rejectTimer);
    this.scheduled = undefined;
    this.rejectTimer = undefined;
    if (this.underWay || !this.hasWaiting()) return;
    const group = this.takeGroup();
    this.underWay = group;
    const begunAt = performance.now();
    this.options.log.append(group.records).then(
      () => this.kept(group, begunAt),
      (error: unknown) => this.notKept(group, error instanceof Error ? error : new Error(String(error))),
    );
  }

  private takeGroup(): Group {
    const records: LogRecord[] = [];
    for (const lane of this.lanes.values()) {
      if (lane.builder.count > 0) lane.full.push(lane.builder.take(lane.arrivedAtMs, lane.inlet));
      for (const payload of lane.full) records.push({ stream: 'readings', key: lane.inlet, payload });
      lane.full = [];
    }
    for (const payload of this.rejects.take()) records.push({ stream: 'rejects', key: 'rejects', payload });
    const group = { records, dones: this.dones, readings: this.waitingReadings };
    this.dones = [];
    this.waitingReadings = 0;
    return group;
  }

  private kept(group: Group, begunAt: number): void {
    this.failure = undefined;
    this.metrics.count(group.records, group.readings, (performance.now() - begunAt) / 1000);
    this.finish(() => {
      for (const done of group.dones) done();
    });
  }

  /**
   * Nothing of the group was kept. What gathered behind it goes the same way: a repeat in it may stand for a reading of this group,
   * and would be acknowledged without its reading.
   */
  private notKept(group: Group, error: Error): void {
    this.failure = error;
    const behind = this.takeGroup();
    for (const { stream, payload } of [...group.records, ...behind.records]) {
      if (stream !== 'readings') continue;
      const { sensorNo, measuredAtMs, mark } = decodeBlock(payload);
      for (let i = 0; i < mark.length; i++)
        if (!isDuplicate(mark[i]!)) this.gate.forget(sensorNo[i]!, measuredAtMs[i]!);
    }
    this.metrics.countFailure();
    this.finish(() => {
      for (const done of group.dones) done(error);
      for (const done of behind.dones) done(error);
    });
  }

  private finish(answer: () => void): void {
    this.underWay = undefined;
    // What gathered meanwhile goes on its way before the answers, which take the devices' time.
    if (this.waitingReadings > 0 || this.stopping) this.flush();
    answer();
    if (this.hasWaiting()) this.schedule();
    for (const resolve of this.idleListeners.splice(0)) resolve();
  }
}

/** A block of the log; undefined where it is none, which those who consume it report. */
function rememberable(payload: Uint8Array): ReadingBlock | undefined {
  try {
    return decodeBlock(payload);
  } catch (error) {
    if (error instanceof BlockFormatError) return undefined;
    throw error;
  }
}
