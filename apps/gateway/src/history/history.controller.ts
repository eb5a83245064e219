import { Controller, Inject } from '@nestjs/common';
import { PORTS, type Ports } from '@lifeline/ports';
import { Call, type AnswerOf } from '../calls/call.js';

@Controller()
export class HistoryController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Call('getHistory')
  facts(): AnswerOf<'getHistory'> {
    return { keptMs: this.ports.configuration.historyMs };
  }
}
