import { PRIORITIES, type Asset, type Priority, type Utility } from '@lifeline/contracts';
import { countedKind, type CountedKind } from './asset-kind.js';
import { extended, type Extent } from './place.js';
import { awaitsPerson, isAnnounced, type Subject } from './subject.js';

/** What a tally must be told of alarms. */
export interface TallyContext {
  readonly assetOf: (assetId: string) => Asset | undefined;
  readonly isGasLeak: (subject: Subject) => boolean;
  readonly respondWithinMs: (subject: Subject) => number;
}

/** The members of an incident, counted as they come, change and go, so that a change costs the same in a large incident. */
export class Tally {
  readonly members = new Set<Subject>();
  readonly utilities = new Map<Utility, number>();
  readonly kinds = new Map<CountedKind, number>();
  readonly assets = new Map<string, number>();
  open = 0;
  announced = 0;
  unacknowledged = 0;
  leakSigns = 0;
  private readonly all = [0, 0, 0, 0];
  private readonly told = [0, 0, 0, 0];
  private worstTold: Subject | null = null;
  private span: { first: Subject; newestAtMs: number; respondWithinMs: number; extent: Extent | null } | null = null;

  constructor(private readonly context: TallyContext) {}

  add(subject: Subject): void {
    this.members.add(subject);
    this.count(subject, 1);
    const { span } = this;
    if (!span) return;
    if (isEarlier(subject, span.first)) span.first = subject;
    span.newestAtMs = Math.max(span.newestAtMs, subject.raisedAtMs);
    span.respondWithinMs = Math.min(span.respondWithinMs, this.context.respondWithinMs(subject));
    if (subject.position) span.extent = extended(span.extent, subject.position);
  }

  remove(subject: Subject): void {
    if (!this.members.delete(subject)) return;
    this.count(subject, -1);
    this.span = null;
  }

  /** Call with -1 before the state of a member moves and with 1 after it. */
  count(subject: Subject, by: 1 | -1): void {
    const { assets, kinds, utilities, context } = this;
    const rank = PRIORITIES.indexOf(subject.priority);
    this.all[rank]! += by;
    this.worstTold = null;
    if (subject.state !== 'normal') this.open += by;
    if (isAnnounced(subject)) {
      this.announced += by;
      this.told[rank]! += by;
      if (awaitsPerson(subject)) this.unacknowledged += by;
      if (context.isGasLeak(subject)) this.leakSigns += by;
    }
    bump(utilities, subject.utility, by);
    if (subject.assetId === null) return;
    const left = bump(assets, subject.assetId, by);
    const asset = left === (by === 1 ? 1 : 0) ? context.assetOf(subject.assetId) : undefined;
    if (asset) bump(kinds, countedKind(asset), by);
  }

  /** Of the announced; of all where none is. */
  priority(): Priority {
    const counts = this.announced > 0 ? this.told : this.all;
    return PRIORITIES[
      Math.max(
        0,
        counts.findIndex((count) => count > 0),
      )
    ]!;
  }

  first(): Subject {
    return this.spanned().first;
  }
  newestAtMs(): number {
    return this.spanned().newestAtMs;
  }
  respondWithinMs(): number {
    return this.spanned().respondWithinMs;
  }
  extent(): Extent | null {
    return this.spanned().extent;
  }

  /** A red one among the announced, the first raised. */
  worstRed(): Subject | null {
    if (this.told[0] === 0) return null;
    if (this.worstTold) return this.worstTold;
    let found: Subject | null = null;
    for (const one of this.members)
      if (one.priority === 'red' && isAnnounced(one) && (!found || isEarlier(one, found))) found = one;
    return (this.worstTold = found);
  }

  private spanned(): NonNullable<typeof this.span> {
    if (this.span) return this.span;
    const [any] = this.members;
    if (!any) throw new Error('an incident without alarms has no beginning: ask before its last alarm leaves');
    const span = { first: any, newestAtMs: -Infinity, respondWithinMs: Infinity, extent: null as Extent | null };
    for (const one of this.members) {
      if (isEarlier(one, span.first)) span.first = one;
      span.newestAtMs = Math.max(span.newestAtMs, one.raisedAtMs);
      span.respondWithinMs = Math.min(span.respondWithinMs, this.context.respondWithinMs(one));
      if (one.position) span.extent = extended(span.extent, one.position);
    }
    return (this.span = span);
  }
}

/** By measured time; by id where that is the same. */
export function isEarlier(a: Subject, b: Subject): boolean {
  return a.raisedAtMs < b.raisedAtMs || (a.raisedAtMs === b.raisedAtMs && a.alarmId < b.alarmId);
}

function bump<Key>(counts: Map<Key, number>, key: Key, by: number): number {
  const count = (counts.get(key) ?? 0) + by;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
  return count;
}
