import { Controller, Inject } from '@nestjs/common';
import type { User } from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import { Call, Caller, Input, type AnswerOf, type InputOf } from '../calls/call.js';
import { CallOutDesk } from './call-out-desk.js';

/** Crews that were called out, for which alarm or incident, and what became of it. */
@Controller()
export class CallOutsController {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(CallOutDesk) private readonly desk: CallOutDesk,
  ) {}

  @Call('listCallOuts')
  async list(@Input() { query }: InputOf<'listCallOuts'>): Promise<AnswerOf<'listCallOuts'>> {
    const { items, next } = await this.ports.records.callOuts.callOuts(query);
    return { items: [...items], ...(next === undefined ? {} : { next }) };
  }

  @Call('callOut')
  callOut(@Input() { body }: InputOf<'callOut'>, @Caller() user: User): Promise<AnswerOf<'callOut'>> {
    return this.desk.callOut(body, user);
  }

  @Call('addCallOutResult')
  addResult(
    @Input() { params, body }: InputOf<'addCallOutResult'>,
    @Caller() user: User,
  ): Promise<AnswerOf<'addCallOutResult'>> {
    return this.desk.addResult(params.callOutId, body.seen, body.result, user);
  }
}
