import type { Asset } from '@lifeline/contracts';
import { evenAt } from '@lifeline/city';
import { noiseKey, type FaultBook, type ValueAt } from '@lifeline/lifeline-kit';
import type { SimulatedLoads } from './simulated-loads.js';
import { HEAT_STATE_SIZE, settleHeat, stepHeat } from './thermal.js';
import { DISTRIBUTION_ONAN, LARGE_ONAF, type ThermalType } from './thermal-types.js';

const MINUTE_MS = 60_000;
const STEP_MS = MINUTE_MS;

interface Temperatures {
  readonly tMs: number;
  readonly oilC: number;
  readonly hotSpotC: number;
}

export interface Heated {
  readonly asset: Asset;
  readonly type: ThermalType;
  readonly heat: Float64Array;
  readonly loadPercent: ValueAt;
  before: Temperatures;
  now: Temperatures;
}

/** Oil and windings of all simulated transformers by IEC 60076-7, each a little other than its type's figures. */
export class SimulatedHeat {
  private readonly heated = new Map<string, Heated>();
  private atMs: number;

  constructor(
    private readonly seed: string,
    private readonly startMs: number,
    private readonly loads: SimulatedLoads,
    private readonly faults: FaultBook,
  ) {
    this.atMs = startMs;
  }

  of(asset: Asset, id: string): Heated {
    const known = this.heated.get(id);
    if (known) return known;
    const loadPercent = this.loads.loadPercent(asset, id);
    const key = noiseKey(this.seed, id, 'heat');
    const base = asset.kind === 'substation' ? LARGE_ONAF : DISTRIBUTION_ONAN;
    const type = {
      ...base,
      oilRiseK: base.oilRiseK * (0.94 + 0.12 * evenAt(key, 1)),
      oilMinutes: base.oilMinutes * (0.9 + 0.2 * evenAt(key, 2)),
    };
    const heat = new Float64Array(HEAT_STATE_SIZE);
    settleHeat(type, heat, loadPercent(this.startMs) / 100, this.loads.airC(asset, this.startMs));
    const start = temperatures(heat, this.startMs);
    const made: Heated = { asset, type, heat, loadPercent, before: start, now: start };
    this.heated.set(id, made);
    return made;
  }

  /** Carries all on to a time. */
  advance(tMs: number): void {
    while (this.atMs + STEP_MS <= tMs) {
      for (const one of this.heated.values()) {
        const dark = this.loads.isDark(one.asset, this.atMs);
        const load = dark ? 0 : one.loadPercent(this.atMs) / 100;
        stepHeat(
          this.cooled(one, this.atMs),
          one.heat,
          STEP_MS / MINUTE_MS,
          load,
          this.loads.airC(one.asset, this.atMs),
        );
        one.before = one.now;
        one.now = temperatures(one.heat, this.atMs + STEP_MS);
      }
      this.atMs += STEP_MS;
    }
  }

  /** Between two steps of the model the temperature goes straight: a minute behind, but without stairs. */
  valueOf(one: Heated, quantity: 'oilC' | 'hotSpotC', tMs: number): number {
    const share = Math.min(1, Math.max(0, (tMs - one.now.tMs) / STEP_MS));
    const value = one.before[quantity] + (one.now[quantity] - one.before[quantity]) * share;
    return value + this.heatedUpK(one.asset.assetId, tMs);
  }

  private cooled(one: Heated, tMs: number): ThermalType {
    const fault = this.faults.active(one.asset.assetId, 'fan-failure', tMs);
    return fault ? { ...one.type, oilRiseK: one.type.oilRiseK * (fault.parameters['riseFactor'] ?? 1.6) } : one.type;
  }

  private heatedUpK(assetId: string, tMs: number): number {
    const fault = this.faults.begun(assetId, 'cooling-failure', tMs);
    if (!fault) return 0;
    const mostK = fault.parameters['mostK'] ?? 60;
    const minutes = (Math.min(tMs, fault.endMs) - fault.startMs) / MINUTE_MS;
    const risen = Math.min(mostK, minutes * (fault.parameters['riseKPerMinute'] ?? 8));
    return tMs <= fault.endMs ? risen : risen * Math.exp(-(tMs - fault.endMs) / (4 * MINUTE_MS));
  }
}

function temperatures(heat: Float64Array, tMs: number): Temperatures {
  const oilC = heat[0]! + heat[3]!;
  return { tMs, oilC, hotSpotC: oilC + heat[1]! - heat[2]! };
}
