import { Controller, Inject, Req, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Sensor } from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import type { Request } from 'express';
import { Call, Input, type AnswerOf, type InputOf } from '../calls/call.js';
import { LiveFeed, seriesOf } from '../live/live-feed.js';
import { ProblemError } from '../problems/problem.js';
import { SensorList } from './sensor-list.js';

const DAY_MS = 86_400_000;

@Controller()
export class SensorsController implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly list: SensorList;
  private stopListening: (() => void) | undefined;

  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(LiveFeed) private readonly feed: LiveFeed,
  ) {
    this.list = new SensorList(feed.view, () => ports.registry.sensors());
  }

  onApplicationBootstrap(): void {
    this.stopListening = this.ports.registry.onChange(() => this.list.changed());
  }

  onApplicationShutdown(): void {
    this.stopListening?.();
  }

  @Call('importSensors')
  async import(
    @Input() { query }: InputOf<'importSensors'>,
    @Req() request: Request,
  ): Promise<AnswerOf<'importSensors'>> {
    const csv: unknown = request.body;
    if (typeof csv !== 'string') throw new ProblemError(415, 'Send the rows as text/csv in UTF-8.');
    const dryRun = query.dryRun === 'true';
    const answer = await this.ports.records.registry.importCsv(csv, { dryRun, nowMs: this.ports.clock.nowMs() });
    if (!dryRun && answer.created + answer.changed > 0) await this.ports.registry.reload();
    return answer;
  }

  @Call('listSensors')
  page(@Input() { query }: InputOf<'listSensors'>): AnswerOf<'listSensors'> {
    return this.list.page(query, this.ports.clock.nowMs());
  }

  @Call('getSensor')
  get(@Input() { params }: InputOf<'getSensor'>): AnswerOf<'getSensor'> {
    const sensor = this.find(params.deviceId, params.channel);
    const live = this.feed.view.liveSensor(sensor.sensorNo, this.ports.clock.nowMs());
    if (!live) throw this.unknown(params.deviceId, params.channel);
    return live;
  }

  @Call('getReadings')
  async readings(@Input() { params, query }: InputOf<'getReadings'>): Promise<AnswerOf<'getReadings'>> {
    const sensor = this.find(params.deviceId, params.channel);
    // The end is not included; what is measured in this very millisecond is.
    const toMs = query.to ?? this.ports.clock.nowMs() + 1;
    const fromMs = query.from ?? toMs - DAY_MS;
    if (fromMs >= toMs) {
      const message = 'must be before to';
      throw new ProblemError(400, 'The span is empty: from must be before to.', [{ path: 'query.from', message }]);
    }
    const answer = await this.ports.history.range({ series: seriesOf(sensor), fromMs, toMs, points: query.points });
    if ('readings' in answer) {
      return { unit: sensor.unit, readings: answer.readings.map(([atMs, value, quality]) => [atMs, value, quality]) };
    }
    return {
      unit: sensor.unit,
      buckets: answer.buckets.map(([atMs, min, max, mean, count]) => [atMs, min, max, mean, count]),
    };
  }

  private find(deviceId: string, channel: string): Sensor {
    const sensor = this.ports.registry.channels(deviceId)?.get(channel);
    if (!sensor) throw this.unknown(deviceId, channel);
    return sensor;
  }

  private unknown(deviceId: string, channel: string): ProblemError {
    return new ProblemError(404, `No sensor ${deviceId}/${channel} is registered.`);
  }
}
