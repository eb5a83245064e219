import { randomUUID } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { behaviourBy } from '@lifeline/alarms';
import type { Alarm, AlarmAction, LiveAlarm, User, Verdict } from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import { CONSUMERS } from '@lifeline/reading-log';
import { LiveFeed } from '../live/live-feed.js';
import { ProblemError } from '../problems/problem.js';
import { refusal } from '../problems/refusals.js';
import { DeskAnswers } from './desk-answers.js';
import { refuseUnlessHoldable, type HoldRequest } from './hold-request.js';
import { UNSEEN, refuseUnlessJudged, refuseUnlessWaiting, refuseUnseen } from './refuse-unless.js';

export interface SeenAnswer {
  readonly alarms: Alarm[];
  readonly refused: { alarmId: string; detail: string }[];
}

/** Asks the alarm desk, over the log, to move an alarm, and waits for its answer. */
export class AlarmDeskCall {
  private readonly answers: DeskAnswers;

  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(LiveFeed) private readonly feed: LiveFeed,
  ) {
    this.answers = new DeskAnswers(feed, ports.records);
  }

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
    const answered = this.answers.answersTo(asked, user);
    await this.ports.log.append(
      [...asked].map(([key, action]) => ({
        ...{ stream: 'actions' as const, key },
        payload: Buffer.from(JSON.stringify(action), 'utf8'),
      })),
    );
    const answers = await answered;
    if (answers === undefined && asked.size === seen.length) throw refusal('detector-silent');
    const newest = [...(answers?.values() ?? [])].at(-1);
    if (newest) await this.answers.recorded(newest);
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
    const answered = this.answers.answerTo(before, event, refuse);
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
    await this.answers.recorded(answer);
    return this.known(answer.alarmId);
  }

  private live(alarmId: string): Alarm | undefined {
    const live = this.feed.view.alarms.alarm(alarmId);
    return live && live.transitions.length === live.sequence ? live : undefined;
  }
}

function whoOf({ actor }: Pick<LiveAlarm, 'actor'>): string {
  return actor ?? 'Somebody';
}
