import { Inject, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { AlarmTransition, CallOut, LiveAlarm, LiveHealth, LiveIncident, LiveSteps } from '@lifeline/contracts';
import { PORTS, RecordDecoder, type Ports } from '@lifeline/ports';
import type { SeriesKey } from '@lifeline/history';
import { CONSUMERS, type LogBatch, type Subscription } from '@lifeline/reading-log';
import { decodeBlock, type ReadingBlock } from '@lifeline/readings';
import type { Sensor } from '@lifeline/contracts';
import { Subject } from 'rxjs';
import { IncidentView } from '../incidents/incident-view.js';
import { readKept } from '../incidents/kept-incidents.js';
import { HistoryLag } from './history-lag.js';
import { LiveView } from './live-view.js';
import { readTransition } from './stored-transition.js';

/** Sensors a question for last values, so that neither the answer nor the statement grows without bound. */
const SENSORS_A_QUESTION = 5_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

export function seriesOf(sensor: Sensor): SeriesKey {
  const { sensorNo, deviceId, channel, utility } = sensor;
  return { sensorNo, deviceId, channel, utility };
}

/** Keeps the live view up to date: from the history and the records at start, from the log ever after. */
export class LiveFeed implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly view = new LiveView();
  /** Each new transition, with its position in the stream. */
  readonly transitions = new Subject<LiveAlarm>();
  /** Each change of an incident, right after the transition that caused it. */
  readonly incidentChanges = new Subject<LiveIncident>();
  /** Each tick of a step that this gateway took. */
  readonly stepTicks = new Subject<LiveSteps>();
  /** Each call-out after it was made, and after each step of it, whichever gateway took it. */
  readonly callOutChanges = new Subject<CallOut>();
  readonly incidents: IncidentView;
  /** Says that newest values changed; which ones, the view knows. */
  readonly changes = new Subject<void>();
  /** Says that sensors came, went or moved. */
  readonly registryChanges = new Subject<void>();
  private readonly lag: HistoryLag;
  private readonly blocks: RecordDecoder<ReadingBlock>;
  private readonly alarms: RecordDecoder<AlarmTransition>;
  private readonly subscriptions: Subscription[] = [];
  private stopListening: (() => void) | undefined;
  private retry: NodeJS.Timeout | undefined;
  private position = 0;
  private actNo = 0;
  private state: 'starting' | 'live' | 'stopped' = 'starting';
  private fault: string | undefined;

  constructor(@Inject(PORTS) private readonly ports: Ports) {
    this.incidents = new IncidentView(ports.registry);
    this.lag = new HistoryLag(ports.log.partitions);
    const decoder = { metrics: ports.metrics, say: ports.say, consumer: CONSUMERS.liveView };
    this.blocks = new RecordDecoder({ ...decoder, stream: 'readings', read: decodeBlock });
    this.alarms = new RecordDecoder({ ...decoder, stream: 'alarms', read: readTransition });
  }

  async onApplicationBootstrap(): Promise<void> {
    const { registry } = this.ports;
    for (const sensor of registry.sensors()) this.putSensor(sensor);
    this.stopListening = registry.onChange((change) => {
      for (const sensorNo of change.removedSensorNos) this.view.removeSensor(sensorNo);
      for (const sensor of change.sensors) this.putSensor(sensor);
      this.incidents.sensorsChanged();
      if (change.assetsChanged) this.incidents.assetsChanged();
      this.registryChanges.next();
    });
    await this.start(FIRST_PAUSE_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    this.state = 'stopped';
    clearTimeout(this.retry);
    this.stopListening?.();
    await Promise.all(this.subscriptions.map((subscription) => subscription.stop()));
    this.transitions.complete();
    this.incidentChanges.complete();
    this.stepTicks.complete();
    this.callOutChanges.complete();
    this.changes.complete();
    this.registryChanges.complete();
  }

  /** Position of the newest transition that was told to `transitions`. */
  get alarmPosition(): number {
    return this.position;
  }

  /** Acts of people up to here were in what the start read. */
  get loadedActNo(): number {
    return this.actNo;
  }

  /** Tells what people did to incidents. */
  tellIncidents(changes: readonly LiveIncident[]): void {
    for (const change of changes) this.incidentChanges.next(change);
  }

  /** What keeps the view from being live; undefined where nothing does. */
  get problem(): string | undefined {
    if (this.state === 'live') return undefined;
    return this.fault ?? 'the live view is loading';
  }

  async health(): Promise<LiveHealth> {
    const waiting = this.lag.waiting(await this.historyCursor());
    return this.view.health(this.ports.clock.nowMs(), waiting);
  }

  private putSensor(sensor: Sensor): void {
    const device = this.ports.registry.device(sensor.deviceId);
    if (device) this.view.putSensor(sensor, device);
  }

  private async historyCursor(): Promise<readonly number[]> {
    return (await this.ports.history.cursor()) ?? this.ports.log.cursor('readings', CONSUMERS.history);
  }

  /** The cursors are read before what they stand for, so that the log repeats some rather than leaves any out. */
  private async start(pauseMs: number): Promise<void> {
    const { log, records } = this.ports;
    try {
      const alarmCursor = this.padded(await records.cursor(CONSUMERS.alarmProjector));
      const openAlarms = await records.alarms.open();
      const kept = await readKept(records, openAlarms);
      const readingCursor = this.padded(await this.historyCursor());
      await this.loadLastValues();
      for (const alarm of openAlarms) this.view.alarms.load(alarm);
      this.position = alarmCursor[0] ?? 0;
      if (this.state === 'stopped') return;
      this.actNo = kept.actNo;
      this.tellIncidents(this.incidents.load(openAlarms, kept, this.ports.clock.nowMs()));
      this.subscriptions.push(
        log.consume({ stream: 'alarms', consumer: CONSUMERS.liveView, from: alarmCursor }, (batch) =>
          this.takeAlarms(batch),
        ),
        log.consume({ stream: 'readings', consumer: CONSUMERS.liveView, from: readingCursor }, (batch) =>
          this.takeReadings(batch),
        ),
      );
      this.state = 'live';
    } catch (error) {
      if (this.isStopped()) return;
      this.fault = `the live view cannot load: ${error instanceof Error ? error.message : String(error)}`;
      this.ports.say(`gateway: ${this.fault}; tried again in ${pauseMs / 1000} s`);
      this.retry = setTimeout(() => void this.start(Math.min(pauseMs * 2, LONGEST_PAUSE_MS)), pauseMs);
    }
  }

  private isStopped(): boolean {
    return this.state === 'stopped';
  }

  private padded(cursor: readonly number[]): readonly number[] {
    return Array.from({ length: this.ports.log.partitions }, (_, partition) => cursor[partition] ?? 0);
  }

  private async loadLastValues(): Promise<void> {
    const nowMs = this.ports.clock.nowMs();
    const series = [...this.ports.registry.sensors()].map(seriesOf);
    for (let i = 0; i < series.length; i += SENSORS_A_QUESTION) {
      for (const last of await this.ports.history.last(series.slice(i, i + SENSORS_A_QUESTION))) {
        // The history does not keep the arrival; the measured time stands for it, at most now.
        const arrivedAtMs = Math.min(last.measuredAtMs, nowMs);
        this.view.values.put(last.sensorNo, last.measuredAtMs, last.value, last.mark, arrivedAtMs);
      }
    }
  }

  private async takeReadings(batch: LogBatch): Promise<void> {
    for (const record of batch.records) {
      const block = this.blocks.decode(record);
      if (block) this.view.feed(block);
      this.lag.passed(batch.partition, record.sequence, block?.sensorNo.length ?? 0);
    }
    this.changes.next();
  }

  private async takeAlarms(batch: LogBatch): Promise<void> {
    for (const record of batch.records) {
      const transition = this.alarms.decode(record);
      const isNew =
        transition !== undefined &&
        this.view.alarms.apply(transition, { partition: batch.partition, sequence: record.sequence });
      // The position moves with what is told, in one go, so that a client which catches up misses nothing.
      this.position = record.sequence;
      if (!isNew) continue;
      this.transitions.next({ ...transition, streamSequence: record.sequence });
      this.tellIncidents(this.incidents.take(transition));
    }
  }
}
