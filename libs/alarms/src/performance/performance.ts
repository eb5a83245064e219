import { PRIORITIES, type AlarmPerformance, type AlarmTransition, type Priority } from '@lifeline/contracts';
import { isActive, isHeld } from '../life-cycle.js';
import { floodsOf } from './flood.js';
import { Comings } from './suggestion.js';

const SLOT_MS = 10 * 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Three announcements of one alarm point within a minute chatter (domain defaults 8.2). */
const CHATTER_COUNT = 3;
const CHATTER_MS = 60_000;
const WORST = 10;

export interface PerformanceSpan {
  readonly fromMs: number;
  readonly toMs: number;
  /** Operators on duty, who share the load. */
  readonly operators: number;
}

type BadActor = AlarmPerformance['badActors'][number];

/**
 * Measures a span from the transitions of all alarms that were open in it.
 * @param transitions from before the span on, so that what stood at its start is known; any order
 * @throws RangeError where the span is empty or nobody is on duty
 */
export function measurePerformance(transitions: Iterable<AlarmTransition>, span: PerformanceSpan): AlarmPerformance {
  const { fromMs, toMs, operators } = span;
  if (!(toMs > fromMs) || !(operators > 0)) {
    throw new RangeError(
      `cannot measure ${toMs - fromMs} ms with ${operators} operators: give a span and who is on duty`,
    );
  }
  const ordered = [...transitions].sort((a, b) => a.atMs - b.atMs || a.sequence - b.sequence);
  const newest = new Map<string, AlarmTransition>();
  const announcedMs: number[] = [];
  const announcedAtMs = new Map<string, number>();
  const toAcknowledgeMs: number[] = [];
  const toNormalMs: number[] = [];
  const byPriority: Record<Priority, number> = { red: 0, orange: 0, yellow: 0, blue: 0 };
  const points = new Map<string, Point>();
  const comings = new Map<string, Comings>();
  let shelved = 0;
  for (const step of ordered) {
    if (step.atMs >= toMs) break;
    const before = newest.get(step.alarmId);
    newest.set(step.alarmId, step);
    const inSpan = step.atMs >= fromMs;
    if (isAnnounced(step, before)) {
      announcedAtMs.set(step.alarmId, step.atMs);
      if (!inSpan) continue;
      announcedMs.push(step.atMs);
      byPriority[step.priority]++;
      count(points, step);
    }
    if (!inSpan) continue;
    comingsOf(comings, step).take(step);
    const sinceMs = announcedAtMs.get(step.alarmId);
    if (step.event === 'acknowledge' && sinceMs !== undefined) toAcknowledgeMs.push(step.atMs - sinceMs);
    if (step.event === 'clear' && !isHeld(step.state)) toNormalMs.push(step.atMs - step.raisedAtMs);
    if (step.event === 'shelve') shelved++;
  }
  const standing = [...newest.values()].filter((one) => one.state !== 'normal' && !isHeld(one.state));
  const slots = countsOf(announcedMs, fromMs, toMs, SLOT_MS);
  const hours = countsOf(announcedMs, fromMs, toMs, HOUR_MS);
  const floods = floodsOf(announcedMs).map((flood) => ({ ...flood, toMs: Math.min(flood.toMs, toMs) }));
  const actors = [...points.values()].map(({ actor }) => actor).sort((a, b) => b.announced - a.announced);
  const topTen = actors.slice(0, WORST).map((actor) => {
    const suggestion = comings.get(pointOf(actor))?.suggestion();
    return suggestion ? { ...actor, suggestion } : actor;
  });
  const perTen = announcedMs.length / ((toMs - fromMs) / SLOT_MS);
  return {
    announced: announcedMs.length,
    averagePerTenMinutes: perTen / operators,
    peakPerTenMinutes: Math.max(0, ...slots) / operators,
    slots,
    shareOfHoursOver30: shareOf(hours, (one) => one / operators > 30),
    shareOfSlotsOver10: shareOf(slots, (one) => one / operators > 10),
    shareInFlood: floods.reduce((sum, one) => sum + one.toMs - one.fromMs, 0) / (toMs - fromMs),
    floods,
    standing: standing.length,
    stale: standing.filter((one) => isActive(one) && toMs - one.raisedAtMs > DAY_MS).length,
    byPriority,
    chattering: actors.filter((one) => one.chatters > 0).length,
    badActors: topTen,
    shareOfTopTen:
      announcedMs.length === 0 ? 0 : topTen.reduce((sum, one) => sum + one.announced, 0) / announcedMs.length,
    medianToAcknowledgeMs: quantileOf(toAcknowledgeMs, 0.5),
    p95ToAcknowledgeMs: quantileOf(toAcknowledgeMs, 0.95),
    medianToNormalMs: quantileOf(toNormalMs, 0.5),
    shelved,
  };
}

/** It asks for attention: it came to stand unacknowledged, or got worse while it did. */
function isAnnounced(step: AlarmTransition, before: AlarmTransition | undefined): boolean {
  if (step.state !== 'unacknowledged') return false;
  if (before?.state !== 'unacknowledged') return true;
  return PRIORITIES.indexOf(step.priority) < PRIORITIES.indexOf(before.priority);
}

function pointOf({ sensorId, rule }: Pick<AlarmTransition, 'sensorId' | 'rule'>): string {
  return `${sensorId} ${rule}`;
}

function comingsOf(all: Map<string, Comings>, step: AlarmTransition): Comings {
  const key = pointOf(step);
  const found = all.get(key) ?? new Comings();
  all.set(key, found);
  return found;
}

interface Point {
  readonly actor: BadActor;
  /** The newest announcements, at most as many as chatter. */
  recentMs: number[];
}

function count(points: Map<string, Point>, { sensorId, sensorName, rule, atMs }: AlarmTransition): void {
  const key = pointOf({ sensorId, rule });
  const point = points.get(key) ?? {
    actor: { sensorId, sensorName, rule, announced: 0, chatters: 0 },
    recentMs: [],
  };
  points.set(key, point);
  point.actor.announced++;
  point.recentMs.push(atMs);
  if (point.recentMs.length < CHATTER_COUNT) return;
  if (atMs - point.recentMs[0]! < CHATTER_MS) {
    point.actor.chatters++;
    point.recentMs = [];
  } else point.recentMs.shift();
}

function countsOf(atMs: readonly number[], fromMs: number, toMs: number, slotMs: number): number[] {
  const counts = new Array<number>(Math.ceil((toMs - fromMs) / slotMs)).fill(0);
  for (const one of atMs) counts[Math.floor((one - fromMs) / slotMs)]!++;
  return counts;
}

function shareOf(counts: readonly number[], is: (count: number) => boolean): number {
  return counts.filter(is).length / counts.length;
}

function quantileOf(values: readonly number[], q: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;
}
