import { randomUUID } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { behaviourBy } from '@lifeline/alarms';
import {
  LEARNING_RULES,
  type Alarm,
  type AlarmAction,
  type AlarmEvent,
  type AlarmTransition,
  type LiveAlarm,
  type User,
  type Verdict,
} from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import { CONSUMERS } from '@lifeline/reading-log';
import { filter, firstValueFrom, map, race, take, timer } from 'rxjs';
import { LiveFeed } from '../live/live-feed.js';
import { ProblemError } from '../problems/problem.js';
import { refusal } from '../problems/refusals.js';
import { refuseUnlessHoldable, type HoldRequest } from './hold-request.js';

/** How long the detector may take to answer an action. */
const ANSWER_WITHIN_MS = 5_000;
/** How long the records may take to hold the answer, so that a list asked right after shows it. */
const RECORDED_WITHIN_MS = 1_000;
const RECORDED_ASK_EVERY_MS = 20;

export interface SeenAnswer {
  readonly alarms: Alarm[];
  readonly refused: { alarmId: string; detail: string }[];
}

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

  /** Open alarms that the records do not have yet, newest first: a list of the records alone would hide them from who opens a page now. */
  async unrecorded(): Promise<Alarm[]> {
    const cursor = await this.ports.records.cursor(CONSUMERS.alarmProjector);
    return this.feed.view.alarms.unrecorded(cursor).sort((a, b) => b.raisedAtMs - a.raisedAtMs);
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
      throw refusal('already-acknowledged', { who: whoOf(answer) });
    }
    return this.settled(answer);
  }

  /**
   * Acknowledges many alarms at once in the name of a user, each as that user saw it: what moved since is refused.
   * @throws ProblemError 503 where the detector answers none of them
   */
  async acknowledgeSeen(
    seen: readonly { readonly alarmId: string; readonly sequence: number }[],
    user: User,
    note: string | null,
  ): Promise<SeenAnswer> {
    const refused: { alarmId: string; detail: string }[] = [];
    const asked = new Map<string, AlarmAction>();
    for (const { alarmId, sequence } of seen) {
      try {
        const alarm = await this.known(alarmId);
        refuseUnlessWaiting(alarm);
        refuseUnseen(alarm, sequence);
        const atMs = this.ports.clock.nowMs();
        const who = { alarmId, actor: user.username, note, atMs, seenSequence: sequence };
        asked.set(alarmId, { kind: 'acknowledge', actionId: randomUUID(), ...who });
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        refused.push({ alarmId, detail: error.message });
      }
    }
    if (asked.size === 0) return { alarms: [], refused };
    const answered = this.answersTo(asked, user);
    await this.ports.log.append(
      [...asked].map(([key, action]) => ({
        ...{ stream: 'actions' as const, key },
        payload: Buffer.from(JSON.stringify(action), 'utf8'),
      })),
    );
    const answers = await answered;
    if (answers === undefined && asked.size === seen.length) throw refusal('detector-silent');
    const newest = [...(answers?.values() ?? [])].at(-1);
    if (newest) await this.recorded(newest);
    const alarms: Alarm[] = [];
    for (const alarmId of asked.keys()) {
      const alarm = answers?.has(alarmId) ? await this.alarm(alarmId) : undefined;
      if (alarm) alarms.push(alarm);
      else refused.push({ alarmId, detail: UNSEEN });
    }
    return { alarms, refused };
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
      throw refusal('moved-meanwhile', { who: whoOf(answer) });
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
      throw refusal('moved-meanwhile', { who: whoOf(answer) });
    }
    return this.settled(answer);
  }

  private async known(alarmId: string): Promise<Alarm> {
    const alarm = await this.alarm(alarmId);
    if (!alarm) throw refusal('alarm-unknown', { id: alarmId });
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
    const answered = this.answerTo(before, event, refuse);
    await this.ports.log.append([
      { stream: 'actions', key: alarmId, payload: Buffer.from(JSON.stringify(action), 'utf8') },
    ]);
    const answer = await answered;
    if (answer instanceof ProblemError) throw answer;
    if (answer) return answer;
    const now = await this.alarm(alarmId);
    if (now) refuse(now);
    if (now && now.sequence > before.sequence) throw refusal('superseded');
    throw refusal('detector-silent');
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

  /**
   * Listens from now on: the transition that answers; or why the desk will refuse, as soon as a step of the alarm shows it: what
   * was in the log before the action decides. Undefined where nothing came in time.
   */
  private answerTo(
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
  private async answersTo(
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

function asksAnew({ state, event }: LiveAlarm): boolean {
  return state === 'unacknowledged' && event !== 'chatter' && event !== 'settle';
}

function whoOf({ actor }: Pick<LiveAlarm, 'actor'>): string {
  return actor ?? 'Somebody';
}

function refuseUnlessWaiting(alarm: Alarm): void {
  if (alarm.state === 'acknowledged' || alarm.state === 'latched-acknowledged')
    throw refusal('already-acknowledged', { who: alarm.acknowledgedBy ?? 'Somebody' });
  refuseUnlessOpen(alarm);
  refuseHeld(alarm);
}

const UNSEEN = 'This alarm got worse or came again meanwhile. Look at it first.';

function refuseUnseen({ transitions }: Alarm, seenSequence: number): void {
  const isNews = ({ event }: AlarmTransition) => event === 'raise' || event === 'escalate' || event === 're-alarm';
  if (transitions.some((step) => step.sequence > seenSequence && isNews(step))) throw new ProblemError(409, UNSEEN);
}

function refuseUnlessJudged(alarm: Alarm, verdict: Verdict): void {
  refuseUnlessOpen(alarm);
  // A false alarm is acknowledged by it, which nothing that is held can be; the new normal ends its condition all the same.
  if (verdict === 'false-alarm') refuseHeld(alarm);
  if (!LEARNING_RULES.includes(alarm.rule)) throw refusal('not-learned');
}

function refuseHeld({ holds }: Alarm): void {
  if (holds !== null) throw refusal('alarm-held');
}

function refuseUnlessOpen(alarm: Alarm): void {
  if (alarm.state === 'normal') throw refusal('alarm-over');
}
