import { rmSync } from 'node:fs';
import { configuredInlets, IngestService } from '@lifeline/ingest';
import { readConfiguration } from '@lifeline/configuration';
import { telemetryTopic } from '@lifeline/contracts';
import { openPorts, type OpenPorts } from '@lifeline/ports';
import { connectAsync, type MqttClient } from 'mqtt';
import { eventually } from './product/api.js';
import { freePort, temporaryFolder } from './servers/process.js';

const closeOf = (client: MqttClient) => new Promise<void>((resolve) => client.once('close', resolve));

/** Real stores, the real broker and real devices: what becomes of a connection when the registry changes under it. */

describe('a device that is connected while its registration changes', () => {
  let folder: string;
  let ports: OpenPorts;
  let service: IngestService;
  let url: string;
  let clients: MqttClient[];

  const register = (deviceId: string, gatewayId?: string, channels: readonly string[] = []) =>
    ports.records.registry.createDevice(
      {
        deviceId,
        utility: 'gas',
        name: deviceId,
        ...(gatewayId === undefined ? {} : { gatewayId }),
        sensors: channels.map((channel) => ({ channel, unit: 'kPa', name: channel, lon: 113, lat: 30, intervalS: 60 })),
      },
      Date.now(),
    );
  const issue = async (deviceId: string) => {
    const { password } = await ports.records.registry.issueCredential(deviceId, Date.now());
    return password;
  };
  /** Connects as soon as the broker has heard of the password. */
  const connect = async (deviceId: string, password: string) => {
    const knock = () => connectAsync(url, { username: deviceId, password, reconnectPeriod: 0 }, false);
    const client = await eventually(
      () => knock().catch(String),
      (answer) => typeof answer !== 'string',
    );
    if (typeof client === 'string') throw new Error(client);
    clients.push(client);
    return client;
  };
  const send = (client: MqttClient, deviceId: string) =>
    client.publishAsync(telemetryTopic('gas', deviceId), '{"values":{"pressure":1}}', { qos: 1 });

  beforeEach(async () => {
    folder = temporaryFolder('ingest-credentials');
    clients = [];
    const port = await freePort();
    url = `mqtt://127.0.0.1:${port}`;
    const configuration = readConfiguration({ LIFELINE_DATA_DIR: folder, LIFELINE_MQTT_PORT: String(port) });
    ports = await openPorts(configuration, { say: () => undefined });
    service = new IngestService(ports, configuredInlets(configuration));
    await service.start();
  });
  afterEach(async () => {
    await Promise.all(clients.map((client) => client.endAsync(true)));
    await service.stop();
    await ports.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('loses its connection when its credential is renewed, and comes back with the new one only', async () => {
    await register('gas-1', undefined, ['pressure']);
    const old = await issue('gas-1');
    const before = await connect('gas-1', old);
    await send(before, 'gas-1');
    const metrics = await ports.metrics.metrics();
    expect(metrics).toContain('lifeline_inlet_connections{inlet="embedded-mqtt"} 1');
    expect(metrics).toContain('process_resident_memory_bytes');

    const closed = closeOf(before);
    const renewed = await issue('gas-1');
    await closed;

    await expect(
      connectAsync(url, { username: 'gas-1', password: old, reconnectPeriod: 0 }, false),
    ).rejects.toMatchObject({ code: 4 });
    await send(await connect('gas-1', renewed), 'gas-1');
  });

  it('keeps its connection when it is only renamed, or another device is given a credential', async () => {
    await register('gas-1', undefined, ['pressure']);
    const client = await connect('gas-1', await issue('gas-1'));
    await register('gas-2', undefined, ['pressure']);
    await ports.records.registry.changeDevice('gas-1', { name: 'renamed' }, Date.now());
    // Heard after the rename, since notices come in order.
    await connect('gas-2', await issue('gas-2'));

    await send(client, 'gas-1');
    expect(ports.registry.device('gas-1')?.name).toBe('renamed');
    expect(client.connected).toBe(true);
  });

  it('loses its connection when it is deleted, also as a gateway without sensors', async () => {
    await register('gateway');
    await register('behind', 'gateway', ['pressure']);
    const client = await connect('gateway', await issue('gateway'));
    await send(client, 'behind');

    const closed = closeOf(client);
    await ports.records.registry.deleteDevice('gateway', Date.now());
    await closed;

    expect(service.inlets[0]!.health().connections).toBe(0);
  });
});
