/** An alarm that may explain others. */
export interface Cause {
  readonly alarmId: string;
  readonly deviceId: string;
  readonly sensorName: string;
  readonly raisedAtMs: number;
  /** When its condition ended; null while it is true. */
  readonly endedAtMs: number | null;
  /** Time of its newest transition. */
  readonly changedAtMs: number;
  /** Not itself explained by another alarm, and of a sensor that is trusted. */
  readonly explains: boolean;
}

/** Alarms that may explain others, under what they are the cause of. Memory: one record an alarm that is open, or was a moment ago. */
export class Causes {
  private readonly byKey = new Map<string, Map<string, Cause>>();
  private readonly keysOf = new Map<string, readonly string[]>();

  constructor(private readonly graceMs: number) {}

  get isEmpty(): boolean {
    return this.keysOf.size === 0;
  }

  put(keys: readonly string[], cause: Cause): void {
    this.take(cause.alarmId);
    this.keysOf.set(cause.alarmId, keys);
    for (const key of keys) {
      const there = this.byKey.get(key);
      if (there) there.set(cause.alarmId, cause);
      else this.byKey.set(key, new Map([[cause.alarmId, cause]]));
    }
  }

  take(alarmId: string): void {
    for (const key of this.keysOf.get(alarmId) ?? []) {
      const there = this.byKey.get(key);
      if (there?.delete(alarmId) && there.size === 0) this.byKey.delete(key);
    }
    this.keysOf.delete(alarmId);
  }

  /** Those that explain at that time, the first raised first; what ended still does for a moment. */
  of(key: string, atMs: number): Cause[] {
    return this.ofAll(key, atMs).filter(({ explains }) => explains);
  }

  /** As `of`, with those that are explained themselves. */
  ofAll(key: string, atMs: number): Cause[] {
    const found: Cause[] = [];
    for (const cause of this.byKey.get(key)?.values() ?? [])
      if (cause.endedAtMs === null || atMs < cause.endedAtMs + this.graceMs) found.push(cause);
    return found.sort((a, b) => a.raisedAtMs - b.raisedAtMs || (a.alarmId < b.alarmId ? -1 : 1));
  }

  /** When what the alarm explained was explained no more; null where that is not known. */
  endedAtMs(alarmId: string): number | null {
    const key = this.keysOf.get(alarmId)?.[0];
    const cause = key === undefined ? undefined : this.byKey.get(key)?.get(alarmId);
    if (!cause) return null;
    if (!cause.explains) return cause.changedAtMs;
    return cause.endedAtMs === null ? null : cause.endedAtMs + this.graceMs;
  }

  /** Forgets what ended long enough before; gives which. */
  forget(nowMs: number): string[] {
    const gone: string[] = [];
    for (const [alarmId, [key]] of this.keysOf) {
      const endedAtMs = this.byKey.get(key!)?.get(alarmId)?.endedAtMs;
      if (endedAtMs != null && nowMs >= endedAtMs + 2 * this.graceMs) gone.push(alarmId);
    }
    for (const alarmId of gone) this.take(alarmId);
    return gone;
  }
}
