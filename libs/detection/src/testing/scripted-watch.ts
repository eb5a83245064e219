import type { Asset, Evidence, Priority } from '@lifeline/contracts';
import type { AssetWatch, AssetWatchPlan, Finding } from '../asset-watch.js';

/** What a scripted watch reads as its cue: the value of a reading. */
export const CUE = { end: 0, yellow: 1, orange: 2, fault: 13 } as const;

const PRIORITY: Readonly<Record<number, Priority>> = { [CUE.yellow]: 'yellow', [CUE.orange]: 'orange' };

export function evidenceOf(over: Partial<Evidence> = {}): Evidence {
  return {
    ...{ test: 'scripted', expected: null, residual: null, carriers: [], confidence: 0.8, location: null, figures: [] },
    ...over,
  };
}

export interface Script {
  readonly watchId: string;
  readonly rule?: Finding['rule'];
  /** The sensor whose readings are the cues. */
  readonly cueNo: number;
  /** The sensor that carries the finding. */
  readonly leadNo: number;
  readonly evidence?: Partial<Evidence>;
  /** Numbers of state: what is open, then nothing. */
  readonly stateLength?: number;
}

/** A watch that begins, worsens and ends its one finding as the readings of its cue sensor say. */
export function scriptedWatch({
  watchId,
  rule = 'physics',
  cueNo,
  leadNo,
  evidence,
  stateLength = 1,
}: Script): AssetWatch {
  const state = new Float64Array(stateLength);
  return {
    watchId,
    sensorNos: [cueNo, leadNo],
    state,
    take(sensorNo, atMs, value, out) {
      if (sensorNo !== cueNo) return;
      if (value === CUE.fault) throw new Error('the script says so');
      const open = state[0]!;
      if (value === open) return;
      state[0] = value;
      const change = value === CUE.end ? 'end' : open === CUE.end ? 'begin' : 'worsen';
      out.push({
        ...{ rule, test: 'scripted', change, sensorNo: leadNo, priority: PRIORITY[value] ?? 'yellow', atMs, value },
        reason: { en: `${watchId} says ${change}`, zh: watchId },
        evidence: change === 'end' ? null : evidenceOf(evidence),
      });
    },
    tick: () => undefined,
  };
}

/** One plan of these watches, made anew each time; those whose cue sensor is not registered are left out. */
export function planOf(...scripts: readonly Script[]): AssetWatchPlan {
  return (_assets: readonly Asset[], sensors) =>
    scripts.filter(({ cueNo }) => sensors.some(({ sensorNo }) => sensorNo === cueNo)).map(scriptedWatch);
}
