import type { Alarm, AlarmAction, AlarmEvent, LiveAlarm, User } from '@lifeline/contracts';
import type { Ports } from '@lifeline/ports';
import { filter, firstValueFrom, map, race, take, timer } from 'rxjs';
import type { LiveFeed } from '../live/live-feed.js';
import { ProblemError } from '../problems/problem.js';
import { refusal } from '../problems/refusals.js';
import { refuseUnlessWaiting } from './refuse-unless.js';

/** How long the detector may take to answer an action. */
const ANSWER_WITHIN_MS = 5_000;
/** How long the records may take to hold the answer, so that a list asked right after shows it. */
const RECORDED_WITHIN_MS = 1_000;
const RECORDED_ASK_EVERY_MS = 20;

/** Hears from the live stream what the alarm desk makes of actions. Listen first, then append the action. */
export class DeskAnswers {
  constructor(
    private readonly feed: LiveFeed,
    private readonly records: Pick<Ports['records'], 'alarms'>,
  ) {}

  /**
   * Listens from now on: the transition that answers; or why the desk will refuse, as soon as a step of the alarm shows it: what
   * was in the log before the action decides. Undefined where nothing came in time.
   */
  answerTo(
    { alarmId, sequence }: Alarm,
    event: AlarmEvent,
    refuse: (alarm: Alarm) => void,
  ): Promise<LiveAlarm | ProblemError | undefined> {
    return firstValueFrom(
      race(
        this.feed.transitions.pipe(
          filter((step) => step.alarmId === alarmId && step.sequence > sequence),
          map((step) => (answers(step, event) ? step : this.refusalBy(step, refuse))),
          filter((answer) => answer !== undefined),
        ),
        timer(ANSWER_WITHIN_MS).pipe(map(() => undefined)),
      ).pipe(take(1)),
      { defaultValue: undefined },
    );
  }

  /** Why the desk refuses after this step what was asked before it; undefined where the step does not hinder. */
  private refusalBy(step: LiveAlarm, refuse: (alarm: Alarm) => void): ProblemError | undefined {
    const alarm = this.feed.view.alarms.alarm(step.alarmId);
    try {
      if (alarm) refuse(alarm);
    } catch (error) {
      if (error instanceof ProblemError) return error;
      throw error;
    }
    // It asks anew: who did not see that has not seen what there is to answer.
    return asksAnew(step) ? refusal('superseded') : undefined;
  }

  /** Listens from now on, until each is answered or will be refused, or for so long; undefined where nothing came of any. */
  async answersTo(
    asked: ReadonlyMap<string, Pick<AlarmAction, 'seenSequence'>>,
    user: User,
  ): Promise<ReadonlyMap<string, LiveAlarm> | undefined> {
    const answers = new Map<string, LiveAlarm>();
    const open = new Set(asked.keys());
    await firstValueFrom(
      race(
        this.feed.transitions.pipe(
          filter((step) => {
            const { alarmId, sequence } = step;
            if (!open.has(alarmId) || sequence <= asked.get(alarmId)!.seenSequence) return false;
            const isAnswer = step.event === 'acknowledge' && step.actor === user.username;
            if (isAnswer) answers.set(alarmId, step);
            if (isAnswer || this.refusalBy(step, refuseUnlessWaiting)) open.delete(alarmId);
            return open.size === 0;
          }),
        ),
        timer(ANSWER_WITHIN_MS),
      ).pipe(take(1)),
      { defaultValue: undefined },
    );
    return open.size === asked.size ? undefined : answers;
  }

  /** Waits until the records hold the answer, so that a list asked right after shows it; and no longer than it may take. */
  async recorded(answer: LiveAlarm): Promise<void> {
    const untilMs = performance.now() + RECORDED_WITHIN_MS;
    while (performance.now() < untilMs) {
      const alarm = await this.records.alarms.alarm(answer.alarmId);
      if (alarm && alarm.sequence >= answer.sequence) return;
      await new Promise((resolve) => setTimeout(resolve, RECORDED_ASK_EVERY_MS));
    }
  }
}

/** Whether a transition answers an action: another person's verdict closes the alarm to an acknowledgement as well. */
function answers(step: LiveAlarm, event: AlarmEvent): boolean {
  return step.event === event || step.event === 'new-normal' || step.event === 'false-alarm';
}

function asksAnew({ state, event }: LiveAlarm): boolean {
  return state === 'unacknowledged' && event !== 'chatter' && event !== 'settle';
}
