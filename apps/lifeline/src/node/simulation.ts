import { buildCity } from '@lifeline/city';
import {
  connectingDevices,
  DEFAULT_SCENARIO,
  planDevices,
  startSimulatedCityThread,
  type SimulatedCity,
} from '@lifeline/devices';
import type { Ports } from '@lifeline/ports';

const SCALE = 1;

/** Puts the simulated city into the records: assets and devices. The same again changes nothing. */
export async function registerSimulatedCity({
  records,
  registry,
  configuration,
  clock,
  say,
}: Ports): Promise<readonly string[]> {
  const city = buildCity(configuration.seed, SCALE);
  const devices = planDevices(city, configuration.seed, SCALE);
  await records.registry.putAssets(city.assets);
  const { created, changed } = await records.registry.putDevices(devices, clock.nowMs());
  if (created + changed > 0)
    say(`Registered the simulated city: ${city.assets.length} assets, ${devices.length} devices.`);
  await registry.reload();
  return connectingDevices(devices);
}

/** Starts the city's devices in a thread of their own, each with a credential issued for this run. */
export async function startSimulation(
  ports: Ports,
  connecting: readonly string[],
  mqttUrl: string,
): Promise<SimulatedCity> {
  const { records, registry, configuration, clock, say } = ports;
  const credentials: [string, string][] = [];
  for (const deviceId of connecting) {
    const { password } = await records.registry.issueCredential(deviceId, clock.nowMs());
    credentials.push([deviceId, password]);
  }
  await registry.refresh(connecting);
  return startSimulatedCityThread({
    url: mqttUrl,
    seed: configuration.seed,
    scale: SCALE,
    credentials,
    scenario: DEFAULT_SCENARIO,
    speed: 1,
    onFailure: (error) => say(`The simulated city stopped: ${error.message}`),
  });
}
