import { Inject, type OnApplicationShutdown } from '@nestjs/common';
import type { Incident, IncidentMember, LiveIncident } from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import type { ToldIncident } from '@lifeline/records';
import { Gauge } from 'prom-client';
import type { Subscription } from 'rxjs';
import { LiveFeed } from '../live/live-feed.js';

/** How long changes are gathered: a flood of alarms makes some statements a second, not some an alarm. */
const GATHER_MS = 300;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** Incidents, and alarms that joined or left them, which wait while the records do not answer: some 30 MB at most. */
export const MOST_WAITING = 100_000;
/** Incidents in one transaction. */
const A_TRANSACTION = 200;

/** What of the ports and of the feed it takes. */
export type RecorderPorts = Pick<Ports, 'clock' | 'metrics' | 'say'> & {
  readonly records: { readonly incidents: Pick<Ports['records']['incidents'], 'keep' | 'standing'> };
};
export type RecorderFeed = Pick<LiveFeed, 'incidentChanges' | 'alarmPosition'> & {
  readonly incidents: Pick<LiveFeed['incidents'], 'open' | 'incident'>;
};

interface Waiting {
  readonly incident: Incident;
  readonly position: number;
  readonly joined: ReadonlyMap<string, IncidentMember>;
  readonly left: ReadonlySet<string>;
}

/**
 * Writes what incidents became into the records, beside the way of an alarm: in batches, again and again where the records do not
 * answer, and without anybody waiting for it. What waits is bounded; where that is passed, the open incidents are written whole when
 * the records answer again.
 */
export class IncidentRecorder implements OnApplicationShutdown {
  private waiting = new Map<string, Waiting>();
  private size = 0;
  /** Some of what was told is not kept any more. */
  private hasGap = false;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<boolean> = Promise.resolve(true);
  private pauseMs = FIRST_PAUSE_MS;
  private isStopped = false;
  private readonly changes: Subscription;

  constructor(
    @Inject(PORTS) private readonly ports: RecorderPorts,
    @Inject(LiveFeed) private readonly feed: RecorderFeed,
  ) {
    this.changes = feed.incidentChanges.subscribe((change) => this.take(change));
    const size = () => this.size;
    new Gauge({
      name: 'lifeline_incident_changes_waiting',
      help: 'Changes of incidents that the records do not have yet',
      registers: [ports.metrics],
      collect() {
        this.set(size());
      },
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.flush();
    this.changes.unsubscribe();
  }

  /** Writes what waits; gives whether all of it is in the records. */
  flush(): Promise<boolean> {
    this.writing = this.writing.then(() => this.write());
    return this.writing;
  }

  private take({ incident, joined, left }: LiveIncident): void {
    const { incidentId } = incident;
    const before = this.waiting.get(incidentId);
    const after = followed(before, { incident, position: this.feed.alarmPosition, joined, left });
    this.waiting.set(incidentId, after);
    this.size += sizeOf(after) - (before ? sizeOf(before) : 0);
    if (this.size > MOST_WAITING) {
      this.ports.say('gateway: the records do not take incidents; what is open is written whole when they do again');
      this.waiting.clear();
      this.size = 0;
      this.hasGap = true;
    }
    this.writeAfter(GATHER_MS);
  }

  private writeAfter(ms: number): void {
    if (this.isStopped || this.timer !== undefined) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, ms);
  }

  private async write(): Promise<boolean> {
    const { incidents } = this.ports.records;
    const batch = this.waiting;
    this.waiting = new Map();
    this.size = 0;
    const hadGap = this.hasGap;
    try {
      if (hadGap) {
        this.hasGap = false;
        await this.writeWhole();
      }
      const told = [...batch].map(([, one]) => toldOf(one));
      for (let at = 0; at < told.length; at += A_TRANSACTION) await incidents.keep(told.slice(at, at + A_TRANSACTION));
      this.pauseMs = FIRST_PAUSE_MS;
      return true;
    } catch (error) {
      this.hasGap ||= hadGap;
      this.putBack(batch);
      const why = error instanceof Error ? error.message : String(error);
      this.ports.say(`gateway: incidents are not in the records yet: ${why}; tried again in ${this.pauseMs / 1000} s`);
      this.writeAfter(this.pauseMs);
      this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
      return false;
    }
  }

  /** Everything as it is now, after some of what was told could not be kept: what is open, and what is open in the records alone. */
  private async writeWhole(): Promise<void> {
    const { incidents } = this.ports.records;
    const { alarmPosition: position, incidents: live } = this.feed;
    const open = live.open();
    const isOpen = new Set(open.map(({ incidentId }) => incidentId));
    const atMs = this.ports.clock.nowMs();
    const over = (await incidents.standing([], [])).flatMap(({ incident }): ToldIncident[] => {
      if (incident === null || isOpen.has(incident.incidentId)) return [];
      return [{ incident: live.incident(incident.incidentId) ?? closedAt(incident, atMs), position, ...NOTHING_MOVED }];
    });
    const told = [...over, ...open.map((one) => wholeOf(one, position))];
    for (let at = 0; at < told.length; at += A_TRANSACTION) await incidents.keep(told.slice(at, at + A_TRANSACTION));
  }

  /** What came meanwhile follows what could not be written. */
  private putBack(batch: ReadonlyMap<string, Waiting>): void {
    const whole = new Map(batch);
    for (const [incidentId, { incident, position, joined, left }] of this.waiting)
      whole.set(
        incidentId,
        followed(whole.get(incidentId), { incident, position, joined: [...joined.values()], left: [...left] }),
      );
    this.waiting = whole;
    this.size = [...whole.values()].reduce((sum, one) => sum + sizeOf(one), 0);
  }
}

const NOTHING_MOVED = { joined: [], left: [] };

/** An incident that was forgotten since, because its alarms are over. */
function closedAt(incident: Incident, atMs: number): Incident {
  const counts = { ...incident.counts, open: 0, announced: 0, unacknowledged: 0 };
  return { ...incident, sequence: incident.sequence + 1, state: 'closed', closedAtMs: atMs, counts };
}

/** The first, and after it the second. */
function followed(before: Waiting | undefined, { incident, position, joined, left }: ToldIncident): Waiting {
  const [members, gone] = [new Map(before?.joined), new Set(before?.left)];
  for (const alarmId of left) {
    members.delete(alarmId);
    gone.add(alarmId);
  }
  for (const member of joined) {
    members.set(member.alarmId, member);
    gone.delete(member.alarmId);
  }
  return { incident, position, joined: members, left: gone };
}

function sizeOf({ joined, left }: Waiting): number {
  return 1 + joined.size + left.size;
}

function toldOf({ incident, position, joined, left }: Waiting): ToldIncident {
  return { incident, position, joined: [...joined.values()], left: [...left] };
}

function wholeOf({ members, ...incident }: Incident & { members: IncidentMember[] }, position: number): ToldIncident {
  return { incident, position, joined: members, left: [], isWhole: true };
}
