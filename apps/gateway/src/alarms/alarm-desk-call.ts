import { randomUUID } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { behaviourBy } from '@lifeline/alarms';
import {
  LEARNING_RULES,
  type Alarm,
  type AlarmAction,
  type AlarmEvent,
  type LiveAlarm,
  type User,
  type Verdict,
} from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import { filter, firstValueFrom, map, race, take, timer } from 'rxjs';
import { LiveFeed } from '../live/live-feed.js';
import { ProblemError } from '../problems/problem.js';
import { refuseUnlessHoldable, type HoldRequest } from './hold-request.js';

/** How long the detector may take to answer an action. */
const ANSWER_WITHIN_MS = 5_000;
/** How long the records may take to hold the answer, so that a list asked right after shows it. */
const RECORDED_WITHIN_MS = 1_000;
const RECORDED_ASK_EVERY_MS = 20;

/** Asks the alarm desk, over the log, to move an alarm, and waits for its answer. */
export class AlarmDeskCall {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(LiveFeed) private readonly feed: LiveFeed,
  ) {}

  /** The alarm as the live stream knows it, where that is whole; else as the records do. */
  async alarm(alarmId: string): Promise<Alarm | undefined> {
    return this.live(alarmId) ?? (await this.ports.records.alarms.alarm(alarmId));
  }

  /** The newer of what the records and the live stream know of an alarm. */
  newest(recorded: Alarm): Alarm {
    const live = this.live(recorded.alarmId);
    return live && live.sequence > recorded.sequence ? live : recorded;
  }

  /**
   * Acknowledges an alarm in the name of a user.
   * @throws ProblemError 404 unknown, 409 acknowledged before or no longer open, 503 where the detector does not answer
   */
  async acknowledge(alarmId: string, user: User, note: string | null): Promise<Alarm> {
    const before = await this.known(alarmId);
    refuseUnlessWaiting(before);
    const answer = await this.ask(before, { kind: 'acknowledge' }, user, note, refuseUnlessWaiting);
    if (answer.actor !== user.username) {
      throw new ProblemError(409, `${answer.actor ?? 'Somebody'} acknowledged this alarm a moment before.`);
    }
    return this.settled(answer);
  }

  /**
   * Says in the name of a user what an alarm was.
   * @throws ProblemError 404 unknown, 409 no longer open or of a rule that does not learn, 503 where the detector does not answer
   */
  async judge(alarmId: string, verdict: Verdict, user: User, note: string | null): Promise<Alarm> {
    const before = await this.known(alarmId);
    const refuse = (alarm: Alarm) => refuseUnlessJudged(alarm, verdict);
    refuse(before);
    const answer = await this.ask(before, { kind: 'feedback', verdict }, user, note, refuse);
    if (answer.event !== verdict || answer.actor !== user.username) {
      throw new ProblemError(409, `${answer.actor ?? 'Somebody'} judged this alarm a moment before. Look at it again.`);
    }
    return this.settled(answer);
  }

  /**
   * Holds an alarm back, ends a hold, or resets a latched one, in the name of a user.
   * @throws ProblemError 404 unknown, 409 where its state or its behaviour does not allow it, 503 where the detector does not answer
   */
  async hold(alarmId: string, what: HoldRequest, user: User, note: string | null): Promise<Alarm> {
    const before = await this.known(alarmId);
    const refuse = (alarm: Alarm) => {
      const behaviour = behaviourBy(this.ports.definitions.of(alarm), alarm);
      refuseUnlessHoldable(alarm, what, behaviour, this.feed.view.alarms.all());
    };
    refuse(before);
    const answer = await this.ask(before, what, user, note, refuse);
    if (answer.event !== what.kind || answer.actor !== user.username) {
      throw new ProblemError(409, `${answer.actor ?? 'Somebody'} moved this alarm a moment before. Look at it again.`);
    }
    return this.settled(answer);
  }

  private async known(alarmId: string): Promise<Alarm> {
    const alarm = await this.alarm(alarmId);
    if (!alarm) throw new ProblemError(404, `No alarm ${alarmId} is known.`);
    return alarm;
  }

  /** Appends the action, and waits for the transition that answers it. */
  private async ask(
    before: Alarm,
    what: { readonly kind: 'acknowledge' } | { readonly kind: 'feedback'; readonly verdict: Verdict } | HoldRequest,
    user: User,
    note: string | null,
    refuse: (alarm: Alarm) => void,
  ): Promise<LiveAlarm> {
    const { alarmId, sequence: seenSequence } = before;
    const actor = user.username;
    const action: AlarmAction = {
      ...what,
      ...{ actionId: randomUUID(), alarmId, actor, note, atMs: this.ports.clock.nowMs(), seenSequence },
    };
    const event = what.kind === 'feedback' ? what.verdict : what.kind;
    const answered = this.answerTo(alarmId, event);
    await this.ports.log.append([
      { stream: 'actions', key: alarmId, payload: Buffer.from(JSON.stringify(action), 'utf8') },
    ]);
    const answer = await answered;
    if (answer) return answer;
    const now = await this.alarm(alarmId);
    if (now) refuse(now);
    if (now && now.sequence > before.sequence) {
      throw new ProblemError(409, 'This alarm got worse or came again meanwhile. Look at it, then do it again.');
    }
    throw new ProblemError(
      503,
      'The detector does not answer. What you asked is kept and will be applied when it does.',
      undefined,
      { 'Retry-After': '5' },
    );
  }

  /** The alarm after the answer, once a list asked right after shows it too. */
  private async settled(answer: LiveAlarm): Promise<Alarm> {
    await this.recorded(answer);
    return this.known(answer.alarmId);
  }

  private live(alarmId: string): Alarm | undefined {
    const live = this.feed.view.alarms.alarm(alarmId);
    return live && live.transitions.length === live.sequence ? live : undefined;
  }

  /** Listens from now on; undefined where no answer came in time. */
  private answerTo(alarmId: string, event: AlarmEvent): Promise<LiveAlarm | undefined> {
    return firstValueFrom(
      race(
        this.feed.transitions.pipe(filter((step) => step.alarmId === alarmId && answers(step, event))),
        timer(ANSWER_WITHIN_MS).pipe(map(() => undefined)),
      ).pipe(take(1)),
      { defaultValue: undefined },
    );
  }

  private async recorded(answer: LiveAlarm): Promise<void> {
    const untilMs = performance.now() + RECORDED_WITHIN_MS;
    while (performance.now() < untilMs) {
      const alarm = await this.ports.records.alarms.alarm(answer.alarmId);
      if (alarm && alarm.sequence >= answer.sequence) return;
      await new Promise((resolve) => setTimeout(resolve, RECORDED_ASK_EVERY_MS));
    }
  }
}

/** Whether a transition answers an action: another person's verdict closes the alarm to an acknowledgement as well. */
function answers(step: LiveAlarm, event: AlarmEvent): boolean {
  return step.event === event || step.event === 'new-normal' || step.event === 'false-alarm';
}

function refuseUnlessWaiting(alarm: Alarm): void {
  if (alarm.state === 'acknowledged' || alarm.state === 'latched-acknowledged') {
    throw new ProblemError(409, `${alarm.acknowledgedBy ?? 'Somebody'} has acknowledged this alarm before.`);
  }
  refuseUnlessOpen(alarm);
  refuseHeld(alarm);
}

function refuseUnlessJudged(alarm: Alarm, verdict: Verdict): void {
  refuseUnlessOpen(alarm);
  // A false alarm is acknowledged by it, which nothing that is held can be; the new normal ends its condition all the same.
  if (verdict === 'false-alarm') refuseHeld(alarm);
  if (!LEARNING_RULES.includes(alarm.rule)) {
    throw new ProblemError(
      409,
      'This alarm goes by a limit of the sensor, from which nothing is learned. Change the limit where it is wrong.',
    );
  }
}

function refuseHeld({ holds }: Alarm): void {
  if (holds !== null)
    throw new ProblemError(
      409,
      'This alarm is shelved, suppressed or out of service. End that first, then do this again.',
    );
}

function refuseUnlessOpen(alarm: Alarm): void {
  if (alarm.state === 'normal') throw new ProblemError(409, 'This alarm is no longer open.');
}
