import type { LiveReadings, LiveSensor, Quality } from '@lifeline/contracts';

/** The newest reading of a sensor, as the page knows it. */
export interface LiveValue {
  readonly measuredAtMs: number;
  readonly value: number | null;
  readonly quality: Quality;
}

/**
 * Newest values by sensor. Each watcher is told of its own sensor alone; watchers of all (the map's labels) are told
 * once a batch.
 */
export class ValueBook {
  private readonly values = new Map<string, LiveValue>();
  private readonly watchers = new Map<string, Set<() => void>>();
  private readonly allWatchers = new Set<(sensorIds: readonly string[]) => void>();
  private readonly batchWatchers = new Set<(sensorIds: readonly string[]) => void>();

  /** All sensors that have a value, with it. */
  entries(): IterableIterator<[string, LiveValue]> {
    return this.values.entries();
  }

  get(sensorId: string): LiveValue | undefined {
    return this.values.get(sensorId);
  }

  /** Takes a batch from the socket. A reading older than what is known changes nothing. */
  take(readings: LiveReadings): void {
    const changed: string[] = [];
    for (const [sensorId, measuredAtMs, value, quality] of readings.values) {
      if (this.put(sensorId, { measuredAtMs, value, quality })) changed.push(sensorId);
    }
    this.tell(changed);
    if (changed.length > 0) for (const watcher of this.batchWatchers) watcher(changed);
  }

  /** Takes what REST says of sensors. */
  takeSensors(sensors: readonly LiveSensor[]): void {
    const changed: string[] = [];
    for (const { sensorId, last } of sensors) if (last !== null && this.put(sensorId, last)) changed.push(sensorId);
    this.tell(changed);
  }

  /** Begins anew with these values alone, however old they are. */
  reset(readings: LiveReadings): void {
    const gone = [...this.values.keys()];
    this.values.clear();
    for (const [sensorId, measuredAtMs, value, quality] of readings.values)
      this.values.set(sensorId, { measuredAtMs, value, quality });
    const changed = [...new Set([...gone, ...this.values.keys()])];
    this.tell(changed);
    for (const watcher of this.batchWatchers) watcher(changed);
  }

  private tell(changed: readonly string[]): void {
    if (changed.length === 0) return;
    for (const sensorId of changed) for (const watcher of this.watchers.get(sensorId) ?? []) watcher();
    for (const watcher of this.allWatchers) watcher(changed);
  }

  private put(sensorId: string, { measuredAtMs, value, quality }: LiveValue): boolean {
    const known = this.values.get(sensorId);
    if (known !== undefined && known.measuredAtMs >= measuredAtMs) return false;
    this.values.set(sensorId, { measuredAtMs, value, quality });
    return true;
  }

  watch(sensorId: string, watcher: () => void): () => void {
    const watchers = this.watchers.get(sensorId) ?? new Set();
    watchers.add(watcher);
    this.watchers.set(sensorId, watchers);
    return () => {
      watchers.delete(watcher);
      if (watchers.size === 0) this.watchers.delete(sensorId);
    };
  }

  /** Tells of every change, of what REST says too. */
  watchAll(watcher: (sensorIds: readonly string[]) => void): () => void {
    this.allWatchers.add(watcher);
    return () => this.allWatchers.delete(watcher);
  }

  watchBatches(watcher: (sensorIds: readonly string[]) => void): () => void {
    this.batchWatchers.add(watcher);
    return () => this.batchWatchers.delete(watcher);
  }
}
