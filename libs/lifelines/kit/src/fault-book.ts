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
  private readonly all: Fault[] = [];

  add(fault: Fault): void {
    this.all.push(fault);
    const list = this.byTarget.get(fault.target);
    if (list) list.push(fault);
    else this.byTarget.set(fault.target, [fault]);
  }

  /** Faults of one kind that struck any target, for effects that reach beyond it. */
  ofKind(kind: string): Fault[] {
    return this.all.filter((fault) => fault.kind === kind);
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
    if (!this.all.some((fault) => fault.endMs < tMs)) return;
    for (const [target, list] of this.byTarget) {
      const left = list.filter((fault) => fault.endMs >= tMs);
      if (left.length === 0) this.byTarget.delete(target);
      else this.byTarget.set(target, left);
    }
    this.all.splice(0, this.all.length, ...this.all.filter((fault) => fault.endMs >= tMs));
  }
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
