import { Controller, Inject } from '@nestjs/common';
import type { DutyContent, User } from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import { DutyError, type DutyEdit } from '@lifeline/records';
import { Call, Caller, Input, type AnswerOf, type InputOf } from '../calls/call.js';
import { refusal } from '../problems/refusals.js';

/** The duty roster: crews and posts, and when they are on call. */
@Controller()
export class DutyController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Call('listDuty')
  async list(): Promise<AnswerOf<'listDuty'>> {
    const { records, configuration } = this.ports;
    return {
      items: [...(await records.duty.posts())],
      delivery: configuration.callOutWebhook === undefined ? 'phone' : 'webhook',
    };
  }

  @Call('createDuty')
  async create(@Input() { body }: InputOf<'createDuty'>, @Caller() user: User): Promise<AnswerOf<'createDuty'>> {
    this.check(body);
    return this.ports.records.duty.create(body, user.username, this.ports.clock.nowMs());
  }

  @Call('changeDuty')
  async change(
    @Input() { params, body }: InputOf<'changeDuty'>,
    @Caller() user: User,
  ): Promise<AnswerOf<'changeDuty'>> {
    this.check(body.content);
    return this.edit({ ...params, ...body, removedAtMs: null, changedBy: user.username });
  }

  @Call('removeDuty')
  async remove(
    @Input() { params, body }: InputOf<'removeDuty'>,
    @Caller() user: User,
  ): Promise<AnswerOf<'removeDuty'>> {
    const removedAtMs = this.ports.clock.nowMs();
    return this.edit({ ...params, ...body, removedAtMs, changedBy: user.username });
  }

  private async edit(edit: DutyEdit): Promise<AnswerOf<'changeDuty'>> {
    try {
      return await this.ports.records.duty.change(edit, this.ports.clock.nowMs());
    } catch (error) {
      if (!(error instanceof DutyError)) throw error;
      if (error.code === 'post-unknown') throw refusal('duty-unknown', { id: edit.postId });
      throw refusal('duty-changed', { who: error.changedBy ?? '' });
    }
  }

  private check({ districts }: DutyContent): void {
    const known = new Set([...this.ports.registry.assets()].map(({ district }) => district));
    const unknown = districts.filter((district) => !known.has(district));
    if (unknown.length > 0) throw refusal('district-unknown', { ids: unknown.join(', ') }, 'districts');
  }
}
