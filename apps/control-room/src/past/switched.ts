import type { LiveReadings, LiveSensor } from '@lifeline/contracts';
import { Cell } from '../live/cell.js';
import { ValueBook, type LiveValue } from '../live/value-book.js';

/** A cell that shows what another holds, and may be switched to a third: who watches it need not know. */
export class SwitchedCell<Value> extends Cell<Value> {
  private readonly watchers = new Set<() => void>();
  private readonly tell = (): void => {
    for (const watcher of this.watchers) watcher();
  };
  private leave: () => void;

  constructor(private source: Cell<Value>) {
    super(source.get());
    this.leave = source.subscribe(this.tell);
  }

  override readonly get = (): Value => this.source.get();

  override set(next: Value): void {
    this.source.set(next);
  }

  override readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  switchTo(source: Cell<Value>): void {
    if (source === this.source) return;
    this.leave();
    const before = this.source.get();
    this.source = source;
    this.leave = source.subscribe(this.tell);
    if (!Object.is(before, source.get())) this.tell();
  }
}

/** Newest values that are those of another book, and may be switched to a third. */
export class SwitchedValues extends ValueBook {
  private readonly own = new Map<string, Set<() => void>>();
  private readonly ownBatches = new Set<(sensorIds: readonly string[]) => void>();
  private leave: () => void;

  constructor(private source: ValueBook) {
    super();
    this.leave = this.listen();
  }

  override get(sensorId: string): LiveValue | undefined {
    return this.source.get(sensorId);
  }

  override take(readings: LiveReadings): void {
    this.source.take(readings);
  }

  override takeSensors(sensors: readonly LiveSensor[]): void {
    this.source.takeSensors(sensors);
  }

  override watch(sensorId: string, watcher: () => void): () => void {
    const watchers = this.own.get(sensorId) ?? new Set();
    watchers.add(watcher);
    this.own.set(sensorId, watchers);
    return () => {
      watchers.delete(watcher);
      if (watchers.size === 0) this.own.delete(sensorId);
    };
  }

  override watchBatches(watcher: (sensorIds: readonly string[]) => void): () => void {
    this.ownBatches.add(watcher);
    return () => this.ownBatches.delete(watcher);
  }

  switchTo(source: ValueBook): void {
    if (source === this.source) return;
    this.leave();
    this.source = source;
    this.leave = this.listen();
    this.tellOwn([...this.own.keys()]);
  }

  private listen(): () => void {
    return this.source.watchAll((sensorIds) => this.tellOwn(sensorIds));
  }

  private tellOwn(sensorIds: readonly string[]): void {
    for (const sensorId of sensorIds) for (const watcher of this.own.get(sensorId) ?? []) watcher();
    for (const watcher of this.ownBatches) watcher(sensorIds);
  }
}
