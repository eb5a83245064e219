import { PRIORITIES, type Priority, type Utility } from '@lifeline/contracts';
import { headlineOf } from './headline.js';
import type { DeskContext } from './desk-context.js';
import type { Incident, IncidentAct, IncidentChange, IncidentCore, IncidentEvent, IncidentMember } from './incident.js';
import type { RuleName, Subject } from './subject.js';
import { isEarlier, Tally } from './tally.js';
import type { Words } from './words.js';

/** An incident with its members counted. */
export interface Live {
  readonly core: IncidentCore;
  readonly tally: Tally;
  /** As last told; kept where the incident has no members any more. */
  told: Incident | null;
}

interface Touch {
  readonly live: Live;
  readonly wasOpen: boolean;
  readonly priority: Priority | null;
  readonly joined: Map<string, IncidentMember>;
  readonly left: Set<string>;
}

/** All incidents; collects what one transition moves in them, and tells it as changes. */
export class IncidentBook {
  readonly byId = new Map<string, Live>();
  private readonly touched = new Map<string, Touch>();

  constructor(private readonly context: DeskContext) {}

  of(subject: Subject): Live | undefined {
    return subject.incidentId === null ? undefined : this.byId.get(subject.incidentId);
  }

  /** Opens an incident named by the first of these alarms; the name of one that dissolved goes on. */
  create(subjects: readonly Subject[], kind: RuleName, utility: Utility): Live {
    const inOrder = subjects.toSorted((a, b) => (isEarlier(a, b) ? -1 : 1));
    for (const { alarmId } of inOrder) {
      const before = this.byId.get(`incident.${alarmId}`);
      if (before && !isFree(before)) continue;
      if (!before) return this.open(`incident.${alarmId}`, kind, utility);
      this.touch(before);
      Object.assign(before.core, { kind, utility, causeAssetId: null, state: 'open', mergedInto: null });
      return before;
    }
    // What people work on keeps its name: so each name may be taken.
    for (let number = 2; ; number++) {
      const incidentId = `incident.${inOrder[0]!.alarmId}.${number}`;
      if (!this.byId.has(incidentId)) return this.open(incidentId, kind, utility);
    }
  }

  open(incidentId: string, kind: RuleName, utility: Utility): Live {
    const live = { core: newCore(incidentId, kind, utility), tally: new Tally(this.context), told: null };
    this.byId.set(incidentId, live);
    this.touch(live);
    return live;
  }

  /** Puts an alarm into an incident; a rule moves nothing that a person put where it is. */
  put(subject: Subject, live: Live, rule: RuleName, to: string, why: Words): void {
    if (subject.joinedBy === 'hand' && rule !== 'hand') return;
    const before = this.of(subject);
    if (before === live) {
      if (rule === 'hand') this.touch(live).joined.set(subject.alarmId, { alarmId: subject.alarmId, rule, to, why });
      Object.assign(subject, { joinedBy: rule, joinedTo: to, why });
      return;
    }
    if (before) this.drop(subject, before, live.core.incidentId);
    Object.assign(subject, { incidentId: live.core.incidentId, joinedBy: rule, joinedTo: to, why });
    const touch = this.touch(live);
    live.tally.add(subject);
    touch.left.delete(subject.alarmId);
    touch.joined.set(subject.alarmId, { alarmId: subject.alarmId, rule, to, why });
  }

  /** Takes an alarm out, to be a line of its own or to go to another incident. */
  drop(subject: Subject, live: Live, goesTo: string | null): void {
    const touch = this.touch(live);
    live.tally.remove(subject);
    if (!touch.joined.delete(subject.alarmId)) touch.left.add(subject.alarmId);
    Object.assign(subject, { incidentId: null, joinedBy: null, joinedTo: null, why: null });
    if (live.tally.members.size === 0 && live.core.folded === 0 && !live.core.staysOpen) live.core.mergedInto = goesTo;
  }

  merge(from: Live, into: Live): void {
    for (const one of [...from.tally.members]) this.put(one, into, one.joinedBy!, one.joinedTo!, one.why!);
    into.core.folded += from.core.folded;
    from.core.folded = 0;
    from.core.mergedInto = into.core.incidentId;
  }

  /** To be called before anything moves in the incident. */
  touch(live: Live): Touch {
    const { incidentId, state } = live.core;
    let touch = this.touched.get(incidentId);
    if (!touch) {
      const priority = live.tally.members.size > 0 ? live.tally.priority() : null;
      const wasOpen = live.core.sequence > 0 && state === 'open';
      this.touched.set(incidentId, (touch = { live, wasOpen, priority, joined: new Map(), left: new Set() }));
    }
    return touch;
  }

  /**
   * Dissolves incidents of one alarm, closes and reopens by what is open. What a person closed opens again when a rule joins an alarm
   * to it: its cause goes on.
   * @param released is told each alarm that is a line of its own again, and each incident that closed or opened
   */
  settle(released: { alone(subject: Subject): void; moved(live: Live): void }): void {
    for (const { live, wasOpen, joined, left } of [...this.touched.values()]) {
      const { core, tally } = live;
      const [only] = tally.members;
      if (tally.members.size === 1 && core.folded === 0 && left.size > 0 && !isWorkedOn(live)) {
        this.drop(only!, live, null);
        released.alone(only!);
      }
      if (core.conclusion && [...joined.values()].some(({ rule }) => rule !== 'hand')) core.conclusion = null;
      core.state = core.conclusion === null && (tally.open > 0 || core.staysOpen) ? 'open' : 'closed';
      if (wasOpen !== (core.state === 'open') || core.sequence === 0) released.moved(live);
    }
  }

  /** What moved since the last call; `act` where a person moved it. */
  tell(atMs: number, act?: IncidentAct): IncidentChange[] {
    const changes: IncidentChange[] = [];
    for (const touch of this.touched.values()) {
      const { live, joined, left } = touch;
      // Made and emptied by the same transition: nobody was told of it.
      if (live.core.sequence === 0 && live.tally.members.size === 0) {
        this.byId.delete(live.core.incidentId);
        continue;
      }
      const { core } = live;
      const acts = act?.incidentId === core.incidentId ? [act] : [];
      const moved = eventOf(touch);
      const event = moved === 'updated' && acts.length > 0 ? 'noted' : moved;
      if (core.sequence === 0) core.openedAtMs = atMs;
      core.closedAtMs = core.state === 'open' ? null : (core.closedAtMs ?? atMs);
      core.sequence++;
      live.told = this.view(live);
      changes.push({ event, atMs, incident: live.told, joined: [...joined.values()], left: [...left], acts });
    }
    this.touched.clear();
    return changes;
  }

  view({ core, tally, told }: Live): Incident {
    const { headline: _, folded, ...own } = core;
    const counts = {
      members: tally.members.size + folded,
      open: tally.open,
      announced: tally.announced,
      unacknowledged: tally.unacknowledged,
      assets: tally.assets.size,
      leakSigns: tally.leakSigns,
    };
    if (tally.members.size === 0 && told) return { ...told, ...own, counts };
    const first = tally.first();
    const { alarmId, sensorId, assetId, sensorName, raisedAtMs } = first;
    const extent = tally.extent();
    const cause = core.causeAssetId === null ? undefined : this.context.assetOf(core.causeAssetId);
    return {
      ...own,
      priority: tally.priority(),
      utilities: [...tally.utilities.keys()].sort(),
      isGasLeak: tally.leakSigns > 0,
      firstOut: { alarmId, sensorId, assetId, sensorName, raisedAtMs },
      newestAtMs: tally.newestAtMs(),
      respondWithinMs: tally.respondWithinMs(),
      position:
        cause?.geometry.type === 'Point'
          ? { lon: cause.geometry.coordinates[0], lat: cause.geometry.coordinates[1] }
          : (first.position ?? (extent && { lon: (extent[0] + extent[2]) / 2, lat: (extent[1] + extent[3]) / 2 })),
      extent,
      district: cause?.district ?? first.district,
      headline: headlineOf(core, tally, this.context),
      counts,
    };
  }
}

function newCore(incidentId: string, kind: RuleName, utility: Utility): IncidentCore {
  return {
    ...{ incidentId, sequence: 0, kind, utility, causeAssetId: null, state: 'open', mergedInto: null, folded: 0 },
    ...{ openedAtMs: 0, closedAtMs: null, headline: null, staysOpen: false, conclusion: null, actSequence: 0 },
  };
}

/** Its name may be given to another: it is empty, and nobody has done anything to it. */
function isFree(live: Live): boolean {
  return live.tally.members.size === 0 && live.core.folded === 0 && !isWorkedOn(live);
}

/** A person has done something to it. */
export function isWorkedOn({ core }: Live): boolean {
  return core.actSequence > 0;
}

/** No rule takes its alarms away: a person opened it, or put alarms into it. */
export function isPinned({ core, tally }: Live): boolean {
  return core.staysOpen || (core.actSequence > 0 && [...tally.members].some(({ joinedBy }) => joinedBy === 'hand'));
}

function eventOf({ live, wasOpen, priority, joined, left }: Touch): IncidentEvent {
  const { core, tally } = live;
  if (core.state === 'closed' && core.conclusion !== null && !wasOpen && core.sequence > 0) return 'updated';
  if (core.state === 'closed') return core.mergedInto !== null && tally.members.size === 0 ? 'merged' : 'closed';
  if (core.sequence === 0) return 'opened';
  if (!wasOpen) return 'reopened';
  if (
    priority !== null &&
    tally.members.size > 0 &&
    PRIORITIES.indexOf(tally.priority()) < PRIORITIES.indexOf(priority)
  )
    return 'escalated';
  if (joined.size > 0) return 'joined';
  return left.size > 0 ? 'left' : 'updated';
}
