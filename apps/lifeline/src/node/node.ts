import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { baseLayers, cityFacts } from '@lifeline/city';
import { unknownSettings, type Configuration } from '@lifeline/configuration';
import type { SimulatedCity } from '@lifeline/devices';
import { DETECTOR, type DetectionService } from '@lifeline/detector';
import { configureGateway, type GatewayOptions, type ReadyCheck } from '@lifeline/gateway';
import { INGEST, type IngestService } from '@lifeline/ingest';
import { openPorts, type OpenPorts } from '@lifeline/ports';
import { HistoryUnavailableError } from '@lifeline/history';
import { RecordsError, RecordsVersionError } from '@lifeline/records';
import { holdDataFolder, type Role } from '../machine/data-folder.js';
import { requireFreePort } from '../machine/free-port.js';
import { EXIT, StartError } from '../machine/start-error.js';
import { ADMIN, ensureFirstAccount } from './first-account.js';
import { LifelineModule } from './lifeline.module.js';
import { keepLocalToken } from './local-token.js';
import { registerSimulatedCity, startSimulation } from './simulation.js';

export interface NodeOptions {
  /** The services this process runs. */
  readonly roles: readonly Role[];
  readonly say: (line: string) => void;
}

export interface RunningNode {
  /** Ends devices, services and stores, in this order. */
  stop(): Promise<void>;
}

interface Health {
  readonly ready: boolean;
  readonly problems: readonly string[];
}

const pageFolder = fileURLToPath(new URL('../../../control-room/dist', import.meta.url));

/**
 * One process of Lifeline, whole or one service of it.
 * @throws StartError, ConfigurationError: one clear line each
 */
export async function startNode(given: Configuration, { roles, say }: NodeOptions): Promise<RunningNode> {
  for (const name of unknownSettings(process.env))
    say(`The setting ${name} is not known and does nothing; is it misspelt?`);
  const { configuration, basemapFolder } = withLocalBasemap(given);
  const servesPage = roles.includes('gateway');
  const ownBroker = roles.includes('ingest') && !configuration.externalMqtt;
  const { http, mqtt } = configuration;
  const folder = await holdDataFolder(configuration.dataDir, roles);
  const undo: (() => Promise<void>)[] = [() => folder.release()];
  const stop = async () => {
    for (const one of undo.splice(0).reverse()) await one();
  };
  try {
    if (servesPage) await requireFreePort({ ...http, setting: 'LIFELINE_HTTP_PORT', what: 'page' });
    if (ownBroker) await requireFreePort({ ...mqtt, setting: 'LIFELINE_MQTT_PORT', what: 'MQTT' });
    say(`Opening the stores in ${configuration.dataDir} …`);
    const ports = await openPorts(configuration, { say }).catch((error: unknown) => {
      throw storeError(error);
    });
    undo.push(() => ports.close());
    const simulates = configuration.simulate && roles.includes('ingest');
    const connecting = simulates ? await registerSimulatedCity(ports) : [];
    const password = servesPage ? await ensureFirstAccount(ports) : undefined;
    const app = await openApplication(ports, roles, basemapFolder);
    undo.push(() => app.close());
    if (servesPage) await app.listen(http.port, http.host);
    else await app.init();
    if (servesPage) undo.push(await keepLocalToken(ports));
    announce(configuration, roles, password, say);
    if (simulates) await simulate(ports, connecting, undo);
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openApplication(
  ports: OpenPorts,
  roles: readonly Role[],
  basemapFolder: string | undefined,
): Promise<NestExpressApplication> {
  const checks: ReadyCheck[] = [];
  const gateway: GatewayOptions = {
    city: cityFacts,
    pageFolder: existsSync(pageFolder) ? pageFolder : undefined,
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

/** A map file of the city's own on this machine is served by us; its address in the page is then ours. */
function withLocalBasemap(configuration: Configuration): {
  configuration: Configuration;
  basemapFolder: string | undefined;
} {
  const { basemap } = configuration;
  if (!basemap || /^https?:/.test(basemap.url)) return { configuration, basemapFolder: undefined };
  const file = isAbsolute(basemap.url) ? basemap.url : resolve(basemap.url);
  if (!file.endsWith('.pmtiles') || !existsSync(file)) {
    throw new StartError(
      EXIT.configuration,
      `Wrong setting: LIFELINE_BASEMAP_URL: ${basemap.url} is neither an http(s) address nor a .pmtiles file that is there.`,
    );
  }
  return {
    configuration: {
      ...configuration,
      basemap: { ...basemap, url: `/map/files/${encodeURIComponent(basename(file))}` },
    },
    basemapFolder: dirname(file),
  };
}

function storeError(error: unknown): unknown {
  if (error instanceof RecordsVersionError) return new StartError(EXIT.newerData, error.message, { cause: error });
  if (error instanceof RecordsError || error instanceof HistoryUnavailableError)
    return new StartError(EXIT.dataFolder, error.message, { cause: error });
  return error;
}

async function simulate(ports: OpenPorts, connecting: readonly string[], undo: (() => Promise<void>)[]): Promise<void> {
  const { mqtt, externalMqtt } = ports.configuration;
  if (externalMqtt) {
    ports.say(
      'The simulated city cannot log in at an external broker by itself: run `npx lifeline simulate` with accounts that this broker knows.',
    );
    return;
  }
  const city: SimulatedCity = await startSimulation(ports, connecting, `mqtt://${mqtt.host}:${mqtt.port}`);
  undo.push(() => city.stop());
  const { devices, sensors } = city.status();
  ports.say(
    `The simulated city is alive: ${devices} devices, ${sensors} sensors. Within a minute something will go wrong.`,
  );
}

function announce(
  { http, mqtt, externalMqtt }: Configuration,
  roles: readonly Role[],
  password: string | undefined,
  say: (line: string) => void,
): void {
  const shown = (host: string) => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host);
  if (roles.includes('ingest')) {
    say(
      externalMqtt
        ? `Devices: by the broker at ${withoutSecrets(externalMqtt.url)}`
        : `Devices: mqtt://${shown(mqtt.host)}:${mqtt.port}`,
    );
  }
  if (roles.includes('gateway')) {
    say(`Page:    http://${shown(http.host)}:${http.port}`);
    if (password !== undefined)
      say(
        `Log in:  ${ADMIN} / ${password}   (made now and shown this once; npx lifeline password ${ADMIN} makes a new one)`,
      );
    else
      say(`Log in:  ${ADMIN}, with the password of the first start (npx lifeline password ${ADMIN} makes a new one)`);
  }
  say(`Lifeline is ready (${roles.join(', ')}). Ctrl-C stops it.`);
}

function withoutSecrets(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}
