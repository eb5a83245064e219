import { Controller, Inject } from '@nestjs/common';
import { PORTS, type Ports } from '@lifeline/ports';
import { Call, Input, type AnswerOf, type InputOf } from '../calls/call.js';
import { ProblemError } from '../problems/problem.js';

const HOUR_MS = 3_600_000;
/** Minutes of the account in one answer, at most: a week. */
const LONGEST_ACCOUNT_MS = 7 * 24 * HOUR_MS;

/** What came in and what became of it: the account, the rejects and who knocks. */
@Controller()
export class IntakeController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Call('listRejects')
  async rejects(@Input() { query }: InputOf<'listRejects'>): Promise<AnswerOf<'listRejects'>> {
    const { items, next } = await this.ports.records.rejects.rejects(query);
    return { items: [...items], ...(next === undefined ? {} : { next }) };
  }

  @Call('listKnocks')
  async knocks(): Promise<AnswerOf<'listKnocks'>> {
    return { items: [...(await this.ports.records.rejects.knocks(this.ports.clock.nowMs()))] };
  }

  @Call('getAccount')
  async account(@Input() { query }: InputOf<'getAccount'>): Promise<AnswerOf<'getAccount'>> {
    const toMs = query.to ?? this.ports.clock.nowMs() + 1;
    const fromMs = query.from ?? toMs - HOUR_MS;
    if (fromMs >= toMs || toMs - fromMs > LONGEST_ACCOUNT_MS) {
      const message = 'must be before to, by a week at most';
      throw new ProblemError(400, 'The span is empty or longer than a week.', [{ path: 'query.from', message }]);
    }
    return { items: [...(await this.ports.records.account.account(fromMs, toMs))] };
  }
}
