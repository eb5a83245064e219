import type { AlarmEvent, AlarmHolds, AlarmState } from '@lifeline/contracts';

/**
 * The alarm's life whole (ISA-18.2-2016 clause 5, IEC 62682; the table of the domain defaults, 8.1). States A to F are the
 * table below. G (shelved), H (suppressed by design) and I (out of service) are holds: while one is on, the condition is still
 * followed but not announced; when the last is taken away the alarm is B where the condition is true, else A.
 */
export interface Life {
  readonly state: AlarmState;
  /** Not null in G, H and I alone. */
  readonly holds: AlarmHolds | null;
}

/** What moves an alarm. `reset` ends a latched one; `re-alarm` asks anew for an acknowledgement that grew old. */
export type LifeEvent =
  | { readonly event: Exclude<AlarmEvent, 'shelve' | 'suppress' | 'remove-from-service'> }
  | { readonly event: 'shelve'; readonly untilMs: number }
  | { readonly event: 'suppress'; readonly by: string; readonly explanation?: AlarmHolds['explanation'] }
  | { readonly event: 'remove-from-service'; readonly permit: string };

type AnnouncedState = Exclude<AlarmState, 'shelved' | 'suppressed' | 'out-of-service'>;
type Row = Partial<Record<AlarmEvent, AnnouncedState>>;

/**
 * States A to F of an alarm that does not latch. What is not in a row does not move the state. A verdict acknowledges as well:
 * who judged an alarm has seen it, and the new normal is no condition any more.
 */
const NEXT: Readonly<Record<AnnouncedState, Row>> = {
  normal: { raise: 'unacknowledged' },
  unacknowledged: {
    acknowledge: 'acknowledged',
    clear: 'returned-unacknowledged',
    escalate: 'unacknowledged',
    'false-alarm': 'acknowledged',
    'new-normal': 'normal',
  },
  acknowledged: {
    clear: 'normal',
    escalate: 'unacknowledged',
    're-alarm': 'unacknowledged',
    'false-alarm': 'acknowledged',
    'new-normal': 'normal',
  },
  'returned-unacknowledged': {
    acknowledge: 'normal',
    raise: 'unacknowledged',
    'false-alarm': 'normal',
    'new-normal': 'normal',
  },
  'latched-unacknowledged': {
    acknowledge: 'latched-acknowledged',
    raise: 'unacknowledged',
    'false-alarm': 'latched-acknowledged',
    'new-normal': 'normal',
  },
  'latched-acknowledged': {
    reset: 'normal',
    raise: 'unacknowledged',
    'false-alarm': 'latched-acknowledged',
    'new-normal': 'normal',
  },
};

/** Where the row of a latching alarm differs: its condition ends, and it stands until a person resets it. */
const CLEARED_LATCHING: Partial<Record<AnnouncedState, AnnouncedState>> = {
  unacknowledged: 'latched-unacknowledged',
  acknowledged: 'latched-acknowledged',
};

/**
 * The life after an event; undefined where the event moves nothing (it is a repeat, or not for this state).
 * @param latches whether the alarm stays after its condition ended until it is reset
 */
export function nextLife(life: Life, given: LifeEvent, latches = false): Life | undefined {
  const hold = holdBy(life, given);
  if (hold) return hold;
  const { state, holds } = life;
  if (isHeld(state)) return holds ? followHeld(holds, given.event) : undefined;
  const to = (given.event === 'clear' && latches ? CLEARED_LATCHING[state] : undefined) ?? NEXT[state][given.event];
  return to === undefined ? undefined : { state: to, holds: null };
}

/** Whether the condition behind the alarm is true. */
export function isActive({ state, holds }: Life): boolean {
  return holds ? holds.active : state === 'unacknowledged' || state === 'acknowledged';
}

/** G, H or I: not announced. */
export function isHeld(state: AlarmState): state is Exclude<AlarmState, AnnouncedState> {
  return state === 'shelved' || state === 'suppressed' || state === 'out-of-service';
}

/** Puts a hold on, changes it, or takes it away; undefined where the event is none of that, or changes nothing. */
function holdBy(life: Life, given: LifeEvent): Life | undefined {
  const { state } = life;
  const holds = life.holds ?? { active: isActive(life), shelvedUntilMs: null, suppressedBy: null, permit: null };
  switch (given.event) {
    case 'shelve': {
      // What is suppressed or out of service is not announced anyhow: there is nothing to shelve.
      const possible = !isHeld(state) || state === 'shelved';
      return possible && given.untilMs !== holds.shelvedUntilMs
        ? settled({ ...holds, shelvedUntilMs: given.untilMs })
        : undefined;
    }
    case 'unshelve':
      return holds.shelvedUntilMs === null ? undefined : settled({ ...holds, shelvedUntilMs: null });
    case 'suppress': {
      if (given.by === holds.suppressedBy) return undefined;
      const { explanation } = given;
      return settled({ ...unexplained(holds), suppressedBy: given.by, ...(explanation ? { explanation } : {}) });
    }
    case 'unsuppress':
      return holds.suppressedBy === null ? undefined : settled(unexplained(holds));
    case 'remove-from-service':
      return given.permit === holds.permit ? undefined : settled({ ...holds, permit: given.permit });
    case 'return-to-service':
      return holds.permit === null ? undefined : settled({ ...holds, permit: null });
    default:
      return undefined;
  }
}

function unexplained({ explanation: _, ...holds }: AlarmHolds): AlarmHolds {
  return { ...holds, suppressedBy: null };
}

/** The state by the strongest hold; without any, announced anew where the condition is true. */
function settled(holds: AlarmHolds): Life {
  if (holds.permit !== null) return { state: 'out-of-service', holds };
  if (holds.suppressedBy !== null) return { state: 'suppressed', holds };
  if (holds.shelvedUntilMs !== null) return { state: 'shelved', holds };
  return { state: holds.active ? 'unacknowledged' : 'normal', holds: null };
}

/** In G, H and I the condition is followed and nothing else. */
function followHeld(holds: AlarmHolds, event: AlarmEvent): Life | undefined {
  const active = { raise: true, escalate: true, clear: false, 'new-normal': false }[event as string];
  if (active === undefined || (active === holds.active && event !== 'escalate')) return undefined;
  if (event === 'escalate' && !holds.active) return undefined;
  return settled({ ...holds, active });
}
