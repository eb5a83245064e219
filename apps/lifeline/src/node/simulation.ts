import type { NewDevice } from '@lifeline/contracts';
import { buildCity, dutyRoster, type City } from '@lifeline/city';
import {
  connectingDevices,
  DEFAULT_SCENARIO,
  planDevices,
  startSimulatedCityThread,
  type SimulatedCity,
} from '@lifeline/devices';
import type { Ports } from '@lifeline/ports';

const SCALE = 1;
/** Who is said to have written the first roster. */
const ROSTER_BY = 'lifeline';

/** Drawing the city takes a third of a second, and it is asked for twice. */
let drawn: { seed: number; city: City; devices: NewDevice[] } | undefined;

function planned(seed: number): { city: City; devices: NewDevice[] } {
  if (drawn?.seed !== seed) {
    const city = buildCity(seed, SCALE);
    drawn = { seed, city, devices: planDevices(city, seed, SCALE) };
  }
  return drawn;
}

/** Puts the simulated city into the records: assets, devices, and its first duty roster. The same again changes nothing. */
export async function registerSimulatedCity({ records, registry, configuration, clock, say }: Ports): Promise<void> {
  const { city, devices } = planned(configuration.seed);
  await records.registry.putAssets(city.assets);
  const { created, changed } = await records.registry.putDevices(devices, clock.nowMs());
  if (created + changed > 0)
    say(`Registered the simulated city: ${city.assets.length} assets, ${devices.length} devices.`);
  await records.duty.seed(dutyRoster(), ROSTER_BY, clock.nowMs());
  await registry.reload();
}

/**
 * Starts the city's devices in a thread of their own, each with a credential issued for this run.
 * @param city `registered` just now, or `known` from an earlier start and to be brought up to date first
 */
export async function startSimulation(
  ports: Ports,
  city: 'registered' | 'known',
  signal: AbortSignal,
): Promise<SimulatedCity | undefined> {
  const { mqtt, externalMqtt } = ports.configuration;
  if (city === 'known') await registerSimulatedCity(ports);
  signal.throwIfAborted();
  if (externalMqtt) {
    ports.say(
      'The simulated city cannot log in at an external broker by itself: run `npx lifeline simulate` with accounts that this broker knows.',
    );
    return undefined;
  }
  const { records, registry, configuration, clock, say } = ports;
  const connecting = connectingDevices(planned(configuration.seed).devices);
  const credentials = await Promise.all(
    connecting.map(async (deviceId): Promise<[string, string]> => {
      const { password } = await records.registry.issueCredential(deviceId, clock.nowMs());
      return [deviceId, password];
    }),
  );
  await registry.refresh(connecting);
  signal.throwIfAborted();
  const running = await startSimulatedCityThread({
    url: `mqtt://${mqtt.host}:${mqtt.port}`,
    seed: configuration.seed,
    scale: SCALE,
    credentials,
    scenario: DEFAULT_SCENARIO,
    speed: 1,
    onFailure: (error) => say(`The simulated city stopped: ${error.message}`),
  });
  const { devices, sensors } = running.status();
  say(`The simulated city is alive: ${devices} devices, ${sensors} sensors. Within a minute something will go wrong.`);
  return running;
}
