import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { baseLayers, cityFacts } from '@lifeline/city';
import { DETECTOR, type DetectionService } from '@lifeline/detector';
import { configureGateway, type GatewayOptions, type ReadyCheck } from '@lifeline/gateway';
import { INGEST, type IngestService } from '@lifeline/ingest';
import type { Ports } from '@lifeline/ports';
import type { Role } from '../machine/data-folder.js';
import { LifelineModule } from './lifeline.module.js';
import { pageFolder } from './page-folder.js';

interface Health {
  readonly ready: boolean;
  readonly problems: readonly string[];
}

/** The NestJS application of these services, not yet listening. */
export async function openApplication(
  ports: Ports,
  roles: readonly Role[],
  basemapFolder: string | undefined,
): Promise<NestExpressApplication> {
  const checks: ReadyCheck[] = [];
  const gateway: GatewayOptions = {
    city: cityFacts,
    pageFolder: pageFolder(),
    layers: layersOf(ports.configuration.seed),
    basemapFolder,
    readyChecks: checks,
  };
  const app = await NestFactory.create<NestExpressApplication>(LifelineModule.for(ports, roles, gateway), {
    bodyParser: false,
    forceCloseConnections: true,
    abortOnError: false,
    logger: ['error', 'fatal'],
  });
  const check = (name: string, service: { health(): Health | Promise<Health> }) =>
    checks.push({
      name,
      check: async () => {
        const { ready, problems } = await service.health();
        return ready ? undefined : problems.join('; ');
      },
    });
  if (roles.includes('ingest')) check('ingest', app.get<IngestService>(INGEST, { strict: false }));
  if (roles.includes('detector')) check('detector', app.get<DetectionService>(DETECTOR, { strict: false }));
  if (roles.includes('gateway')) configureGateway(app, ports, gateway);
  return app;
}

/** The built-in map is drawn when it is first asked for, once. */
function layersOf(seed: number): NonNullable<GatewayOptions['layers']> {
  let drawn: ReturnType<typeof baseLayers> | undefined;
  const layers = () => (drawn ??= baseLayers(seed));
  return {
    districts: () => layers().districts,
    land: () => layers().land,
    water: () => layers().water,
    roads: () => layers().roads,
    places: () => layers().places,
  };
}
