import { randomUUID } from 'node:crypto';
import { Inject } from '@nestjs/common';
import type { Alarm, AlarmAction, LiveAlarm, User } from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import { filter, firstValueFrom, map, race, take, timer } from 'rxjs';
import { LiveFeed } from '../live/live-feed.js';
import { ProblemError } from '../problems/problem.js';

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
    const before = await this.alarm(alarmId);
    if (!before) throw new ProblemError(404, `No alarm ${alarmId} is known.`);
    this.refuseUnlessWaiting(before);
    const atMs = this.ports.clock.nowMs();
    const action: AlarmAction = {
      actionId: randomUUID(),
      alarmId,
      kind: 'acknowledge',
      actor: user.username,
      note,
      atMs,
      seenSequence: before.sequence,
    };
    const answered = this.answerTo(alarmId);
    await this.ports.log.append([
      { stream: 'actions', key: alarmId, payload: Buffer.from(JSON.stringify(action), 'utf8') },
    ]);
    const answer = await answered;
    if (!answer) {
      const now = await this.alarm(alarmId);
      if (now) this.refuseUnlessWaiting(now);
      if (now && now.sequence > before.sequence) {
        throw new ProblemError(409, 'This alarm got worse or came again meanwhile. Look at it and acknowledge again.');
      }
      throw new ProblemError(
        503,
        'The detector does not answer. The acknowledgement is kept and will be applied when it does.',
        undefined,
        { 'Retry-After': '5' },
      );
    }
    if (answer.actor !== action.actor) {
      throw new ProblemError(409, `${answer.actor ?? 'Somebody'} acknowledged this alarm a moment before.`);
    }
    await this.recorded(answer);
    const after = await this.alarm(alarmId);
    if (!after) throw new ProblemError(404, `No alarm ${alarmId} is known.`);
    return after;
  }

  private live(alarmId: string): Alarm | undefined {
    const live = this.feed.view.alarms.alarm(alarmId);
    return live && live.transitions.length === live.sequence ? live : undefined;
  }

  private refuseUnlessWaiting(alarm: Alarm): void {
    if (alarm.state === 'acknowledged') {
      throw new ProblemError(409, `${alarm.acknowledgedBy ?? 'Somebody'} has acknowledged this alarm before.`);
    }
    if (alarm.state === 'normal') throw new ProblemError(409, 'This alarm is no longer open.');
  }

  /** Listens from now on; undefined where no answer came in time. */
  private answerTo(alarmId: string): Promise<LiveAlarm | undefined> {
    return firstValueFrom(
      race(
        this.feed.transitions.pipe(filter((step) => step.alarmId === alarmId && step.event === 'acknowledge')),
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
