import { PRIORITY_SPREAD, TARGETS, type PerformanceFigure, type Target } from '@lifeline/alarms';
import { PRIORITIES, type AlarmPerformance, type Priority } from '@lifeline/contracts';

/** How a figure stands to its target; `few` where there are too few alarms to say. */
export type Standing = 'well' | 'over' | 'tooMuch' | 'few';

export interface JudgedFigure {
  readonly figure: PerformanceFigure;
  readonly kind: 'rate' | 'share' | 'count';
  readonly value: number;
  readonly target: Target;
  readonly standing: Standing;
}

const KINDS: Readonly<Record<PerformanceFigure, JudgedFigure['kind']>> = {
  averagePerTenMinutes: 'rate',
  peakPerTenMinutes: 'rate',
  shareOfHoursOver30: 'share',
  shareOfSlotsOver10: 'share',
  shareInFlood: 'share',
  standing: 'count',
  stale: 'count',
  shareOfTopTen: 'share',
  chattering: 'count',
};

/** Of fewer announcements than this ten points hold more than 5 % even where every point spoke once. */
const LEAST_FOR_TOP_TEN = 200;
/** Of fewer announcements than this one alarm more or less moves the spread by more than the target of the highest. */
const LEAST_FOR_SPREAD = 100;

export function standingOf(value: number, { atMost, tooMuch }: Target): Standing {
  if (value <= atMost) return 'well';
  return tooMuch !== undefined && value > tooMuch ? 'tooMuch' : 'over';
}

/** Each figure that has a target, beside it. */
export function judge(performance: AlarmPerformance): JudgedFigure[] {
  return (Object.keys(TARGETS) as PerformanceFigure[]).map((figure) => {
    const value = performance[figure];
    const target: Target = TARGETS[figure];
    const isFew = figure === 'shareOfTopTen' && performance.announced > 0 && performance.announced < LEAST_FOR_TOP_TEN;
    return { figure, kind: KINDS[figure], value, target, standing: isFew ? 'few' : standingOf(value, target) };
  });
}

export interface SpreadRow {
  readonly priority: Priority;
  readonly count: number;
  /** Shares of 1. */
  readonly share: number;
  readonly target: number;
  readonly standing: Standing;
}

/** How announcements spread over the priorities; the worse ones should be the fewer, so only their excess is told of. */
export function spreadOf({ byPriority, announced }: AlarmPerformance): SpreadRow[] {
  return PRIORITIES.map((priority) => {
    const count = byPriority[priority];
    const share = announced === 0 ? 0 : count / announced;
    const target = PRIORITY_SPREAD[priority];
    const isOver = priority !== 'blue' && share > target;
    const standing = announced < LEAST_FOR_SPREAD ? 'few' : isOver ? 'over' : 'well';
    return { priority, count, share, target, standing };
  });
}
