import { PRIORITIES, type Alarm, type AlarmState, type AlarmTransition, type Priority } from '@lifeline/contracts';
import { alarmOf } from '@lifeline/records';

/** Alarms that came back to normal are held for so many more, for answers before the records have caught up. */
const CLOSED_KEPT = 1_000;

/** Order of states by how much they need a person, for a sensor with several alarms. */
const NEED: Readonly<Record<AlarmState, number>> = {
  unacknowledged: 6,
  'latched-unacknowledged': 5,
  'returned-unacknowledged': 4,
  acknowledged: 3,
  'latched-acknowledged': 2,
  shelved: 1,
  suppressed: 1,
  'out-of-service': 1,
  normal: 0,
};

export interface SensorAlarms {
  readonly state: AlarmState;
  readonly priority: Priority | null;
  readonly alarmIds: readonly string[];
}

const NO_ALARMS: SensorAlarms = { state: 'normal', priority: null, alarmIds: [] };

export interface StreamPlace {
  readonly partition: number;
  readonly sequence: number;
}

/** Every alarm that is not normal, as the stream of transitions tells it; ahead of the records by a moment. */
export class OpenAlarms {
  private readonly open = new Map<string, Alarm>();
  private readonly closed = new Map<string, Alarm>();
  private readonly bySensor = new Map<string, Set<string>>();
  /** Where in the stream an open alarm was raised; not of those that the records told. */
  private readonly raisedAt = new Map<string, StreamPlace>();

  /** Takes an alarm of the records, at start. */
  load(alarm: Alarm): void {
    const known = this.alarm(alarm.alarmId);
    if (!known || known.sequence < alarm.sequence) this.keep(alarm);
  }

  /**
   * Takes a transition of the stream; one already there changes nothing.
   * @param at where it stands in the stream, for `unrecorded`
   * @returns whether it was new
   */
  apply(transition: AlarmTransition, at?: StreamPlace): boolean {
    const known = this.alarm(transition.alarmId);
    if (known && known.sequence >= transition.sequence) return false;
    if (!known && at) this.raisedAt.set(transition.alarmId, at);
    this.keep(alarmOf([...(known?.transitions ?? []), transition]));
    return true;
  }

  /** An open alarm, or one that closed a moment ago. */
  alarm(alarmId: string): Alarm | undefined {
    return this.open.get(alarmId) ?? this.closed.get(alarmId);
  }

  /** Open alarms that the records do not have yet, where their projection stands at this cursor. */
  unrecorded(cursor: readonly number[]): Alarm[] {
    const ahead: Alarm[] = [];
    for (const [alarmId, { partition, sequence }] of this.raisedAt) {
      if (sequence > (cursor[partition] ?? 0)) ahead.push(this.open.get(alarmId)!);
      else this.raisedAt.delete(alarmId);
    }
    return ahead;
  }

  all(): IterableIterator<Alarm> {
    return this.open.values();
  }

  /** The state of a sensor: that of its alarm which most needs a person, and the worst priority of all its open alarms. */
  ofSensor(sensorId: string): SensorAlarms {
    const ids = this.bySensor.get(sensorId);
    if (!ids) return NO_ALARMS;
    let state: AlarmState = 'normal';
    let worst: number = PRIORITIES.length;
    for (const id of ids) {
      const alarm = this.open.get(id)!;
      if (NEED[alarm.state] > NEED[state]) state = alarm.state;
      worst = Math.min(worst, PRIORITIES.indexOf(alarm.priority));
    }
    return { state, priority: PRIORITIES[worst] ?? null, alarmIds: [...ids] };
  }

  private keep(alarm: Alarm): void {
    const { alarmId, sensorId } = alarm;
    if (alarm.state !== 'normal') {
      this.closed.delete(alarmId);
      this.open.set(alarmId, alarm);
      const ids = this.bySensor.get(sensorId);
      if (ids) ids.add(alarmId);
      else this.bySensor.set(sensorId, new Set([alarmId]));
      return;
    }
    this.open.delete(alarmId);
    this.raisedAt.delete(alarmId);
    const ids = this.bySensor.get(sensorId);
    if (ids?.delete(alarmId) && ids.size === 0) this.bySensor.delete(sensorId);
    this.closed.set(alarmId, alarm);
    if (this.closed.size > CLOSED_KEPT)
      for (const oldest of this.closed.keys()) {
        this.closed.delete(oldest);
        break;
      }
  }
}
