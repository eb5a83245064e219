import type { AlarmAction, AlarmTransition } from '@lifeline/contracts';

/**
 * The alarm desk: the one place where an alarm's state moves, by a table (ISA-18.2). Pure. Its only inputs are conditions (from detection)
 * and actions (from people); its output, transitions, goes to the log first. Repeating an input gives nothing: the desk is
 * rebuilt after a crash by folding the transitions that are in the log.
 */
export interface AlarmDesk {
  /** Takes a transition from the log (at start), in order. */
  fold(transition: AlarmTransition): void;
  act(
    action: AlarmAction,
  ): AlarmTransition | { readonly refused: 'alarm-unknown' | 'not-open' | 'already-acknowledged' };
}
