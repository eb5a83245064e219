import { Controller, Inject } from '@nestjs/common';
import type { User } from '@lifeline/contracts';
import { AlarmDeskCall } from '../alarms/alarm-desk-call.js';
import { Call, Caller, Input, type AnswerOf, type InputOf } from '../calls/call.js';
import { LiveFeed } from '../live/live-feed.js';
import { ProblemError } from '../problems/problem.js';

@Controller()
export class IncidentsController {
  constructor(
    @Inject(LiveFeed) private readonly feed: LiveFeed,
    @Inject(AlarmDeskCall) private readonly desk: AlarmDeskCall,
  ) {}

  @Call('listIncidents')
  list(): AnswerOf<'listIncidents'> {
    return { items: this.feed.incidents.open() };
  }

  @Call('acknowledgeIncident')
  acknowledge(
    @Input() { params, body }: InputOf<'acknowledgeIncident'>,
    @Caller() user: User,
  ): Promise<AnswerOf<'acknowledgeIncident'>> {
    const { incidentId } = params;
    if (!this.feed.incidents.knows(incidentId)) throw new ProblemError(404, `No incident ${incidentId} is open.`);
    return this.desk.acknowledgeSeen(body.seen, user, body.note ?? null);
  }
}
