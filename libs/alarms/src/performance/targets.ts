/** A figure's target: at or under `atMost` is well; over `tooMuch`, where it is given, people can no longer cope. */
export interface Target {
  readonly atMost: number;
  readonly tooMuch?: number;
  /** Where the figure is from, as the domain defaults (8.2) name it. */
  readonly source: string;
}

/** Targets of EEMUA 191 and ISA-18.2 for one operator (domain defaults 8.2). Shares are of 1. */
export const TARGETS = {
  averagePerTenMinutes: { atMost: 1, tooMuch: 2, source: 'EEMUA 191' },
  peakPerTenMinutes: { atMost: 10, source: 'EEMUA 191' },
  shareOfHoursOver30: { atMost: 0.01, source: 'ISA-18.2' },
  shareOfSlotsOver10: { atMost: 0.01, source: 'ISA-18.2' },
  shareInFlood: { atMost: 0.01, source: 'ISA-18.2' },
  standing: { atMost: 9, source: 'EEMUA 191' },
  stale: { atMost: 4, source: 'ISA-18.2' },
  shareOfTopTen: { atMost: 0.01, tooMuch: 0.05, source: 'ISA-18.2' },
  chattering: { atMost: 0, source: 'ISA-18.2' },
} as const satisfies Readonly<Record<string, Target>>;
export type PerformanceFigure = keyof typeof TARGETS;

/** How announced alarms should spread over the priorities, shares of 1: low to high 80 / 15 / 5, the highest under 1 %. */
export const PRIORITY_SPREAD = { blue: 0.8, yellow: 0.15, orange: 0.05, red: 0.01 } as const;
