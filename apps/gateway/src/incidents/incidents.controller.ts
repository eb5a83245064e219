import { Controller, Inject } from '@nestjs/common';
import { Call, type AnswerOf } from '../calls/call.js';
import { LiveFeed } from '../live/live-feed.js';

@Controller()
export class IncidentsController {
  constructor(@Inject(LiveFeed) private readonly feed: LiveFeed) {}

  @Call('listIncidents')
  list(): AnswerOf<'listIncidents'> {
    return { items: this.feed.incidents.open() };
  }
}
