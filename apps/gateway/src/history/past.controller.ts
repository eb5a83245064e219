import { Controller, Inject } from '@nestjs/common';
import { alarmAt } from '@lifeline/alarms';
import type { AlarmTransition } from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import { qualityOfMark } from '@lifeline/readings';
import { Call, Input, type AnswerOf, type InputOf } from '../calls/call.js';
import { seriesOf } from '../live/live-feed.js';
import { ProblemError } from '../problems/problem.js';
import { valuesAsOf } from './values-as-of.js';

/** Transitions of one answer; more are asked for by another call. */
const MOST_TRANSITIONS = 5_000;

/** The city as it was: of each sensor the newest value by measured time, and of each alarm the newest step, as of a moment. */
@Controller()
export class PastController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Call('getPastValues')
  async values(@Input() { query }: InputOf<'getPastValues'>): Promise<AnswerOf<'getPastValues'>> {
    const { at, since, limit, after = 0 } = query;
    if (since !== undefined) refuseBackwards(since, at);
    const { registry, history } = this.ports;
    const later = [...registry.sensors()].filter((sensor) => sensor.sensorNo > after);
    const page = later.sort((a, b) => a.sensorNo - b.sensorNo).slice(0, limit);
    const sensorIds = new Map(page.map((sensor) => [sensor.sensorNo, sensor.sensorId]));
    const series = page.map(seriesOf);
    const found =
      since === undefined ? await valuesAsOf(history, series, at) : await history.newestWithin(series, since, at);
    return {
      values: found.flatMap(({ sensorNo, measuredAtMs, value, mark }) => {
        const sensorId = sensorIds.get(sensorNo);
        return sensorId === undefined
          ? []
          : [[sensorId, measuredAtMs, Number.isFinite(value) ? value : null, qualityOfMark(mark)]];
      }),
      ...(later.length > limit ? { next: page.at(-1)!.sensorNo } : {}),
    };
  }

  @Call('getPastAlarms')
  async alarms(@Input() { query }: InputOf<'getPastAlarms'>): Promise<AnswerOf<'getPastAlarms'>> {
    const at = Math.floor(query.at);
    const lives = new Map<string, AlarmTransition[]>();
    for (const transition of await this.ports.records.alarms.lives(at + 1, at + 1)) {
      const life = lives.get(transition.alarmId);
      if (life) life.push(transition);
      else lives.set(transition.alarmId, [transition]);
    }
    return {
      items: [...lives.values()].flatMap((life) => {
        const alarm = alarmAt(life, at);
        return alarm === undefined || alarm.state === 'normal' ? [] : [alarm];
      }),
    };
  }

  @Call('getPastTransitions')
  async transitions(@Input() { query }: InputOf<'getPastTransitions'>): Promise<AnswerOf<'getPastTransitions'>> {
    const { since, at } = query;
    refuseBackwards(since, at);
    const { alarms } = this.ports.records;
    const found = await alarms.moved(since, at, MOST_TRANSITIONS + 1);
    if (found.length <= MOST_TRANSITIONS) return { items: [...found], untilMs: at };
    // Up to the last whole millisecond; one that holds more than an answer is given whole.
    const lastMs = found.at(-1)!.atMs;
    const whole = found.filter((transition) => transition.atMs < lastMs);
    if (whole.length > 0) return { items: whole, untilMs: Math.ceil(lastMs) - 1 };
    return { items: [...(await alarms.moved(since, lastMs, Number.MAX_SAFE_INTEGER))], untilMs: lastMs };
  }
}

function refuseBackwards(since: number, at: number): void {
  if (since < at) return;
  const message = 'must be before at';
  throw new ProblemError(400, 'The span is empty: since must be before at.', [{ path: 'query.since', message }]);
}
