import type { ChannelType } from '@lifeline/catalogue';
import type { AlarmLimit, Sensor } from '@lifeline/contracts';

/** Figures that decide when the alarm of a definition is raised and when it ends. */
export type FigureName = 'limit' | 'ratePerMinute' | 'deadband' | 'onDelay' | 'offDelay';

export interface LimitFigure {
  readonly name: FigureName;
  readonly value: number | null;
}

const KEYS = { 'low-low': 'lowLow', low: 'low', high: 'high', 'high-high': 'highHigh' } as const;
type SidedLimit = keyof typeof KEYS;

/** The limit that a definition names at its end (`P_MID.limit.low-low`); undefined where it names none. */
export function limitOfDefinition(definitionId: string): SidedLimit | 'rate' | undefined {
  const last = definitionId.split('.').at(-1) as AlarmLimit;
  return last in KEYS ? (last as SidedLimit) : last === 'rate' ? 'rate' : undefined;
}

/** What the type says of that limit, in the type's unit and seconds. */
export function figuresOf(limits: ChannelType['limits'], limit: SidedLimit | 'rate'): LimitFigure[] {
  const delays: LimitFigure[] = [
    { name: 'onDelay', value: limits.onDelayS },
    { name: 'offDelay', value: limits.offDelayS },
  ];
  if (limit === 'rate') return [{ name: 'ratePerMinute', value: limits.ratePerMinute }, ...delays];
  return [{ name: 'limit', value: limits[KEYS[limit]] }, { name: 'deadband', value: limits.deadband }, ...delays];
}

/** How many sensors of the type there are, and how many have other figures for that limit than the type's usual ones. */
export function countDiffering(sensors: Iterable<Sensor>, type: ChannelType, limit: SidedLimit | 'rate') {
  const usual = JSON.stringify(figuresOf(type.limits, limit));
  let [count, differ] = [0, 0];
  for (const sensor of sensors) {
    if (sensor.type !== type.code) continue;
    count++;
    const { lowLow, low, high, highHigh, deadband, onDelayS, offDelayS, ratePerMinute } = sensor.limits;
    const own = {
      ...{ lowLow: lowLow ?? null, low: low ?? null, high: high ?? null, highHigh: highHigh ?? null },
      ...{ deadband: deadband ?? null, onDelayS: onDelayS ?? null, offDelayS: offDelayS ?? null },
      ratePerMinute: ratePerMinute ?? null,
    };
    if (JSON.stringify(figuresOf(own, limit)) !== usual) differ++;
  }
  return { count, differ };
}
