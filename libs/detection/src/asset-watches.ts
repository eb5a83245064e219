import type { Asset, Sensor, Utility } from '@lifeline/contracts';
import type { AssetWatch, AssetWatchPlan, Finding } from './asset-watch.js';

const NOBODY: readonly AssetWatch[] = [];

export interface AssetWatchesPorts {
  /** One line for the operator of the machine. */
  readonly say: (line: string) => void;
  /** Hears what a watch found. */
  readonly found: (watchId: string, finding: Finding) => void;
  /** A watch threw and is set aside. */
  readonly setAside: (watchId: string) => void;
}

/**
 * The watches of all assets, and which sensor's readings go to which. A watch that throws is set aside for good: what it knew
 * can no longer be trusted, and the others go on.
 */
export class AssetWatches {
  private readonly parts = new Map<Utility, readonly AssetWatch[]>();
  private byId = new Map<string, AssetWatch>();
  private bySensor = new Map<number, AssetWatch[]>();
  private readonly faulty = new Set<string>();
  private readonly out: Finding[] = [];
  private readonly said = new Set<string>();

  constructor(
    private readonly plans: readonly AssetWatchPlan[],
    private readonly ports: AssetWatchesPorts,
  ) {}

  get size(): number {
    return this.byId.size;
  }

  get faults(): number {
    return this.faulty.size;
  }

  /** In the order in which they were made. */
  all(): IterableIterator<AssetWatch> {
    return this.byId.values();
  }

  watch(watchId: string): AssetWatch | undefined {
    return this.byId.get(watchId);
  }

  isWatched(sensorNo: number): boolean {
    return this.bySensor.has(sensorNo);
  }

  /**
   * Makes the watches of one utility anew; one that was there before goes on with its state where that has the same length. A
   * city's plans take a good tenth of a second: what did not change is left alone.
   */
  rebuild(utility: Utility, assets: readonly Asset[], sensors: readonly Sensor[]): void {
    const before = this.byId;
    this.parts.set(
      utility,
      this.plans.flatMap((plan) => this.planned(plan, assets, sensors)),
    );
    this.byId = new Map();
    this.bySensor = new Map();
    for (const watches of this.parts.values())
      for (const watch of watches) this.admit(watch, before.get(watch.watchId));
  }

  private admit(watch: AssetWatch, known: AssetWatch | undefined): void {
    const { watchId } = watch;
    if (this.faulty.has(watchId)) return;
    if (this.byId.has(watchId)) {
      this.sayOnce(`Two watches are named ${watchId}; the second is left out.`);
      return;
    }
    if (known && known !== watch && known.state.length === watch.state.length) watch.state.set(known.state);
    this.byId.set(watchId, watch);
    for (const sensorNo of new Set(watch.sensorNos)) {
      const present = this.bySensor.get(sensorNo);
      if (present) present.push(watch);
      else this.bySensor.set(sensorNo, [watch]);
    }
  }

  take(sensorNo: number, atMs: number, value: number): void {
    const watches = this.bySensor.get(sensorNo) ?? NOBODY;
    for (let i = 0; i < watches.length; i++) {
      const watch = watches[i]!;
      try {
        watch.take(sensorNo, atMs, value, this.out);
      } catch (error) {
        this.fault(watch.watchId, error);
        i--;
      }
      if (this.out.length > 0) this.hand(watch);
    }
  }

  tick(nowMs: number): void {
    for (const watch of this.byId.values()) {
      try {
        watch.tick(nowMs, this.out);
      } catch (error) {
        this.fault(watch.watchId, error);
      }
      if (this.out.length > 0) this.hand(watch);
    }
  }

  private hand({ watchId }: AssetWatch): void {
    if (this.byId.has(watchId)) for (const finding of this.out) this.ports.found(watchId, finding);
    this.out.length = 0;
  }

  private planned(plan: AssetWatchPlan, assets: readonly Asset[], sensors: readonly Sensor[]): readonly AssetWatch[] {
    try {
      return plan(assets, sensors);
    } catch (error) {
      this.sayOnce(`A lifeline's watches cannot be made; its sensors are watched one by one: ${reasonOf(error)}`);
      return NOBODY;
    }
  }

  private sayOnce(line: string): void {
    if (!this.said.has(line)) this.ports.say(line);
    this.said.add(line);
  }

  private fault(watchId: string, error: unknown): void {
    this.ports.say(`The watch ${watchId} failed and is set aside until the next start: ${reasonOf(error)}`);
    const watch = this.byId.get(watchId);
    this.faulty.add(watchId);
    this.byId.delete(watchId);
    for (const sensorNo of watch?.sensorNos ?? []) {
      const watches = this.bySensor.get(sensorNo);
      const at = watch && watches ? watches.indexOf(watch) : -1;
      if (at >= 0) watches!.splice(at, 1);
      if (watches?.length === 0) this.bySensor.delete(sensorNo);
    }
    this.ports.setAside(watchId);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
