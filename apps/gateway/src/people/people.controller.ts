import { Controller, Inject, Req } from '@nestjs/common';
import { PORTS, type Ports } from '@lifeline/ports';
import { Call, Input, type AnswerOf, type InputOf, type KnownRequest } from '../calls/call.js';

@Controller()
export class PeopleController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Call('listUsers')
  async list(): Promise<AnswerOf<'listUsers'>> {
    return { items: [...(await this.ports.records.people.users())] };
  }

  @Call('createUser')
  async create(@Input() { body }: InputOf<'createUser'>): Promise<AnswerOf<'createUser'>> {
    const nowMs = this.ports.clock.nowMs();
    return this.ports.records.people.createUser(body.username, body.password, body.role, nowMs);
  }

  @Call('changePassword')
  async changePassword(
    @Input() { params, body }: InputOf<'changePassword'>,
    @Req() request: KnownRequest,
  ): Promise<AnswerOf<'changePassword'>> {
    return this.ports.records.people.setPassword(params.username, body.password, request.sessionToken);
  }
}
