import { ROW } from '../row.js';
import type { Watch } from '../watch.js';

export type GroupKind = 'device' | 'gateway';

/** A sensor as its groups see it. */
export interface SilenceMember {
  watch: Watch;
  intervalMs: number;
  base: number;
  /** When its silence becomes an alarm. */
  dueMs: number;
  device: SilenceGroup;
  gateway: SilenceGroup | undefined;
}

/** What a member keeps in `ROW.silence` while its alarm speaks for a group. */
const SPEAKS: Readonly<Record<GroupKind, number>> = { gateway: 3, device: 4 };

/**
 * The sensors behind one device or gateway. When they fall silent together, one alarm, of the sensor that was due first, speaks
 * for all; the others are held while it stands. It ends with the first reading of any of them; who stays silent is then
 * counted anew, as its own.
 */
export class SilenceGroup {
  readonly members = new Set<SilenceMember>();
  /** Newest arrival of any member, bad readings too. */
  heardMs = -Infinity;
  speaker: SilenceMember | undefined;

  constructor(
    readonly kind: GroupKind,
    readonly id: string,
  ) {}

  /**
   * Whether all are silent and not this member alone: nobody was heard since the member missed its second reading, and another
   * one is overdue as well; for a gateway, one of another device.
   */
  isSilentWith(member: SilenceMember, state: Float64Array): boolean {
    const { dueMs, watch, intervalMs } = member;
    const missedMs = dueMs - watch.staleAfterMs + 2 * intervalMs;
    if (this.heardMs > missedMs) return false;
    for (const other of this.members) {
      const apart = other !== member && (this.kind === 'device' || other.device !== member.device);
      if (apart && isHeld(other, state) && lastHeardMs(state, other.base) + 2 * other.intervalMs < dueMs) return true;
    }
    return false;
  }

  /** How many one alarm speaks for: all that report regularly, have reported once and have no alarm of their own. */
  countSilent(state: Float64Array): number {
    let count = 0;
    for (const member of this.members) if (isHeld(member, state)) count++;
    return count;
  }

  /** From the rows, after a start or a change. */
  rebuild(state: Float64Array): void {
    this.heardMs = -Infinity;
    this.speaker = undefined;
    for (const member of this.members) {
      const heardMs = lastHeardMs(state, member.base);
      if (heardMs > this.heardMs) this.heardMs = heardMs;
      if (state[member.base + ROW.silence] === SPEAKS[this.kind]) this.speaker = member;
    }
  }

  /** What stands in the row of the member that speaks. */
  get mark(): number {
    return SPEAKS[this.kind];
  }
}

/** All groups, by kind and id; one without members is forgotten. */
export class SilenceGroups {
  private readonly groups = new Map<string, SilenceGroup>();

  of(kind: GroupKind, id: string): SilenceGroup {
    const key = `${kind} ${id}`;
    const known = this.groups.get(key);
    if (known) return known;
    const made = new SilenceGroup(kind, id);
    this.groups.set(key, made);
    return made;
  }

  join(member: SilenceMember, state: Float64Array): void {
    for (const group of groupsOf(member)) {
      group.members.add(member);
      group.rebuild(state);
    }
  }

  /** Gives the members that were held by this one's alarm: they must be looked at again. */
  leave(member: SilenceMember): SilenceMember[] {
    const freed: SilenceMember[] = [];
    for (const group of groupsOf(member)) {
      group.members.delete(member);
      if (group.members.size === 0) this.groups.delete(`${group.kind} ${group.id}`);
      if (group.speaker !== member) continue;
      group.speaker = undefined;
      freed.push(...group.members);
    }
    return freed;
  }

  rebuild(state: Float64Array): void {
    for (const group of this.groups.values()) group.rebuild(state);
  }
}

/** The group whose alarm speaks, or should speak, for this member's silence: the gateway's before the device's. */
export function silentGroupOf(member: SilenceMember, state: Float64Array): SilenceGroup | undefined {
  const groups = groupsOf(member);
  return groups.find((group) => group.speaker) ?? groups.find((group) => group.isSilentWith(member, state));
}

/** NaN before the first arrival. */
export function lastHeardMs(state: Float64Array, base: number): number {
  const heardMs = state[base + ROW.heardMs]!;
  const badMs = state[base + ROW.badLastMs]!;
  return Number.isNaN(heardMs) ? badMs : Number.isNaN(badMs) ? heardMs : Math.max(heardMs, badMs);
}

function groupsOf({ gateway, device }: SilenceMember): SilenceGroup[] {
  return gateway ? [gateway, device] : [device];
}

/** Reports regularly, was heard once, and no alarm of its own tells that it is silent. */
function isHeld({ base, watch }: SilenceMember, state: Float64Array): boolean {
  return watch.staleAfterMs < Infinity && state[base + ROW.silence] === 0 && !Number.isNaN(lastHeardMs(state, base));
}
