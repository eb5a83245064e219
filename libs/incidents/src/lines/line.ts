import { channelType } from '@lifeline/catalogue';
import { PRIORITIES, type Priority, type Utility } from '@lifeline/contracts';
import type { Position } from '../place.js';
import type { Words } from '../words.js';

interface LineFacts {
  /** Stays the same while the line is about the same. */
  readonly lineId: string;
  readonly priority: Priority;
  readonly utility: Utility;
  readonly isGasLeak: boolean;
  /** Two signs of gas at least: ranked among the red whatever its alarms say. */
  readonly isConfirmedLeak: boolean;
  readonly respondWithinMs: number;
  readonly newestAtMs: number;
  readonly district: string | null;
  /** What a fold brings together: the channel type of an alarm, the rule of an incident. */
  readonly what: string;
  readonly words: Words;
  /** Raw alarms behind it. */
  readonly alarms: number;
  /** Those of them that nobody has acknowledged. */
  readonly unacknowledged: number;
  /** An incident that a person keeps open though none of its alarms is announced. */
  readonly isQuiet: boolean;
  readonly position: Position | null;
}

/** One line of the operator's list. */
export type OperatorLine = LineFacts &
  (
    | { readonly kind: 'incident'; readonly incidentId: string }
    | { readonly kind: 'alarm'; readonly alarmId: string }
    /** Less important lines of one kind and place, opened with one click. */
    | { readonly kind: 'fold'; readonly lines: readonly OperatorLine[] }
  );

export function rankOf({ priority, isConfirmedLeak }: Pick<LineFacts, 'priority' | 'isConfirmedLeak'>): number {
  return isConfirmedLeak ? 0 : PRIORITIES.indexOf(priority);
}

/** Negative: the first is more important. */
export function byImportance(a: OperatorLine, b: OperatorLine): number {
  return (
    Number(a.isQuiet) - Number(b.isQuiet) ||
    rankOf(a) - rankOf(b) ||
    Number(b.isGasLeak) - Number(a.isGasLeak) ||
    Number(b.unacknowledged > 0) - Number(a.unacknowledged > 0) ||
    a.respondWithinMs - b.respondWithinMs ||
    b.newestAtMs - a.newestAtMs ||
    (a.lineId < b.lineId ? -1 : 1)
  );
}

/** What lines of one kind are called. */
export function whatWords(what: string): Words {
  return INCIDENT_WORDS[what] ?? channelType(what)?.name ?? { en: what || 'Other alarms', zh: what || '其他报警' };
}

const INCIDENT_WORDS: Readonly<Record<string, Words>> = {
  'incident-hand': { en: 'Incidents opened by hand', zh: '人工建立的事件' },
  'incident-gas-leak': { en: 'Gas leaks', zh: '燃气泄漏' },
  'incident-supply': { en: 'Lost supplies', zh: '供应中断' },
  'incident-flooding': { en: 'Floods', zh: '内涝' },
  'incident-silence': { en: 'Silent gateways', zh: '网关失联' },
  'incident-asset': { en: 'Assets with several alarms', zh: '多报警设施' },
  'incident-kind': { en: 'Many alarms of one kind', zh: '同类报警' },
};
