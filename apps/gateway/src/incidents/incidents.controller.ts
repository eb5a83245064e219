import { Controller, Inject } from '@nestjs/common';
import type { User } from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import { AlarmDeskCall } from '../alarms/alarm-desk-call.js';
import { Call, Caller, Input, type AnswerOf, type InputOf } from '../calls/call.js';
import { LiveFeed } from '../live/live-feed.js';
import { ProblemError } from '../problems/problem.js';
import { IncidentWork } from './incident-work.js';

@Controller()
export class IncidentsController {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(LiveFeed) private readonly feed: LiveFeed,
    @Inject(AlarmDeskCall) private readonly desk: AlarmDeskCall,
    @Inject(IncidentWork) private readonly work: IncidentWork,
  ) {}

  @Call('listIncidents')
  list(): AnswerOf<'listIncidents'> {
    return { items: this.feed.incidents.open() };
  }

  @Call('listIncidentRecords')
  async records(@Input() { query }: InputOf<'listIncidentRecords'>): Promise<AnswerOf<'listIncidentRecords'>> {
    const { limit, after, state, utility, q, closedSince: closedSinceMs, at: openAtMs } = query;
    const question = { limit, after, state, utility, q, closedSinceMs, openAtMs };
    const { items, next } = await this.ports.records.incidents.incidents(question);
    return { items: [...items], ...(next === undefined ? {} : { next }) };
  }

  @Call('getIncident')
  file(@Input() { params }: InputOf<'getIncident'>): Promise<AnswerOf<'getIncident'>> {
    return this.work.file(params.incidentId);
  }

  @Call('openIncident')
  open(@Input() { body }: InputOf<'openIncident'>, @Caller() user: User): Promise<AnswerOf<'openIncident'>> {
    return this.work.open(body, user);
  }

  @Call('noteIncident')
  note(@Input() { params, body }: InputOf<'noteIncident'>, @Caller() user: User): Promise<AnswerOf<'noteIncident'>> {
    return this.work.note(params.incidentId, body.text, user);
  }

  @Call('addIncidentAlarms')
  add(
    @Input() { params, body }: InputOf<'addIncidentAlarms'>,
    @Caller() user: User,
  ): Promise<AnswerOf<'addIncidentAlarms'>> {
    return this.work.add(params.incidentId, body.alarmIds, user);
  }

  @Call('takeAlarmOut')
  takeOut(@Input() { params, body }: InputOf<'takeAlarmOut'>, @Caller() user: User): Promise<AnswerOf<'takeAlarmOut'>> {
    return this.work.takeOut(params.incidentId, body.alarmId, user);
  }

  @Call('closeIncident')
  close(@Input() { params, body }: InputOf<'closeIncident'>, @Caller() user: User): Promise<AnswerOf<'closeIncident'>> {
    return this.work.close(params.incidentId, body, user);
  }

  @Call('reopenIncident')
  reopen(
    @Input() { params, body }: InputOf<'reopenIncident'>,
    @Caller() user: User,
  ): Promise<AnswerOf<'reopenIncident'>> {
    return this.work.reopen(params.incidentId, body.reason, user);
  }

  @Call('acknowledgeIncident')
  acknowledge(
    @Input() { params, body }: InputOf<'acknowledgeIncident'>,
    @Caller() user: User,
  ): Promise<AnswerOf<'acknowledgeIncident'>> {
    const { incidentId } = params;
    if (!this.feed.incidents.incident(incidentId)) throw new ProblemError(404, `No incident ${incidentId} is open.`);
    return this.desk.acknowledgeSeen(body.seen, user, body.note ?? null);
  }
}
