import type {
  AlarmAction,
  AlarmLimit,
  AlarmRule,
  AlarmTransition,
  Evidence,
  Priority,
  Sensor,
} from '@lifeline/contracts';
import type { ChatterCriterion, ChatterState } from './chatter.js';
import type { Explanations } from './suppression/explanation.js';

/**
 * What a detection engine tells the alarm desk: that a condition became true, got worse or ended. Times are measured times
 * of readings (for silence: the last arrival plus the silence allowed), so that the same readings give the same conditions.
 * A sensor has at most one condition a rule at a time.
 */
export interface Condition {
  readonly sensorNo: number;
  readonly rule: AlarmRule;
  readonly change: 'begin' | 'worsen' | 'end';
  readonly limit: AlarmLimit;
  /** The limit's value in the sensor's unit; null where the rule has none. */
  readonly limitValue: number | null;
  readonly priority: Priority;
  /** Measured time at which the condition held (after the on-delay) or ended (after the off-delay). */
  readonly atMs: number;
  readonly value: number | null;
  readonly reason: { readonly en: string; readonly zh: string };
  /** Why, where a learned, group or physics test spoke. */
  readonly evidence?: Evidence | null;
}

/** Why an action moves nothing. */
export type Refusal =
  | 'alarm-unknown'
  | 'not-open'
  | 'already-acknowledged'
  | 'superseded'
  /** A verdict on an alarm of a rule that does not learn. */
  | 'not-learned'
  /** The very same verdict was taken before: the log is read again after a crash. */
  | 'repeated'
  /** Reset of an alarm that is not latched, unshelving of one that is not shelved, and the like. */
  | 'not-in-this-state'
  /** Its policy forbids to shelve it. */
  | 'never-shelved'
  /** Longer than LONGEST_SHELF_MS, or over already. */
  | 'shelf-too-long'
  /** As many alarms are shelved as the policy allows. */
  | 'too-many-shelved';

/** What the master alarm database says of how an alarm behaves (ISA-18.2 rationalisation). */
export interface AlarmBehaviour {
  /** Stays after its condition ended, until it is reset. */
  readonly latches: boolean;
  /** An acknowledged alarm that is still active asks anew after so long; null: never. */
  readonly reAlarmMs: number | null;
  readonly mayBeShelved: boolean;
}

/** What the desk knows of one (sensor, rule): its newest alarm and the times that tell new input from repeated input. */
export interface DeskEntry {
  readonly current: AlarmTransition;
  /** Newest `raise` or `escalate` of the pair; null before the first that is known. */
  readonly beganAtMs: number | null;
  readonly clearedAtMs: number | null;
  /** Sequence of the newest `raise` or `escalate`: an acknowledgement counts only from one who saw it. */
  readonly begunSequence: number;
  /** Sequence of the newest hold or reset a person asked for: the next counts only from one who saw it. */
  readonly heldSequence?: number;
  /** Clock time of the newest acknowledgement while it is the newest word on the alarm. */
  readonly acknowledgedAtMs?: number | null;
  /** Of the newest verdict of a person; null, or missing in older checkpoints, where there is none. */
  readonly judgedAtMs?: number | null;
  /** Measured times of the newest raises of the pair, for telling that it chatters. */
  readonly beginsMs?: readonly number[];
  /** There while it chatters. */
  readonly chatterState?: ChatterState;
}

/** What became of the begins of conditions since the start: each is one of these. */
export interface DeskFigures {
  readonly announced: number;
  /** Raised while it was shelved, suppressed or out of service. */
  readonly held: number;
  /** Folded into the standing line of an alarm that chatters. */
  readonly folded: number;
}

/** The whole desk, as plain data for a checkpoint. */
export interface DeskState {
  readonly version: 1;
  readonly entries: readonly DeskEntry[];
}

/**
 * The alarm desk: the one place where an alarm's state moves, by a table (ISA-18.2). Pure. Its only inputs are conditions (from detection)
 * and actions (from people); its output, transitions, goes to the log. Repeating an input gives nothing, and so does an
 * input that is older than what the desk knows: after a crash it is rebuilt from a checkpoint and the transitions in the log.
 */
export interface AlarmDesk {
  /** A condition from the engine; the transition it causes, which the desk has taken in already. Undefined: nothing moves. */
  condition(condition: Condition): AlarmTransition | undefined;
  /** What a person asks; `nowMs` bounds the time the action claims. */
  act(action: AlarmAction, nowMs: number): AlarmTransition | { readonly refused: Refusal };
  /** What only the time moves: shelves that end, acknowledgements that grew old. The same time again gives nothing. */
  tick(nowMs: number): AlarmTransition[];
  /**
   * Asks of every alarm anew what explains it: call once a second, and when an explanation began or ended. A transition is stamped
   * with the time at which that fell due.
   */
  reviseSuppression(nowMs: number): AlarmTransition[];
  /** Clears what is active of a sensor that left the registry. */
  withdraw(sensorId: string, atMs: number): AlarmTransition[];
  /** Takes a transition from the log (at start), in order; one the desk knows changes nothing. */
  fold(transition: AlarmTransition): void;
  /** Newest transition of an alarm; undefined where it is unknown or forgotten. */
  alarm(alarmId: string): AlarmTransition | undefined;
  /** Newest transition of every alarm whose state is not normal. */
  open(): AlarmTransition[];
  /**
   * Forgets alarms that are normal: call once the checkpoint has passed what closed them, since repeats cannot come then.
   * @param beforeMs what moved since is kept, so that an alarm that comes and goes is known as one; default: forgets all
   */
  forgetClosed(beforeMs?: number): void;
  readonly figures: DeskFigures;
  state(): DeskState;
  /** Replaces everything the desk knows. */
  restore(state: DeskState): void;
}

export interface DeskPorts {
  /** The sensor of a number; undefined where the registry does not have it: its conditions are then passed over. */
  readonly sensor: (sensorNo: number) => Sensor | undefined;
  /** How this alarm behaves; without it, no alarm latches or re-alarms, and a red one of gas or a bridge is never shelved. */
  readonly behaviour?: (alarm: AlarmTransition) => AlarmBehaviour;
  /** Priority by the master alarm database; null: it has none. The alarm gets the worse of this and what the engine says. */
  readonly definedPriority?: (
    alarm: Pick<AlarmTransition, 'sensorId' | 'rule' | 'limit' | 'evidence'>,
  ) => Priority | null;
  /** What explains alarms, so that they are not announced (suppression by design); default: nothing does. */
  readonly explanations?: Explanations;
  /** When an alarm chatters, the strictest first; default: never. */
  readonly chatter?: readonly ChatterCriterion[];
  /** Most alarms shelved at a time. Default 50. */
  readonly mostShelved?: number;
}
