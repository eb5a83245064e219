import { randomInt } from 'node:crypto';
import {
  Controller,
  Get,
  Inject,
  Param,
  Req,
  Res,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { UTILITIES, type Utility } from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import type { Request, Response } from 'express';
import type { Subscription } from 'rxjs';
import { Needs } from '../calls/call.js';
import { GATEWAY_OPTIONS, type GatewayOptions } from '../gateway-options.js';
import { LiveFeed } from '../live/live-feed.js';
import { ProblemError } from '../problems/problem.js';
import { LayerStore, compressed, networkLayer, type ServedLayer } from './map-layers.js';
import { MapSensorStore } from './map-sensors.js';
import { riskAreas } from './risk-areas.js';
import { AssetTiles, NETWORK_TILES_TO, drawnFeatures, encodedTile } from './network-tiles.js';

/** A network changes when engineers register assets; the page may be so much behind. */
const NETWORK_KEPT_MS = 10_000;
/** The risk map follows the alarms; the page may be so much behind. */
const RISK_KEPT_MS = 5_000;
const TILE = 'application/vnd.mapbox-vector-tile';
const COLUMNS = 'application/octet-stream';

/** The built-in map: the base layers for everybody, networks and sensors for those who are logged in. */
@Controller('map')
export class MapController implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly store = new LayerStore();
  private readonly sensors: MapSensorStore;
  private readonly tiles = new Map<Utility, AssetTiles>();
  private stopListening: (() => void) | undefined;
  private changes: Subscription | undefined;

  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(GATEWAY_OPTIONS) private readonly options: GatewayOptions,
    @Inject(LiveFeed) private readonly feed: LiveFeed,
  ) {
    this.sensors = new MapSensorStore(feed.view, () => ports.registry.sensors(), randomInt(2 ** 32));
    this.changes = feed.registryChanges.subscribe(() => this.sensors.changed());
  }

  onApplicationBootstrap(): void {
    this.stopListening = this.ports.registry.onChange(({ assetsChanged }) => {
      if (assetsChanged) this.tiles.clear();
    });
  }

  onApplicationShutdown(): void {
    this.stopListening?.();
    this.changes?.unsubscribe();
  }

  @Get('sensors.bin')
  @Needs('operator')
  async allSensors(@Req() request: Request, @Res() response: Response): Promise<void> {
    answer(await this.sensors.all(this.ports.clock.nowMs()), 'private, no-cache', COLUMNS, request, response);
  }

  @Get('states.bin')
  @Needs('operator')
  async states(@Req() request: Request, @Res() response: Response): Promise<void> {
    answer(await this.sensors.statesAlone(this.ports.clock.nowMs()), 'private, no-cache', COLUMNS, request, response);
  }

  @Get('networks/:utility/:z/:x/:y.pbf')
  @Needs('operator')
  async tile(
    @Param() { utility, z, x, y }: { utility: string; z: string; x: string; y: string },
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const known = utilityOf(utility);
    const tile = { z: Number(z), x: Number(x), y: Number(y) };
    const isTile = [z, x, y].every((number) => /^\d{1,6}$/.test(number));
    if (!isTile || tile.z > NETWORK_TILES_TO || tile.x >= 2 ** tile.z || tile.y >= 2 ** tile.z) {
      throw new ProblemError(404, `There is no tile ${z}/${x}/${y}; zooms go to ${NETWORK_TILES_TO}.`);
    }
    let assets = this.tiles.get(known);
    if (assets === undefined) this.tiles.set(known, (assets = new AssetTiles(this.ports.registry.assets(), known)));
    const { networks } = this.options;
    const features = [...assets.features(tile), ...(networks ? drawnFeatures(networks, known, tile) : [])];
    if (features.length === 0) {
      response.status(204).end();
      return;
    }
    answer(await compressed(encodedTile(features)), 'private, no-cache', TILE, request, response);
  }

  @Get('networks/:utility.geojson')
  @Needs('operator')
  async network(@Param('utility') utility: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const known = utilityOf(utility);
    const build = () => networkLayer(this.ports.registry.assets(), known);
    const layer = await this.store.layer(`network ${known}`, build, this.ports.clock.nowMs(), NETWORK_KEPT_MS);
    answer(layer, 'private, no-cache', GEOJSON, request, response);
  }

  @Get('risk.geojson')
  @Needs('operator')
  async risk(@Req() request: Request, @Res() response: Response): Promise<void> {
    const build = () => riskAreas(this.ports.registry.assets(), this.feed.view.alarms.all());
    const layer = await this.store.layer('risk', build, this.ports.clock.nowMs(), RISK_KEPT_MS);
    answer(layer, 'private, no-cache', GEOJSON, request, response);
  }

  @Get(':layer.geojson')
  @Needs('anyone')
  async base(@Param('layer') name: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const layers = this.options.layers ?? {};
    const build = Object.hasOwn(layers, name) ? layers[name] : undefined;
    if (!build) throw new ProblemError(404, `There is no layer ${name}; there are ${Object.keys(layers).join(', ')}.`);
    const layer = await this.store.layer(`base ${name}`, build, this.ports.clock.nowMs(), Infinity);
    answer(layer, 'public, max-age=3600', GEOJSON, request, response);
  }
}

const GEOJSON = 'application/geo+json';

function utilityOf(name: string): Utility {
  const known = UTILITIES.find((utility) => utility === name);
  if (known === undefined)
    throw new ProblemError(404, `There is no network ${name}; there are ${UTILITIES.join(', ')}.`);
  return known;
}

function answer(layer: ServedLayer, cacheControl: string, type: string, request: Request, response: Response): void {
  response.setHeader('ETag', layer.etag);
  response.setHeader('Cache-Control', cacheControl);
  response.setHeader('Vary', 'Accept-Encoding');
  response.type(type);
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  const isGzipped = request.acceptsEncodings('gzip') === 'gzip';
  if (isGzipped) response.setHeader('Content-Encoding', 'gzip');
  response.end(isGzipped ? layer.gzipped : layer.body);
}
