import { join } from 'node:path';
import {
  behaviourBy,
  CHATTER_CRITERIA,
  createAlarmDesk,
  isActive,
  isConditionTrue,
  type AlarmDesk,
  type Condition,
} from '@lifeline/alarms';
import type { AlarmAction, MaintenanceAction } from '@lifeline/contracts';
import { createDetectionEngine, type DetectionEngine } from '@lifeline/detection';
import { RecordDecoder } from '@lifeline/ports';
import { CONSUMERS, type Cursor, type LogBatch, type Subscription } from '@lifeline/reading-log';
import { decodeBlock, type ReadingBlock } from '@lifeline/readings';
import { AlarmOutbox } from './alarm-outbox.js';
import { AlarmProjector } from './alarm-projector.js';
import type { Checkpoint } from './checkpoint-file.js';
import { CheckpointKeeper } from './checkpoint-keeper.js';
import type { DetectionHealth, DetectionOptions, DetectionPorts } from './detection-ports.js';
import { DetectorMetrics } from './detector-metrics.js';
import { KnownSensors } from './known-sensors.js';
import { PlantLogic } from './plant-logic.js';
import { Progress } from './progress.js';
import { recoverDesk } from './recovery.js';
import { RegistryFollower } from './registry-follower.js';
import { readAction } from './stored-alarms.js';
import { takeAction, type Moved } from './take-action.js';
import { Turns } from './turns.js';

const CONSUMER = CONSUMERS.detector;
const TICK_MS = 1_000;
/** What moved so lately is kept when the desk forgets what is over: an alarm that comes and goes is known by it. */
const REMEMBERED_MS = 15 * 60_000;
/** A reading is in the log a moment after it was stamped: the clock that tells silence runs this much behind. */
const APPEND_ALLOWANCE_MS = 2_000;
const BATCH_RECORDS = 64;

/**
 * Watches the readings and keeps the alarms: readings → engine → desk → stream `alarms`, and actions → desk → `alarms`. It is
 * the only writer of that stream. Its state is checkpointed with its positions in the log; what came after the last checkpoint is
 * read again at the start, and the desk, which has folded the log's transitions by then, says nothing twice.
 */
export class DetectionService {
  private readonly engine: DetectionEngine;
  private readonly desk: AlarmDesk;
  /** What an action of a person moves. */
  private readonly moved: Moved;
  private readonly outbox: AlarmOutbox;
  private readonly projector: AlarmProjector;
  private readonly metrics: DetectorMetrics;
  private readonly blocks: RecordDecoder<ReadingBlock>;
  private readonly actionRecords: RecordDecoder<AlarmAction | MaintenanceAction>;
  private readonly turns = new Turns();
  private readonly progress: Progress;
  private readonly sensors = new KnownSensors();
  private readonly plant: PlantLogic;
  private readonly registry: RegistryFollower;
  private readonly checkpoints: CheckpointKeeper;
  private readonly subscriptions: Subscription[] = [];
  private readonly conditions: Condition[] = [];
  private readonly path: string;
  private actions: number[] = [];
  private stopListening: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;
  private second: Promise<void> | undefined;
  private tickedMs = -Infinity;
  private watching = false;
  private failure: string | undefined;

  constructor(
    private readonly ports: DetectionPorts,
    options: DetectionOptions = {},
  ) {
    const { log, registry, definitions, metrics, configuration } = ports;
    this.path = join(configuration.dataDir, 'detector', 'checkpoint.bin');
    const { alarmBudget } = configuration;
    this.engine = createDetectionEngine({ plans: options.plans ?? [], learned: alarmBudget, say: ports.say });
    this.plant = new PlantLogic(registry, this.sensors);
    this.desk = createAlarmDesk({
      sensor: (no) => registry.sensor(no),
      explanations: this.plant,
      chatter: CHATTER_CRITERIA,
      behaviour: (alarm) => behaviourBy(definitions.of(alarm), alarm),
      definedPriority: (alarm) => definitions.of(alarm)?.priority ?? null,
    });
    const { engine, desk, conditions, sensors, plant } = this;
    this.moved = { engine, desk, conditions, sensors };
    this.metrics = new DetectorMetrics(metrics, {
      lagRecords: () => this.progress.lagRecords,
      openAlarms: () => this.desk.open().length,
      passedOver: () => this.engine.passedOver,
      detection: () => this.engine.figures,
      desk: () => this.desk.figures,
    });
    this.outbox = new AlarmOutbox(log, (transition) => this.metrics.countTransition(transition));
    this.projector = new AlarmProjector(ports);
    this.registry = new RegistryFollower({
      ...{ registry, engine, desk, plant, sensors },
      nowMs: () => ports.clock.nowMs(),
      put: (transition) => this.outbox.put(transition),
    });
    this.checkpoints = new CheckpointKeeper({
      ...{ path: this.path, clock: ports.clock, everyMs: options.checkpointEveryMs },
      take: () => this.turns.take(() => this.checkpoint()),
    });
    const decoder = { metrics, say: ports.say, consumer: CONSUMER };
    this.blocks = new RecordDecoder({ ...decoder, stream: 'readings', read: decodeBlock });
    this.actionRecords = new RecordDecoder({ ...decoder, stream: 'actions', read: readAction });
    this.progress = new Progress(log.partitions);
  }

  /** Takes up where the checkpoint and the log end, then watches; resolves when it is subscribed, still catching up. */
  async start(): Promise<void> {
    const { log, registry, say } = this.ports;
    this.stopListening = registry.onChange((change) =>
      this.soon(() => this.flushing(() => this.registry.apply(change))),
    );
    this.registry.begin();
    const recovery = { ...this.ports, path: this.path, consumer: CONSUMER, nowMs: this.ports.clock.nowMs() };
    const recovered = await recoverDesk(recovery, this.engine, this.desk);
    this.plant.assetsChanged(this.desk.state());
    for (const window of recovered.windows) this.plant.foldWindow(window);
    this.actions = [...recovered.actions];
    this.progress.begin(recovered.readings, await log.head('readings'));
    await this.turns.take(() => this.flushing(() => this.registry.withdrawStrangers()));
    await this.projector.start();
    const readings = {
      stream: 'readings',
      consumer: CONSUMER,
      from: recovered.readings,
      maxRecords: BATCH_RECORDS,
    } as const;
    const actions = { stream: 'actions', consumer: CONSUMER, from: recovered.actions } as const;
    this.subscriptions.push(
      log.consume(readings, (batch) => this.turns.take(() => this.takeReadings(batch))),
      log.consume(actions, (batch) => this.turns.take(() => this.takeActions(batch))),
    );
    await this.turns.take(async () => {
      if (this.progress.lagRecords === 0) this.beginWatching();
    });
    this.timer = setInterval(() => {
      this.second ??= this.everySecond().finally(() => (this.second = undefined));
    }, TICK_MS);
    if (recovered.startedAnew) say(recovered.startedAnew);
  }

  /** Ends what is under way, keeps a checkpoint. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopListening?.();
    await Promise.all(this.subscriptions.map((subscription) => subscription.stop()));
    await this.second;
    await this.checkpoints.write().catch((error: unknown) => this.failed(error));
    await this.projector.stop();
  }

  health(): DetectionHealth {
    const problems = this.failure === undefined ? [] : [this.failure];
    const { lagRecords } = this.progress;
    return { ready: this.watching && problems.length === 0, problems, lagRecords, openAlarms: this.desk.open().length };
  }

  private async takeReadings({ partition, records }: LogBatch): Promise<void> {
    const beganS = performance.now() / 1000;
    await this.flush();
    for (const record of records) {
      const block = this.blocks.decode(record);
      if (block) {
        // While it lags, time is what the log says, not what the clock says: else all that waits would look silent.
        const nowMs = this.progress.arrived(partition, block.arrivedAtMs);
        if (nowMs !== undefined) this.tickEngine(nowMs - APPEND_ALLOWANCE_MS);
        this.engine.feed(block, this.conditions);
      }
      this.progress.took(partition, record.sequence);
    }
    this.settleConditions();
    await this.flush();
    if (!this.watching && this.progress.lagRecords === 0) this.beginWatching();
    this.metrics.observeBatch(performance.now() / 1000 - beganS);
  }

  private async takeActions({ partition, records }: LogBatch): Promise<void> {
    await this.flush();
    for (const record of records) {
      // A batch that failed on its way to the log comes again.
      if (record.sequence <= (this.actions[partition] ?? 0)) continue;
      const action = this.actionRecords.decode(record);
      if (action) this.take(action);
      this.settleConditions();
      this.actions[partition] = record.sequence;
    }
    await this.flush();
  }

  private take(action: AlarmAction | MaintenanceAction): void {
    const nowMs = this.ports.clock.nowMs();
    if (action.kind === 'maintenance') {
      // While it lags the newest windows are known from the records; what they change is told once it has caught up.
      if (this.plant.foldWindow(action.window) && this.watching) this.reviseSuppression(nowMs);
      return;
    }
    const answer = takeAction(action, nowMs, this.moved);
    if (answer) this.outbox.put(answer);
  }

  private reviseSuppression(nowMs: number): void {
    for (const transition of this.desk.reviseSuppression(nowMs)) this.outbox.put(transition);
  }

  /** Caught up: what the log says is on and the engine did not find again is handed to the engine, to be ended by readings. */
  private beginWatching(): void {
    this.watching = true;
    for (const entry of this.desk.state().entries) {
      const { current, beganAtMs } = entry;
      const sensorNo = this.sensors.numberOf(current.sensorId);
      if (sensorNo === undefined || !isActive(current) || !isConditionTrue(entry) || !current.limit) continue;
      this.engine.adopt(sensorNo, current.rule, current.limit.kind, beganAtMs ?? current.atMs);
    }
  }

  private async everySecond(): Promise<void> {
    try {
      const nowMs = this.ports.clock.nowMs();
      const head = await this.ports.log.head('readings');
      await this.turns.take(() => this.tick(nowMs - APPEND_ALLOWANCE_MS, head));
      await this.checkpoints.writeWhenDue();
      this.failure = undefined;
    } catch (error) {
      this.failed(error);
    }
  }

  private async tick(nowMs: number, head: Cursor): Promise<void> {
    await this.flush();
    this.progress.sees(head);
    if (this.progress.lagRecords > 0) return;
    if (!this.watching) this.beginWatching();
    this.tickEngine(nowMs);
    this.settleConditions();
    for (const transition of this.desk.tick(nowMs)) this.outbox.put(transition);
    this.reviseSuppression(nowMs);
    await this.flush();
  }

  /** Once a second of time told, since a tick looks at every sensor. */
  private tickEngine(nowMs: number): void {
    if (nowMs < this.tickedMs + TICK_MS / 2) return;
    this.tickedMs = nowMs;
    this.engine.tick(nowMs, this.conditions);
  }

  /** Within a turn, so that all of it is of one moment. */
  private async checkpoint(): Promise<Checkpoint> {
    // The log must hold what the desk says: an alarm only the checkpoint knew would never be told.
    await this.flush();
    // What comes after this position is folded again at the start; the desk passes over what it knows.
    const alarms = await this.ports.log.head('alarms');
    this.desk.forgetClosed(this.ports.clock.nowMs() - REMEMBERED_MS);
    return {
      cursors: { readings: this.progress.cursor, actions: [...this.actions], alarms },
      desk: this.desk.state(),
      windows: this.plant.knownWindows,
      engine: this.engine.checkpoint(),
    };
  }

  private settleConditions(): void {
    for (const condition of this.conditions) {
      const transition = this.desk.condition(condition);
      if (transition) this.outbox.put(transition);
    }
    this.conditions.length = 0;
  }

  private async flush(): Promise<void> {
    await this.outbox.flush();
  }

  /** Does something to the desk with the log up to date before it and after it. */
  private async flushing(work: () => void): Promise<void> {
    await this.flush();
    work();
    await this.flush();
  }

  private soon(work: () => Promise<void>): void {
    this.turns.take(work).catch((error: unknown) => this.failed(error));
  }

  /** Told once; the next second tries again. */
  private failed(error: unknown): void {
    const message = `The detector fails and tries again: ${error instanceof Error ? error.message : String(error)}`;
    if (this.failure !== message) this.ports.say(message);
    this.failure = message;
  }
}
