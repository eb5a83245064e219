import { unknownSettings, type Configuration } from '@lifeline/configuration';
import { openPorts } from '@lifeline/ports';
import { holdDataFolder, type Role } from '../machine/data-folder.js';
import { requireFreePort } from '../machine/free-port.js';
import { EXIT, StartError } from '../machine/start-error.js';
import { ADMIN, ensureFirstAccount } from './first-account.js';
import type { FrontDoor } from './front-door.js';
import { withLocalBasemap } from './local-basemap.js';
import { keepLocalToken } from './local-token.js';
import { pageFolder } from './page-folder.js';

export interface NodeOptions {
  /** The services this process runs. */
  readonly roles: readonly Role[];
  readonly say: (line: string) => void;
  /** Ends a start under way at its next step. */
  readonly signal: AbortSignal;
}

export interface RunningNode {
  /** Ends devices, services and stores, in this order. */
  stop(): Promise<void>;
}

/**
 * One process of Lifeline, whole or one service of it.
 * @throws StartError, ConfigurationError: one clear line each; the signal's reason where it was aborted
 */
export async function startNode(given: Configuration, { roles, say, signal }: NodeOptions): Promise<RunningNode> {
  for (const name of unknownSettings(process.env))
    say(`The setting ${name} is not known and does nothing; is it misspelt?`);
  const { configuration, basemapFolder } = withLocalBasemap(given);
  const servesPage = roles.includes('gateway');
  const ownBroker = roles.includes('ingest') && !configuration.externalMqtt;
  const { mqtt } = configuration;
  const folder = await holdDataFolder(configuration.dataDir, roles);
  const undo: (() => Promise<void>)[] = [() => folder.release()];
  const stop = async () => {
    for (const one of undo.splice(0).reverse()) await one();
  };
  try {
    const door = servesPage ? await openFrontDoor(configuration) : undefined;
    if (door) undo.push(() => door.close());
    if (ownBroker) await requireFreePort({ ...mqtt, setting: 'LIFELINE_MQTT_PORT', what: 'MQTT' });
    say(`Opening the stores in ${configuration.dataDir} …`);
    const opening = openPorts(configuration, { say });
    // Reading the framework takes as long as opening the stores, which wait for a thread and the disk: side by side.
    const framework = import('./application.js');
    const ports = await opening.catch((error: unknown) => {
      throw storeError(error);
    });
    undo.push(() => ports.close());
    const simulates = configuration.simulate && roles.includes('ingest');
    // A city that is known already is only brought up to date, which the page need not wait for.
    const isNewCity = simulates && ports.registry.sensorCount === 0;
    if (isNewCity) await (await import('./simulation.js')).registerSimulatedCity(ports);
    const password = servesPage ? await ensureFirstAccount(ports) : undefined;
    const { openApplication } = await framework;
    signal.throwIfAborted();
    const app = await openApplication(ports, roles, basemapFolder);
    undo.push(() => app.close());
    await app.init();
    if (door) {
      door.handOver(app.getHttpServer());
      undo.push(async () => door.stopListening());
    }
    if (servesPage) undo.push(await keepLocalToken(ports));
    announce(configuration, roles, password, say);
    if (simulates) {
      const { startSimulation } = await import('./simulation.js');
      const city = await startSimulation(ports, isNewCity ? 'registered' : 'known', signal);
      if (city) undo.push(() => city.stop());
    }
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Open before the framework is read: the page is there at once. */
async function openFrontDoor({ http, basemap }: Configuration): Promise<FrontDoor> {
  const { FrontDoor } = await import('./front-door.js');
  return FrontDoor.open({
    ...http,
    setting: 'LIFELINE_HTTP_PORT',
    what: 'page',
    pageFolder: pageFolder(),
    basemapUrl: basemap?.url,
  });
}

/** A store that does not open, in its own words; told by its code, so that the libraries are not read for it. */
function storeError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'records-version') return new StartError(EXIT.newerData, (error as Error).message, { cause: error });
  if (/^(records|history)-/.test(code))
    return new StartError(EXIT.dataFolder, (error as Error).message, { cause: error });
  return error;
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
