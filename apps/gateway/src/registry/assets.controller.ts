import { Controller, Inject } from '@nestjs/common';
import { PORTS, type Ports } from '@lifeline/ports';
import { Call, Input, type AnswerOf, type InputOf } from '../calls/call.js';
import { ProblemError } from '../problems/problem.js';

@Controller()
export class AssetsController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Call('listAssets')
  async list(@Input() { query }: InputOf<'listAssets'>): Promise<AnswerOf<'listAssets'>> {
    const { items, next } = await this.ports.records.registry.assets(query);
    return { items: [...items], ...(next === undefined ? {} : { next }) };
  }

  @Call('getAsset')
  async get(@Input() { params }: InputOf<'getAsset'>): Promise<AnswerOf<'getAsset'>> {
    const asset = await this.ports.records.registry.asset(params.assetId);
    if (!asset) throw new ProblemError(404, `No asset ${params.assetId} is known.`);
    return asset;
  }
}
