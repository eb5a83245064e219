import { jest } from '@jest/globals';
import { connectAsync, type MqttClient } from 'mqtt';
import { buildCity } from '@lifeline/city';
import { systemClock, type NewDevice } from '@lifeline/contracts';
import { connectingDevices, planDevices, startSimulatedCity, startSimulatedCityThread } from '@lifeline/devices';
import { freePort } from '../servers/process.js';
import { startMosquitto, type MosquittoUser, type RunningMosquitto } from '../servers/mosquitto.js';

jest.setTimeout(120_000);

/** Half the sensors on as many gateways: what is heard of one is heard of all. */
const SCALE = 0.5;
const city = buildCity(7, SCALE);
const devices = planDevices(city, 7);
const passwordOf = (deviceId: string): string => `secret-of-${deviceId}`;
const credentials = new Map(connectingDevices(devices).map((deviceId) => [deviceId, passwordOf(deviceId)]));
const reader = { username: 'reader', password: 'secret-of-reader', access: ['topic read lifeline/v1/#'] };
/** Each gateway may write for the devices that name it, as the product's own broker allows it. */
const users: readonly MosquittoUser[] = [
  reader,
  ...[...credentials.keys()].map((username) => ({
    username,
    password: passwordOf(username),
    access: devices
      .filter(({ gatewayId }) => gatewayId === username)
      .map(({ deviceId }) => `topic write lifeline/v1/+/${deviceId}/#`),
  })),
];

interface Listening {
  readonly client: MqttClient;
  /** Resolves with the first message that fits; rejects never: the test has its own time limit. */
  next(fits: (topic: string, body: string) => boolean): Promise<string>;
}

async function listen(url: string): Promise<Listening> {
  const client = await connectAsync(url, { username: reader.username, password: reader.password });
  await client.subscribeAsync('lifeline/v1/#', { qos: 1 });
  return {
    client,
    next: (fits) =>
      new Promise((resolve) => {
        const hear = (topic: string, payload: Buffer): void => {
          if (!fits(topic, payload.toString())) return;
          client.off('message', hear);
          resolve(topic);
        };
        client.on('message', hear);
      }),
  };
}

function channelsIn(body: string): string[] {
  const parsed = JSON.parse(body) as unknown;
  const parts = (Array.isArray(parsed) ? parsed : [parsed]) as { n?: string; values?: Record<string, number> }[];
  return parts.flatMap(({ n, values }) => (n === undefined ? Object.keys(values ?? {}) : [n]));
}

const sensorsOf = (list: readonly NewDevice[]): string[] =>
  list.flatMap(({ deviceId, sensors }) => sensors.map(({ channel }) => `${deviceId}/${channel}`));

describe('the simulated city on a real broker', () => {
  let broker: RunningMosquitto;
  beforeEach(async () => {
    broker = await startMosquitto(users, { port: await freePort() });
  });
  afterEach(() => broker.stop());

  it('lets every sensor be heard, each gateway by its own credential, and says offline when it stops', async () => {
    const ears = await listen(broker.url);
    const missing = new Set(sensorsOf(devices));
    const all = ears.next((topic, body) => {
      const [, , , deviceId, kind] = topic.split('/');
      if (kind === 'telemetry') for (const channel of channelsIn(body)) missing.delete(`${deviceId}/${channel}`);
      return missing.size === 0;
    });
    const running = await startSimulatedCityThread({
      url: broker.url,
      seed: 7,
      scale: SCALE,
      credentials: [...credentials],
      scenario: 'first-minute',
      speed: 1,
    });
    await all;
    expect(running.status()).toMatchObject({ connections: credentials.size, dropped: 0 });
    const offline = ears.next((topic, body) => topic === 'lifeline/v1/gas/gw-gas-01/status' && body === 'offline');
    await running.stop();
    await offline;
    await ears.client.endAsync(true);
  });

  it('goes on by itself after the broker was killed and came back', async () => {
    const running = startSimulatedCity({ url: broker.url, seed: 7, city, devices, credentials, clock: systemClock });
    const before = await listen(broker.url);
    await before.next((topic) => topic.endsWith('/telemetry'));
    await before.client.endAsync(true);
    await broker.kill();
    broker = await startMosquitto(users, { port: broker.port, folder: broker.folder });
    const after = await listen(broker.url);
    const heard = new Set<string>();
    // All gateways speak again, with readings made after the restart.
    await after.next((topic) => {
      const deviceId = topic.split('/')[3]!;
      heard.add(devices.find((device) => device.deviceId === deviceId)?.gatewayId ?? '');
      return [...credentials.keys()].filter((id) => id.startsWith('gw-')).every((id) => heard.has(id));
    });
    expect(running.status().dropped).toBe(0);
    await after.client.endAsync(true);
    await running.stop();
  });

  it('refuses to start without a credential of a gateway, and names it', () => {
    const without = new Map(credentials);
    without.delete('gw-power-01');
    expect(() =>
      startSimulatedCity({ url: broker.url, seed: 7, city, devices, credentials: without, clock: systemClock }),
    ).toThrow(/gw-power-01 has no credential/);
  });
});
