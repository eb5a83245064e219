import type { Subject } from './subject.js';

const NONE: ReadonlySet<Subject> = new Set();

/** Alarms under the keys by which rules find them. */
export class AlarmFile {
  private readonly byKey = new Map<string, Set<Subject>>();
  private readonly keysOf = new Map<string, readonly string[]>();

  find(key: string): ReadonlySet<Subject> {
    return this.byKey.get(key) ?? NONE;
  }

  /** Files an alarm under these keys alone; false where it was so already. */
  put(subject: Subject, keys: readonly string[]): boolean {
    const before = this.keysOf.get(subject.alarmId);
    if (before && before.length === keys.length && before.every((key, i) => key === keys[i])) return false;
    this.take(subject);
    this.keysOf.set(subject.alarmId, keys);
    for (const key of keys) {
      const set = this.byKey.get(key);
      if (set) set.add(subject);
      else this.byKey.set(key, new Set([subject]));
    }
    return true;
  }

  take(subject: Subject): void {
    for (const key of this.keysOf.get(subject.alarmId) ?? []) {
      const set = this.byKey.get(key);
      set?.delete(subject);
      if (set?.size === 0) this.byKey.delete(key);
    }
    this.keysOf.delete(subject.alarmId);
  }

  clear(): void {
    this.byKey.clear();
    this.keysOf.clear();
  }
}
