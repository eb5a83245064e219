import { Controller, Inject } from '@nestjs/common';
import type { Alarm, AlarmDefinition, AlarmProcedure, User } from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import { DefinitionError, type StepTick } from '@lifeline/records';
import { Call, Caller, Input, type AnswerOf, type InputOf } from '../calls/call.js';
import { ProblemError } from '../problems/problem.js';
import { refusal } from '../problems/refusals.js';
import { LiveFeed } from '../live/live-feed.js';
import { AlarmDeskCall } from './alarm-desk-call.js';

/** The master alarm database, and what it says to do about an alarm. */
@Controller()
export class AlarmDefinitionsController {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(AlarmDeskCall) private readonly desk: AlarmDeskCall,
    @Inject(LiveFeed) private readonly feed: LiveFeed,
  ) {}

  @Call('listAlarmDefinitions')
  async list(@Input() { query }: InputOf<'listAlarmDefinitions'>): Promise<AnswerOf<'listAlarmDefinitions'>> {
    const sought = query.q?.trim().toLowerCase() ?? '';
    const newest = await this.ports.records.definitions.newest();
    return { items: newest.filter((definition) => textOf(definition).includes(sought)) };
  }

  @Call('getAlarmDefinition')
  async get(@Input() { params }: InputOf<'getAlarmDefinition'>): Promise<AnswerOf<'getAlarmDefinition'>> {
    const versions = await this.ports.records.definitions.versions(params.definitionId);
    const [definition] = versions;
    if (!definition) throw new ProblemError(404, `No definition "${params.definitionId}" is known.`);
    return { definition, versions: [...versions] };
  }

  @Call('putAlarmDefinition')
  async put(
    @Input() { params, body }: InputOf<'putAlarmDefinition'>,
    @Caller() user: User,
  ): Promise<AnswerOf<'putAlarmDefinition'>> {
    try {
      const edit = { ...params, ...body, editedBy: user.username };
      const definition = await this.ports.records.definitions.put(edit, this.ports.clock.nowMs());
      await this.ports.definitions.read();
      return definition;
    } catch (error) {
      if (error instanceof DefinitionError)
        throw new ProblemError(409, error.message, undefined, {}, { code: error.code });
      throw error;
    }
  }

  @Call('getAlarmProcedure')
  async procedure(@Input() { params }: InputOf<'getAlarmProcedure'>): Promise<AnswerOf<'getAlarmProcedure'>> {
    return this.procedureOf(await this.known(params.alarmId));
  }

  @Call('tickAlarmStep')
  async tick(
    @Input() { params, body }: InputOf<'tickAlarmStep'>,
    @Caller() user: User,
  ): Promise<AnswerOf<'tickAlarmStep'>> {
    const { alarmId, step } = params;
    const alarm = await this.known(alarmId);
    const { definition, steps } = await this.procedureOf(alarm);
    if (step > steps.length) throw new ProblemError(404, `The procedure of this alarm has ${steps.length} steps.`);
    const { definitionId, version } = definition;
    const tick = { alarmId, definitionId, version, step, done: body.done, actor: user.username };
    await this.ports.records.definitions.tick(tick, this.ports.clock.nowMs());
    this.feed.stepTicks.next({ alarmId });
    return this.procedureOf(alarm);
  }

  private async known(alarmId: string): Promise<Alarm> {
    const alarm = await this.desk.alarm(alarmId);
    if (!alarm) throw refusal('alarm-unknown', { id: alarmId });
    return alarm;
  }

  /**
   * What was begun is ended by the version it was begun with, though the definition is edited meanwhile.
   * @throws ProblemError 404 where no definition holds
   */
  private async procedureOf(alarm: Alarm): Promise<AlarmProcedure> {
    const newest = this.ports.definitions.of(alarm);
    if (!newest)
      throw new ProblemError(404, `No definition holds for the rule "${alarm.rule}". Add one to the database.`);
    const { definitions } = this.ports.records;
    const ticks = await definitions.ticks(alarm.alarmId);
    const mine = ticks.filter(({ definitionId }) => definitionId === newest.definitionId);
    const begun = mine[0]?.version ?? newest.version;
    const definition =
      begun === newest.version
        ? newest
        : ((await definitions.versions(newest.definitionId)).find(({ version }) => version === begun) ?? newest);
    return procedureBy(alarm.alarmId, definition, mine);
  }
}

function procedureBy(alarmId: string, definition: AlarmDefinition, ticks: readonly StepTick[]): AlarmProcedure {
  const steps = definition.procedure.map((text, i) => {
    const last = ticks.findLast(({ step }) => step === i + 1);
    return { step: i + 1, text, done: last?.done ?? false, by: last?.actor ?? null, atMs: last?.atMs ?? null };
  });
  return { alarmId, definition, steps };
}

function textOf({ definitionId, title, owner, action }: AlarmDefinition): string {
  const words = [title, owner, action].flatMap(({ en, zh }) => [en, zh]);
  return [definitionId, ...words].join('\n').toLowerCase();
}
