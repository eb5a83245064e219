import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { UTILITIES } from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import type { Request, Response } from 'express';
import { Needs } from '../calls/call.js';
import { GATEWAY_OPTIONS, type GatewayOptions } from '../gateway-options.js';
import { ProblemError } from '../problems/problem.js';
import { LayerStore, networkLayer, type ServedLayer } from './map-layers.js';

/** A network changes when engineers register assets; the page may be so much behind. */
const NETWORK_KEPT_MS = 10_000;

/** The built-in map: the base layers for everybody, the networks for those who are logged in. */
@Controller('map')
export class MapController {
  private readonly store = new LayerStore();

  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(GATEWAY_OPTIONS) private readonly options: GatewayOptions,
  ) {}

  @Get('networks/:utility.geojson')
  @Needs('operator')
  async network(@Param('utility') utility: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    if (!UTILITIES.some((known) => known === utility)) {
      throw new ProblemError(404, `There is no network ${utility}; there are ${UTILITIES.join(', ')}.`);
    }
    const build = () => networkLayer(this.ports.registry.assets(), utility);
    const layer = await this.store.layer(`network ${utility}`, build, this.ports.clock.nowMs(), NETWORK_KEPT_MS);
    answer(layer, 'private, no-cache', request, response);
  }

  @Get(':layer.geojson')
  @Needs('anyone')
  async base(@Param('layer') name: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const layers = this.options.layers ?? {};
    const build = Object.hasOwn(layers, name) ? layers[name] : undefined;
    if (!build) throw new ProblemError(404, `There is no layer ${name}; there are ${Object.keys(layers).join(', ')}.`);
    const layer = await this.store.layer(`base ${name}`, build, this.ports.clock.nowMs(), Infinity);
    answer(layer, 'public, max-age=3600', request, response);
  }
}

function answer(layer: ServedLayer, cacheControl: string, request: Request, response: Response): void {
  response.setHeader('ETag', layer.etag);
  response.setHeader('Cache-Control', cacheControl);
  response.setHeader('Vary', 'Accept-Encoding');
  response.type('application/geo+json');
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  const isGzipped = request.acceptsEncodings('gzip') === 'gzip';
  if (isGzipped) response.setHeader('Content-Encoding', 'gzip');
  response.end(isGzipped ? layer.gzipped : layer.json);
}
