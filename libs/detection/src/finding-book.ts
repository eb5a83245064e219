import type { Evidence, Priority } from '@lifeline/contracts';
import type { Words } from '@lifeline/catalogue';
import type { Condition } from '@lifeline/alarms';
import type { Finding } from './asset-watch.js';
import { finiteOrNull, storableEvidence } from './evidence.js';
import {
  barKey,
  isWorse,
  keyOf,
  type Bar,
  type BookState,
  type FindingRule,
  type JudgedFinding,
  type OpenFinding,
  type Slot,
} from './finding-record.js';
import type { Feedback } from './port.js';
import { after } from './rules/rule.js';
import { judged, notFoundAgain, testNoLongerWatches } from './sentences.js';

/** What an alarm whose finding was lost waits for a test to find it again: long enough to learn the usual of some hours. */
const ADOPTED_MS = 6 * 3_600_000;
const BAR_MS = 7 * 86_400_000;
/** Of a test that does not say how sure it is. */
const UNKNOWN_CONFIDENCE = 0.5;

/**
 * Turns findings of watches into conditions: of each sensor and rule at most one at a time. A second finding is held until the
 * first has ended, unless it is worse, which is told as a worsening. Bounded by the tests of the watches.
 */
export class FindingBook {
  private readonly slots = new Map<string, Slot>();
  private readonly bars = new Map<string, Bar>();
  private adopted = 0;
  /** Sensors that carry a physics finding which speaks. */
  private explained: ReadonlySet<number> = new Set();
  readonly begun = new Map<string, number>();

  /** `sensorNo`: of the sensors that evidence names. */
  constructor(private readonly sensorNo: (sensorId: string) => number | undefined) {}

  /** Takes what a watch found; what changes is pushed to `out`. */
  take(watchId: string, finding: Finding, out: Condition[]): void {
    if (!Number.isFinite(finding.atMs)) return;
    const slot = this.slotOf(finding.sensorNo, finding.rule);
    const at = slot.open.findIndex((open) => open.watchId === watchId && open.test === finding.test);
    if (finding.change === 'end') {
      const ended = slot.open[at];
      if (ended) this.close(slot, (open) => open === ended, finding.atMs, finding.value, finding.reason, out);
      return;
    }
    if (at < 0) this.begun.set(finding.test, (this.begun.get(finding.test) ?? 0) + 1);
    const open = this.opened(watchId, finding, slot.open[at]);
    const position = at < 0 ? slot.open.push(open) - 1 : at;
    slot.open[position] = open;
    if (open.quietUpTo === null) this.hear(slot, position, out);
  }

  /** Ends what these watches have open: they watch no more. */
  dropWatches(isGone: (watchId: string) => boolean, out: Condition[]): void {
    for (const slot of this.slots.values())
      this.close(slot, ({ watchId }) => isGone(watchId), slot.toldMs ?? 0, null, testNoLongerWatches(), out);
  }

  /** Forgets a sensor that left the registry, without a word. */
  forgetSensor(sensorNo: number): void {
    for (const [key, slot] of this.slots)
      if (slot.sensorNo === sensorNo) {
        if (slot.speaker === 'adopted') this.adopted--;
        this.slots.delete(key);
      }
    this.explain();
  }

  adopt(sensorNo: number, rule: FindingRule, sinceMs: number): void {
    const slot = this.slotOf(sensorNo, rule);
    if (slot.speaker !== -1) return;
    slot.speaker = 'adopted';
    slot.toldMs = Math.max(slot.toldMs ?? sinceMs, sinceMs);
    slot.adoptedUntilMs = null;
    this.adopted++;
  }

  /** Ends adopted alarms that nobody found again, at once where no watch could (`isWatched`). */
  tick(nowMs: number, isWatched: (sensorNo: number) => boolean, out: Condition[]): void {
    if (this.adopted === 0) return;
    for (const slot of this.slots.values()) {
      if (slot.speaker !== 'adopted') continue;
      slot.adoptedUntilMs ??= isWatched(slot.sensorNo) ? nowMs + ADOPTED_MS : nowMs;
      if (nowMs < slot.adoptedUntilMs) continue;
      this.speak(slot, -1);
      this.tell(slot, 'end', nowMs, null, 'yellow', notFoundAgain(), null, out);
      this.promote(slot, nowMs, out);
    }
  }

  /** Gives the findings that were judged, for their watches to learn from. */
  feedback({ sensorNo, rule, verdict, atMs }: Feedback, out: Condition[]): readonly JudgedFinding[] {
    if (rule !== 'group' && rule !== 'physics') return [];
    const slot = this.slots.get(keyOf(sensorNo, rule));
    if (!slot || slot.speaker === -1) return [];
    const speaking = slot.speaker === 'adopted' ? undefined : slot.open[slot.speaker];
    const isJudged = (open: OpenFinding) => verdict === 'new-normal' || open === speaking;
    if (verdict === 'false-alarm' && speaking) {
      const confidence = speaking.evidence?.confidence ?? UNKNOWN_CONFIDENCE;
      const { priority } = speaking;
      this.bars.set(barKey(speaking.watchId, speaking.test, sensorNo), {
        confidence,
        priority,
        untilMs: atMs + BAR_MS,
      });
    }
    const told = slot.open.filter(isJudged).map(({ watchId, test }) => ({ watchId, test }));
    slot.open = slot.open.map((open) => (isJudged(open) ? { ...open, quietUpTo: open.priority } : open));
    this.speak(slot, -1);
    const endMs = (slot.toldMs ?? speaking?.atMs ?? atMs) + 1;
    this.tell(slot, 'end', endMs, speaking?.value ?? null, speaking?.priority ?? 'yellow', judged(verdict), null, out);
    this.promote(slot, endMs, out);
    return told;
  }

  /** Whether a physics finding that speaks names this sensor as one that carries it. */
  explains(sensorNo: number): boolean {
    return this.explained.size > 0 && this.explained.has(sensorNo);
  }

  state(): BookState {
    return { slots: [...this.slots.values()], bars: [...this.bars] };
  }

  /** Takes a book's state over; findings of watches that `isKnown` does not know go on as adopted alarms. */
  restore(state: BookState, isKnown: (watchId: string) => boolean, isSensor: (sensorNo: number) => boolean): void {
    this.slots.clear();
    this.bars.clear();
    this.adopted = 0;
    for (const [key, bar] of state.bars) this.bars.set(key, bar);
    for (const given of state.slots) {
      if (!isSensor(given.sensorNo)) continue;
      const speaking = given.speaker === 'adopted' ? undefined : given.open[given.speaker];
      const open = given.open.filter(({ watchId }) => isKnown(watchId));
      const place = speaking ? open.indexOf(speaking) : -1;
      const lost = given.speaker !== -1 && place < 0;
      if (lost) this.adopted++;
      this.slots.set(keyOf(given.sensorNo, given.rule), { ...given, open, speaker: lost ? 'adopted' : place });
    }
    this.explain();
  }

  private opened(watchId: string, finding: Finding, before: OpenFinding | undefined): OpenFinding {
    const evidence = finding.evidence && storableEvidence(finding.evidence);
    const { test, atMs, priority, reason } = finding;
    let quietUpTo = before?.quietUpTo ?? null;
    if (quietUpTo !== null && isWorse(priority, quietUpTo)) quietUpTo = null;
    const key = barKey(watchId, test, finding.sensorNo);
    const bar = this.bars.get(key);
    if (bar && !before && atMs < bar.untilMs) {
      const surer = (evidence?.confidence ?? UNKNOWN_CONFIDENCE) > bar.confidence;
      if (!surer && !isWorse(priority, bar.priority)) quietUpTo = priority;
    } else if (bar && atMs >= bar.untilMs) this.bars.delete(key);
    return { watchId, test, atMs, value: finiteOrNull(finding.value), priority, reason, evidence, quietUpTo };
  }

  /** A finding began, or got worse: it speaks where nothing else does, or where it is worse. */
  private hear(slot: Slot, position: number, out: Condition[]): void {
    const { speaker } = slot;
    const open = slot.open[position]!;
    if (speaker === -1) this.promoteTo(slot, position, 'begin', out);
    else if (speaker === 'adopted' || speaker === position || isWorse(open.priority, slot.open[speaker]!.priority))
      this.promoteTo(slot, position, 'worsen', out);
  }

  private close(
    slot: Slot,
    isEnded: (open: OpenFinding) => boolean,
    atMs: number,
    value: number | null,
    reason: Words,
    out: Condition[],
  ): void {
    const speaking = slot.speaker === 'adopted' ? undefined : slot.open[slot.speaker];
    slot.open = slot.open.filter((open) => !isEnded(open));
    if (slot.speaker === 'adopted' || !speaking) return;
    const place = slot.open.indexOf(speaking);
    this.speak(slot, place);
    if (place >= 0) return;
    this.tell(slot, 'end', atMs, value, speaking.priority, reason, null, out);
    this.promote(slot, atMs, out);
  }

  /** The worst of what was held speaks now. */
  private promote(slot: Slot, atMs: number, out: Condition[]): void {
    let next = -1;
    slot.open.forEach(({ quietUpTo, priority }, at) => {
      if (quietUpTo === null && (next < 0 || isWorse(priority, slot.open[next]!.priority))) next = at;
    });
    if (next >= 0) this.promoteTo(slot, next, 'begin', out, atMs);
  }

  private promoteTo(
    slot: Slot,
    position: number,
    change: 'begin' | 'worsen',
    out: Condition[],
    notBeforeMs = -Infinity,
  ) {
    this.speak(slot, position);
    const { atMs, value, priority, reason, evidence } = slot.open[position]!;
    this.tell(slot, change, Math.max(atMs, notBeforeMs), value, priority, reason, evidence, out);
  }

  private speak(slot: Slot, speaker: number): void {
    if (slot.speaker === 'adopted') this.adopted--;
    slot.speaker = speaker;
    this.explain();
  }

  private explain(): void {
    const explained = new Set<number>();
    for (const { rule, speaker, open } of this.slots.values())
      if (rule === 'physics' && typeof speaker === 'number')
        for (const { sensorId } of open[speaker]?.evidence?.carriers ?? []) {
          const sensorNo = this.sensorNo(sensorId);
          if (sensorNo !== undefined) explained.add(sensorNo);
        }
    this.explained = explained;
  }

  private tell(
    slot: Slot,
    change: Condition['change'],
    atMs: number,
    value: number | null,
    priority: Priority,
    reason: Words,
    evidence: Evidence | null,
    out: Condition[],
  ): void {
    const { sensorNo, rule } = slot;
    const time = after(slot.toldMs ?? NaN, atMs);
    slot.toldMs = time;
    const limit = 'finding';
    out.push({
      ...{ sensorNo, rule, change, limit, limitValue: null, priority },
      ...{ atMs: time, value: finiteOrNull(value), reason, evidence },
    });
  }

  private slotOf(sensorNo: number, rule: FindingRule): Slot {
    const key = keyOf(sensorNo, rule);
    const known = this.slots.get(key);
    if (known) return known;
    const made: Slot = { sensorNo, rule, open: [], speaker: -1, toldMs: null, adoptedUntilMs: null };
    this.slots.set(key, made);
    return made;
  }
}
