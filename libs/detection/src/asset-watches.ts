import type { Asset, Sensor, Utility, Verdict } from '@lifeline/contracts';
import type { AssetWatch, AssetWatchPlan, Finding } from './asset-watch.js';
import { layRoutes, type Routes } from './watch-routes.js';

/** A model that leaves more than this share of a deviation has not explained it [P]. */
const MOST_LEFT = 0.45;
const NO_WATCHES: readonly AssetWatch[] = [];

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
  private routes: Routes | undefined;
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
    return this.routed().index.get(sensorNo) >= 0;
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
    this.routes = undefined;
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
  }

  take(sensorNo: number, atMs: number, value: number): void {
    const routes = this.routes ?? this.routed();
    const at = routes.index.get(sensorNo);
    if (at < 0) return;
    const end = routes.from[at + 1]!;
    for (let i = routes.from[at]!; i < end; i++) {
      const watch = routes.watches[i]!;
      try {
        if (watch.takeAt) watch.takeAt(routes.places[i]!, atMs, value, this.out);
        else watch.take(sensorNo, atMs, value, this.out);
      } catch (error) {
        this.fault(watch.watchId, error);
      }
      if (this.out.length > 0) this.hand(watch);
    }
  }

  /**
   * Whether a watch knows what moved a sensor: of what it is away from its usual less than half is left.
   * @param away in the sensor's unit, for about `overMs`
   */
  explains(sensorNo: number, atMs: number, away: number, overMs: number): boolean {
    const routes = this.routed();
    const at = routes.index.get(sensorNo);
    if (at < 0) return false;
    for (let i = routes.from[at]!; i < routes.from[at + 1]!; i++) {
      const watch = routes.watches[i]!;
      try {
        const left = watch.unexplained?.(sensorNo, atMs, overMs) ?? NaN;
        if (Math.abs(left) < MOST_LEFT * Math.abs(away)) return true;
      } catch (error) {
        this.fault(watch.watchId, error);
        return this.explains(sensorNo, atMs, away, overMs);
      }
    }
    return false;
  }

  /** Tells a watch what a person said of its test. */
  feedback(watchId: string, verdict: Verdict, test: string, atMs: number): void {
    try {
      this.byId.get(watchId)?.feedback?.(verdict, test, atMs);
    } catch (error) {
      this.fault(watchId, error);
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

  private routed(): Routes {
    this.routes ??= layRoutes(this.byId.values());
    return this.routes;
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
      return NO_WATCHES;
    }
  }

  private sayOnce(line: string): void {
    if (!this.said.has(line)) this.ports.say(line);
    this.said.add(line);
  }

  private fault(watchId: string, error: unknown): void {
    this.ports.say(`The watch ${watchId} failed and is set aside until the next start: ${reasonOf(error)}`);
    this.faulty.add(watchId);
    this.byId.delete(watchId);
    this.routes = undefined;
    this.ports.setAside(watchId);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
