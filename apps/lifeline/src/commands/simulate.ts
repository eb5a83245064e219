import { Command, InvalidArgumentError } from 'commander';
import type { Asset } from '@lifeline/contracts';
import { buildCity } from '@lifeline/city';
import { readConfiguration } from '@lifeline/configuration';
import { connectingDevices, DEFAULT_SCENARIO, planDevices, startSimulatedCityThread } from '@lifeline/devices';
import { ApiError, type ApiClient } from '../api-client.js';
import { openApi, withConnection, type ConnectionOptions } from './connection.js';

interface SimulateOptions extends ConnectionOptions {
  readonly mqttUrl?: string;
  readonly seed?: number;
  readonly scale: number;
  readonly speed: number;
  readonly scenario: string;
}

/** `lifeline simulate`: the simulated city's devices against any Lifeline, registered there first. */
export function simulateCommand(): Command {
  return withConnection(
    new Command('simulate').description(
      'run the simulated city against a Lifeline: registers its devices, then publishes as they would',
    ),
  )
    .option('--mqtt-url <address>', 'the broker (default: the one this Lifeline names)')
    .option('--seed <number>', 'which city (default: LIFELINE_SEED)', positive)
    .option('--scale <factor>', '1 is about 2,000 sensors', positive, 1)
    .option('--speed <factor>', 'how many times faster than the clock the city lives', positive, 1)
    .option('--scenario <name-or-file>', 'what goes wrong, and when; `none` for nothing', DEFAULT_SCENARIO)
    .action(async (options: SimulateOptions) => {
      const api = await openApi(options);
      const seed = options.seed ?? readConfiguration(process.env).seed;
      const credentials = await register(api, seed, options.scale);
      const { mqtt } = await api.call<{ mqtt: { host: string; port: number } }>('GET', '/city');
      const city = await startSimulatedCityThread({
        url: options.mqttUrl ?? `mqtt://${mqtt.host}:${mqtt.port}`,
        seed,
        scale: options.scale,
        credentials,
        scenario: options.scenario === 'none' ? null : options.scenario,
        speed: options.speed,
        onStatus: (status) =>
          console.log(
            `${status.connected}/${status.connections} connections, ${status.readings} readings, ${status.acknowledged} messages acknowledged, ${status.unacknowledged} waiting${status.lastError ? `; ${status.lastError}` : ''}`,
          ),
        onFailure: (error) => {
          console.error(error.message);
          process.exit(1);
        },
      });
      console.log('The city is alive. Ctrl-C stops it.');
      await new Promise<void>((resolve) => {
        process.once('SIGINT', () => resolve());
        process.once('SIGTERM', () => resolve());
      });
      await city.stop();
      process.exit(0);
    });
}

/** Registers what is not there yet, and issues a credential to each device that connects by itself. */
async function register(api: ApiClient, seed: number, scale: number): Promise<[string, string][]> {
  const devices = planDevices(buildCity(seed, scale), seed, scale);
  const assets = await knownAssets(api);
  let created = 0;
  for (const device of devices) {
    const sensors = device.sensors.map((sensor) => ({
      ...sensor,
      assetId: sensor.assetId && assets.has(sensor.assetId) ? sensor.assetId : null,
    }));
    try {
      await api.call('POST', '/devices', { ...device, sensors });
      created++;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 409) throw error;
    }
  }
  console.log(`${devices.length} devices, ${created} of them registered now.`);
  const credentials: [string, string][] = [];
  for (const deviceId of connectingDevices(devices)) {
    const { password } = await api.call<{ password: string }>(
      'POST',
      `/devices/${encodeURIComponent(deviceId)}/credential`,
    );
    credentials.push([deviceId, password]);
  }
  return credentials;
}

async function knownAssets(api: ApiClient): Promise<Set<string>> {
  const ids = new Set<string>();
  let after = '';
  do {
    const { items, next } = await api.call<{ items: Asset[]; next?: string }>('GET', `/assets?limit=1000${after}`);
    for (const { assetId } of items) ids.add(assetId);
    after = next === undefined ? '' : `&after=${encodeURIComponent(next)}`;
  } while (after !== '');
  return ids;
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || number <= 0) throw new InvalidArgumentError('must be a number above 0.');
  return number;
}
