import type { NewDevice, Utility } from '@lifeline/contracts';
import type { City } from '@lifeline/city';
import type { Circumstances, Simulator } from '@lifeline/lifeline-kit';
import { placeScenario, type GroundTruth } from './ground-truth.js';
import type { Scenario } from './schema.js';

/** Tells the simulation of a fault, before it begins. */
export function injectTruth(
  { utility, fault }: GroundTruth,
  simulators: ReadonlyMap<Utility, Simulator>,
  circumstances: Circumstances,
): void {
  if (utility === undefined) circumstances.inject(fault);
  else simulators.get(utility)?.inject(fault);
}

/** Plays a scenario into the simulators: each round is placed when it begins, and each fault is known to its simulator from then on. */
export class ScenarioRunner {
  private round = 0;
  private truths: GroundTruth[] = [];

  constructor(
    private readonly scenario: Scenario,
    private readonly city: City,
    private readonly devices: readonly NewDevice[],
    private readonly simulators: ReadonlyMap<Utility, Simulator>,
    private readonly circumstances: Circumstances,
    private readonly startMs: number,
  ) {
    this.place();
  }

  /** Starts the next round when its time has come. */
  advance(tMs: number): void {
    const everyMs = (this.scenario.repeatEveryS ?? 0) * 1000;
    if (everyMs <= 0) return;
    while (tMs >= this.startMs + (this.round + 1) * everyMs) {
      this.round++;
      this.place();
    }
  }

  /** The faults in force. */
  activeAt(tMs: number): GroundTruth[] {
    return this.truths.filter(({ fault }) => tMs >= fault.startMs && tMs < fault.endMs);
  }

  private place(): void {
    const startMs = this.startMs + this.round * (this.scenario.repeatEveryS ?? 0) * 1000;
    this.truths = placeScenario(this.scenario, this.city, this.devices, startMs, this.round);
    for (const truth of this.truths) injectTruth(truth, this.simulators, this.circumstances);
  }
}
