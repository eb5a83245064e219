/** One fault as injected: the ground truth of what is wrong, where and when. */
export interface Fault {
  readonly kind: string;
  /** Asset id, or sensor id (`deviceId/channel`) for faults of a sensor. */
  readonly target: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly parameters: Readonly<Record<string, number>>;
}

/** The faults in force, by target. */
export class FaultBook {
  private readonly byTarget = new Map<string, Fault[]>();
  private readonly byKind = new Map<string, Fault[]>();

  add(fault: Fault): void {
    put(this.byTarget, fault.target, fault);
    put(this.byKind, fault.kind, fault);
  }

  /** Whether anything is known of the target: the quick question of each reading. */
  strikes(target: string): boolean {
    return this.byTarget.has(target);
  }

  /** Faults of one kind that struck any target, for effects that reach beyond it. Asked for each reading: no list is made. */
  ofKind(kind: string): readonly Fault[] {
    return this.byKind.get(kind) ?? NONE;
  }

  /** The fault in force now; undefined where there is none. */
  active(target: string, kind: string, tMs: number): Fault | undefined {
    const list = this.byTarget.get(target);
    if (!list) return undefined;
    return list.find((fault) => fault.kind === kind && tMs >= fault.startMs && tMs < fault.endMs);
  }

  /** The newest fault of a kind that has begun, in force or fading; undefined where there is none. */
  begun(target: string, kind: string, tMs: number): Fault | undefined {
    const list = this.byTarget.get(target);
    if (!list) return undefined;
    let newest: Fault | undefined;
    for (const fault of list) {
      if (fault.kind === kind && fault.startMs <= tMs && (!newest || fault.startMs > newest.startMs)) newest = fault;
    }
    return newest;
  }

  /** Drops what ended longer ago than it can be felt. */
  forgetBefore(tMs: number): void {
    for (const lists of [this.byTarget, this.byKind]) {
      for (const [key, list] of lists) {
        const left = list.filter((fault) => fault.endMs >= tMs);
        if (left.length === 0) lists.delete(key);
        else if (left.length < list.length) lists.set(key, left);
      }
    }
  }
}

const NONE: readonly Fault[] = [];

function put(lists: Map<string, Fault[]>, key: string, fault: Fault): void {
  const list = lists.get(key);
  if (list) list.push(fault);
  else lists.set(key, [fault]);
}

/**
 * How strongly a fault is felt, 0 to 1: rises towards 1 with time constant `riseS` from its start, and falls with `fallS`
 * from its end.
 */
export function strength(fault: Fault | undefined, tMs: number, riseS: number, fallS: number): number {
  if (!fault || tMs < fault.startMs) return 0;
  const until = Math.min(tMs, fault.endMs);
  const risen = 1 - Math.exp(-(until - fault.startMs) / 1000 / riseS);
  return tMs <= fault.endMs ? risen : risen * Math.exp(-(tMs - fault.endMs) / 1000 / fallS);
}
