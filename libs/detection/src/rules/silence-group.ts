import { FLAG } from '../row.js';
import { flagsOf, type SensorRows } from '../sensor-rows.js';

export type GroupKind = 'device' | 'gateway';

/** What a member keeps in `FLAG.silence` while its alarm speaks for a group. */
const SPEAKS: Readonly<Record<GroupKind, number>> = { gateway: 3, device: 4 };
export const NO_GROUP = -1;
export const NOBODY = -1;

/** The sensors behind one device or gateway, by row. */
export interface SilenceGroup {
  readonly no: number;
  readonly kind: GroupKind;
  readonly id: string;
  readonly members: Set<number>;
  /** Row of the member whose alarm speaks for all; `NOBODY`. */
  speaker: number;
  /** What stands in the row of the member that speaks. */
  readonly mark: number;
}

/**
 * All devices and gateways as groups that fall silent together, by kind and id; one without members is forgotten. When all of a
 * group are silent, one alarm, of the sensor that was due first, speaks for them; the others are held while it stands. It ends with
 * the first reading of any of them; who stays silent is then counted anew, as its own.
 */
export class SilenceGroups {
  private readonly byKey = new Map<string, SilenceGroup>();
  private readonly groups: (SilenceGroup | undefined)[] = [];
  private readonly free: number[] = [];
  /** Newest arrival of any member of each group, bad readings too. */
  private newestMs = new Float64Array(64);
  private speaking = 0;

  constructor(private readonly rows: SensorRows) {}

  /** Number of the group, which is made where it is new. */
  of(kind: GroupKind, id: string): number {
    const key = `${kind} ${id}`;
    const known = this.byKey.get(key);
    if (known) return known.no;
    const no = this.free.pop() ?? this.groups.length;
    const made = { no, kind, id, members: new Set<number>(), speaker: NOBODY, mark: SPEAKS[kind] };
    this.byKey.set(key, made);
    this.groups[no] = made;
    if (no >= this.newestMs.length) {
      const larger = new Float64Array(this.newestMs.length * 2);
      larger.set(this.newestMs);
      this.newestMs = larger;
    }
    this.newestMs[no] = -Infinity;
    return no;
  }

  /** Takes an arrival in; gives the group where an alarm spoke for it, which has to end. */
  hear(no: number, arrivedAtMs: number): SilenceGroup | undefined {
    if (arrivedAtMs > this.newestMs[no]!) this.newestMs[no] = arrivedAtMs;
    if (this.speaking === 0) return undefined;
    const group = this.groups[no];
    return group && group.speaker !== NOBODY ? group : undefined;
  }

  speak(group: SilenceGroup, row: number): void {
    this.speaking += Number(row !== NOBODY) - Number(group.speaker !== NOBODY);
    group.speaker = row;
  }

  join(row: number): void {
    for (const group of this.groupsOf(row)) {
      group.members.add(row);
      this.rebuildOne(group);
    }
  }

  /** Gives the rows that were held by this one's alarm: they must be looked at again. */
  leave(row: number): number[] {
    const freed: number[] = [];
    for (const group of this.groupsOf(row)) {
      group.members.delete(row);
      if (group.speaker === row) {
        this.speak(group, NOBODY);
        freed.push(...group.members);
      }
      if (group.members.size > 0) continue;
      this.byKey.delete(`${group.kind} ${group.id}`);
      this.groups[group.no] = undefined;
      this.free.push(group.no);
    }
    return freed;
  }

  /** From the rows, after a start or a change. */
  rebuild(): void {
    for (const group of this.byKey.values()) this.rebuildOne(group);
  }

  /** The group whose alarm speaks, or should speak, for this sensor's silence: the gateway's before the device's. */
  silentGroupOf(row: number, dueMs: number): SilenceGroup | undefined {
    const groups = this.groupsOf(row);
    return (
      groups.find(({ speaker }) => speaker !== NOBODY) ?? groups.find((group) => this.isSilentWith(group, row, dueMs))
    );
  }

  /** How many one alarm speaks for: all that report regularly, have reported once and have no alarm of their own. */
  countSilent({ members }: SilenceGroup): number {
    let count = 0;
    for (const row of members) if (this.isHeld(row)) count++;
    return count;
  }

  /**
   * Whether all are silent and not this member alone: nobody was heard since the member missed its second reading, and another
   * one is overdue as well; for a gateway, one of another device.
   */
  private isSilentWith(group: SilenceGroup, row: number, dueMs: number): boolean {
    const { rows } = this;
    const { staleAfterMs, intervalMs } = rows.watch(row);
    if (this.newestMs[group.no]! > dueMs - staleAfterMs + 2 * intervalMs) return false;
    for (const other of group.members) {
      const apart = other !== row && (group.kind === 'device' || rows.device(other) !== rows.device(row));
      if (apart && this.isHeld(other) && rows.heardMs(other) + 2 * rows.watch(other).intervalMs < dueMs) return true;
    }
    return false;
  }

  /** Reports regularly, was heard once, and no alarm of its own tells that it is silent. */
  private isHeld(row: number): boolean {
    const { rows } = this;
    return rows.watch(row).staleAfterMs < Infinity && rows.silence(row) === 0 && !Number.isNaN(rows.heardMs(row));
  }

  private rebuildOne(group: SilenceGroup): void {
    const { rows } = this;
    let newestMs = -Infinity;
    let speaker = NOBODY;
    for (const row of group.members) {
      const heardMs = rows.heardMs(row);
      if (heardMs > newestMs) newestMs = heardMs;
      if (rows.flags[flagsOf(row) + FLAG.silence] === group.mark) speaker = row;
    }
    this.newestMs[group.no] = newestMs;
    this.speak(group, speaker);
  }

  private groupsOf(row: number): SilenceGroup[] {
    return [this.rows.gateway(row), this.rows.device(row)].flatMap((no) => (no < 0 ? [] : (this.groups[no] ?? [])));
  }
}
