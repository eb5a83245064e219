import { Controller, Inject } from '@nestjs/common';
import { measurePerformance } from '@lifeline/alarms';
import { ALARM_STATES, type User } from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import { Call, Caller, Input, type AnswerOf, type InputOf } from '../calls/call.js';
import { ProblemError } from '../problems/problem.js';
import { refusal } from '../problems/refusals.js';
import { AlarmDeskCall } from './alarm-desk-call.js';

const LONGEST_SPAN_MS = 31 * 86_400_000;

/** Reads `state`: names of ALARM_STATES with commas between, or `open` for all but normal. Empty: every state. */
export function statesOf(text: string | undefined): readonly string[] {
  if (text === undefined || text === '') return [];
  const states = new Set<string>();
  for (const name of text.split(',')) {
    if (name === 'open') for (const state of ALARM_STATES.slice(1)) states.add(state);
    else if (ALARM_STATES.some((state) => state === name)) states.add(name);
    else {
      const message = `must be some of open, ${ALARM_STATES.join(', ')}`;
      throw new ProblemError(400, `${name} is not a state of an alarm.`, [{ path: 'query.state', message }]);
    }
  }
  return [...states];
}

@Controller()
export class AlarmsController {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(AlarmDeskCall) private readonly desk: AlarmDeskCall,
  ) {}

  @Call('listAlarms')
  async list(@Input() { query }: InputOf<'listAlarms'>): Promise<AnswerOf<'listAlarms'>> {
    const { limit, after, sensorId, from: fromMs, to: toMs } = query;
    const states = statesOf(query.state);
    // Before the first page is read, so that an alarm rather comes twice than not at all.
    const ahead = after === undefined ? await this.desk.unrecorded() : [];
    const { items, next } = await this.ports.records.alarms.alarms({ limit, after, states, fromMs, toMs, sensorId });
    const recorded = new Set(items.map(({ alarmId }) => alarmId));
    const asked = ahead.filter(
      (alarm) =>
        !recorded.has(alarm.alarmId) &&
        (sensorId === undefined || alarm.sensorId === sensorId) &&
        alarm.raisedAtMs >= (fromMs ?? -Infinity) &&
        alarm.raisedAtMs < (toMs ?? Infinity),
    );
    const newest = [...asked, ...items.map((alarm) => this.desk.newest(alarm))];
    return {
      items: newest.filter((alarm) => states.length === 0 || states.includes(alarm.state)),
      ...(next === undefined ? {} : { next }),
    };
  }

  @Call('getAlarm')
  async get(@Input() { params }: InputOf<'getAlarm'>): Promise<AnswerOf<'getAlarm'>> {
    const alarm = await this.desk.alarm(params.alarmId);
    if (!alarm) throw refusal('alarm-unknown', { id: params.alarmId });
    return alarm;
  }

  @Call('acknowledgeAlarm')
  acknowledge(
    @Input() { params, body }: InputOf<'acknowledgeAlarm'>,
    @Caller() user: User,
  ): Promise<AnswerOf<'acknowledgeAlarm'>> {
    return this.desk.acknowledge(params.alarmId, user, body.note ?? null);
  }

  @Call('shelveAlarm')
  shelve(@Input() { params, body }: InputOf<'shelveAlarm'>, @Caller() user: User): Promise<AnswerOf<'shelveAlarm'>> {
    const untilMs = this.ports.clock.nowMs() + body.minutes * 60_000;
    return this.desk.hold(params.alarmId, { kind: 'shelve', untilMs }, user, body.reason);
  }

  @Call('unshelveAlarm')
  unshelve(@Input() given: InputOf<'unshelveAlarm'>, @Caller() user: User): Promise<AnswerOf<'unshelveAlarm'>> {
    return this.desk.hold(given.params.alarmId, { kind: 'unshelve' }, user, given.body.note ?? null);
  }

  @Call('resetAlarm')
  reset(@Input() given: InputOf<'resetAlarm'>, @Caller() user: User): Promise<AnswerOf<'resetAlarm'>> {
    return this.desk.hold(given.params.alarmId, { kind: 'reset' }, user, given.body.note ?? null);
  }

  @Call('removeAlarmFromService')
  removeFromService(
    @Input() { params, body }: InputOf<'removeAlarmFromService'>,
    @Caller() user: User,
  ): Promise<AnswerOf<'removeAlarmFromService'>> {
    const { permit, note } = body;
    return this.desk.hold(params.alarmId, { kind: 'remove-from-service', permit }, user, note ?? null);
  }

  @Call('returnAlarmToService')
  returnToService(
    @Input() { params, body }: InputOf<'returnAlarmToService'>,
    @Caller() user: User,
  ): Promise<AnswerOf<'returnAlarmToService'>> {
    return this.desk.hold(params.alarmId, { kind: 'return-to-service' }, user, body.note ?? null);
  }

  @Call('judgeAlarm')
  judge(@Input() { params, body }: InputOf<'judgeAlarm'>, @Caller() user: User): Promise<AnswerOf<'judgeAlarm'>> {
    return this.desk.judge(params.alarmId, body.verdict, user, body.note ?? null);
  }

  @Call('alarmPerformance')
  async performance(@Input() { query }: InputOf<'alarmPerformance'>): Promise<AnswerOf<'alarmPerformance'>> {
    const { from: fromMs, to: toMs, operators } = query;
    if (!(fromMs < toMs && toMs - fromMs <= LONGEST_SPAN_MS)) {
      const message = 'must be before to, by 31 days at most';
      throw new ProblemError(400, 'The span is empty or too long.', [{ path: 'query.from', message }]);
    }
    const lives = await this.ports.records.alarms.lives(fromMs, toMs);
    return measurePerformance(lives, { fromMs, toMs, operators });
  }

  @Call('alarmRate')
  async rate(@Input() { query }: InputOf<'alarmRate'>): Promise<AnswerOf<'alarmRate'>> {
    if (query.from >= query.to) {
      const message = 'must be before to';
      throw new ProblemError(400, 'The span is empty: from must be before to.', [{ path: 'query.from', message }]);
    }
    const slots = await this.ports.records.alarms.rate(query.from, query.to, query.slots);
    return {
      slots: slots.map(({ startMs, raised }) => ({
        startMs,
        raised: {
          red: raised.red ?? 0,
          orange: raised.orange ?? 0,
          yellow: raised.yellow ?? 0,
          blue: raised.blue ?? 0,
        },
      })),
    };
  }
}
