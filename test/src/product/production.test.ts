import { connectAsync, type MqttClient } from 'mqtt';
import pg from 'pg';
import { io, type Socket } from 'socket.io-client';
import { LIVE_NAMESPACE, telemetryTopic, type Alarm, type LiveAlarm, type ReadingsAnswer } from '@lifeline/contracts';
import { startInfluxDb, type RunningInfluxDb } from '../servers/influxdb.js';
import { startMosquitto, type RunningMosquitto } from '../servers/mosquitto.js';
import { freePort, temporaryFolder } from '../servers/process.js';
import { startPostgres, type PostgresServer } from '../servers/postgres.js';
import { Api, eventually } from './api.js';
import { startLifeline, type LifelineProcess } from './lifeline-process.js';

/** The production wiring, as docker/compose.yml draws it: real Mosquitto, InfluxDB and PostgreSQL, the same processes and environment. */

const BROKER_PASSWORD = 'broker-password-of-the-test';
const deviceNamed = (deviceId: string) => ({
  deviceId,
  utility: 'gas',
  name: 'Regulator 7',
  sensors: [
    {
      channel: 'outlet',
      unit: 'kPa',
      name: 'Regulator 7 outlet',
      lon: 118.31,
      lat: 32.3,
      intervalS: 60,
      range: { low: 0, high: 10 },
      limits: { low: 1.5, high: 3, deadband: 0.06, onDelayS: 0, offDelayS: 0 },
    },
  ],
});

describe('the production wiring', () => {
  let mosquitto: RunningMosquitto;
  let influx: RunningInfluxDb;
  let postgres: PostgresServer;
  let postgresUrl: string;
  let environment: Record<string, string>;
  const running: LifelineProcess[] = [];

  beforeAll(async () => {
    const devices = ['regulator-7', 'regulator-8'].map((username) => ({ username, password: `${username}-password` }));
    [mosquitto, influx, postgres] = await Promise.all([
      startMosquitto([
        {
          username: 'lifeline',
          password: BROKER_PASSWORD,
          access: ['topic read lifeline/v1/+/+/telemetry', 'topic read lifeline/v1/+/+/status'],
        },
        ...devices,
      ]),
      startInfluxDb(),
      startPostgres(),
    ]);
    await influx.createDatabase('lifeline');
    postgresUrl = await postgres.newDatabase();
    environment = {
      LIFELINE_MQTT_URL: `mqtt://lifeline:${BROKER_PASSWORD}@127.0.0.1:${mosquitto.port}`,
      LIFELINE_MQTT_CONNECTIONS: '4',
      LIFELINE_INFLUX_URL: influx.url,
      LIFELINE_INFLUX_BUCKET: 'lifeline',
      LIFELINE_POSTGRES_URL: postgresUrl,
    };
  });
  afterAll(async () => {
    for (const lifeline of running) await lifeline.stop();
    await Promise.all([mosquitto?.stop(), influx?.stop(), postgres?.stop()]);
  });

  async function start(
    command: readonly string[],
    more: Record<string, string> = {},
    place: { dataDir?: string } = {},
  ): Promise<LifelineProcess> {
    const lifeline = await startLifeline({ environment: { ...environment, ...more }, command, ...place });
    running.push(lifeline);
    return lifeline;
  }

  /** A reading over the limit, its alarm, the acknowledgement, the return to normal: end to end. */
  async function walkThrough(gateway: LifelineProcess, deviceId: string): Promise<void> {
    const api = await Api.login(gateway);
    await api.post('/devices', deviceNamed(deviceId));
    const socket = io(`${gateway.url}${LIVE_NAMESPACE}`, { auth: { token: api.token }, transports: ['websocket'] });
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    const device = await connectAsync(mosquitto.url, {
      username: deviceId,
      password: `${deviceId}-password`,
      clientId: deviceId,
    });
    const topic = telemetryTopic('gas', deviceId);
    const startMs = Date.now() - 10_000;
    const publish = (client: MqttClient, atS: number, outlet: number) =>
      client.publishAsync(topic, JSON.stringify({ ts: startMs + atS * 1000, values: { outlet } }), { qos: 1 });

    // Said again until it is taken: another process may hear of the new device a moment after its reading, and refuses it until then.
    await eventually(
      async () => {
        await publish(device, 0, 2.5);
        return api.get<{ last: { value: number } | null }>(`/sensors/${deviceId}/outlet`);
      },
      (sensor) => sensor.last?.value === 2.5,
    );

    const raised = nextAlarm(socket, deviceId, 'unacknowledged');
    await publish(device, 1, 3.6);
    const alarm = await raised;
    expect(alarm).toMatchObject({
      sensorId: `${deviceId}/outlet`,
      value: 3.6,
      rule: 'limit',
      limit: { kind: 'high', value: 3 },
    });

    const acknowledged = await api.post<Alarm>(`/alarms/${alarm.alarmId}/acknowledge`, { note: 'crew sent' });
    expect(acknowledged).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'admin' });

    const cleared = nextAlarm(socket, deviceId, 'normal');
    await publish(device, 2, 2.5);
    await cleared;
    socket.disconnect();

    const answer = await eventually(
      () => api.get<ReadingsAnswer>(`/sensors/${deviceId}/outlet/readings?from=${startMs}&to=${startMs + 10_000}`),
      (readings) => 'readings' in readings && readings.readings.length === 3,
    );
    expect(answer).toEqual({
      unit: 'kPa',
      readings: [
        [startMs, 2.5, 'good'],
        [startMs + 1000, 3.6, 'good'],
        [startMs + 2000, 2.5, 'good'],
      ],
    });

    const client = new pg.Client({ connectionString: postgresUrl });
    await client.connect();
    const { rows } = await client.query<{ events: number }>(
      'select count(*)::int as events from alarm_transitions where alarm_id = $1',
      [alarm.alarmId],
    );
    await client.end();
    expect(rows[0]?.events).toBe(3);
    await device.endAsync(true);
  }

  it('takes a reading and an alarm end to end in one process', async () => {
    const lifeline = await start(['start']);
    expect(lifeline.output()).not.toContain(BROKER_PASSWORD);
    await walkThrough(lifeline, 'regulator-7');
    expect(await lifeline.stop()).toBe(0);
  });

  it('takes a reading and an alarm end to end in three processes, one a service', async () => {
    const dataDir = `${temporaryFolder('services')}/data`;
    const gatewayPort = String(await freePort());
    await start(['ingest'], {}, { dataDir });
    await start(['detector'], {}, { dataDir });
    const gateway = await start(['gateway'], { LIFELINE_HTTP_PORT: gatewayPort }, { dataDir });
    await walkThrough({ ...gateway, url: `http://127.0.0.1:${gatewayPort}` }, 'regulator-8');
  });
});

function nextAlarm(socket: Socket, deviceId: string, state: LiveAlarm['state']): Promise<LiveAlarm> {
  return new Promise((resolve) => {
    const take = (alarm: LiveAlarm) => {
      if (!alarm.sensorId.startsWith(`${deviceId}/`) || alarm.rule !== 'limit' || alarm.state !== state) return;
      socket.off('alarm', take);
      resolve(alarm);
    };
    socket.on('alarm', take);
  });
}
