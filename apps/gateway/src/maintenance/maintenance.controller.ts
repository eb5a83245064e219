import { Controller, Inject } from '@nestjs/common';
import type { User } from '@lifeline/contracts';
import { Call, Caller, Input, type AnswerOf, type InputOf } from '../calls/call.js';
import { MaintenanceDesk } from './maintenance-desk.js';

/** Planned work, during which alarms of what is worked on are suppressed by design. */
@Controller()
export class MaintenanceController {
  constructor(@Inject(MaintenanceDesk) private readonly desk: MaintenanceDesk) {}

  @Call('listMaintenance')
  async list(@Input() { query }: InputOf<'listMaintenance'>): Promise<AnswerOf<'listMaintenance'>> {
    return { items: await this.desk.list(query.state) };
  }

  @Call('createMaintenance')
  create(
    @Input() { body }: InputOf<'createMaintenance'>,
    @Caller() user: User,
  ): Promise<AnswerOf<'createMaintenance'>> {
    return this.desk.create(body, user);
  }

  @Call('changeMaintenance')
  change(
    @Input() { params, body }: InputOf<'changeMaintenance'>,
    @Caller() user: User,
  ): Promise<AnswerOf<'changeMaintenance'>> {
    return this.desk.change(params.windowId, body.expectedVersion, body.content, user);
  }

  @Call('endMaintenance')
  end(@Input() { params, body }: InputOf<'endMaintenance'>, @Caller() user: User): Promise<AnswerOf<'endMaintenance'>> {
    return this.desk.end(params.windowId, body.expectedVersion, user);
  }
}
