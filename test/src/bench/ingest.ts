import { fork } from 'node:child_process';
import { io } from 'socket.io-client';
import { LIVE_NAMESPACE, telemetryTopic, type LiveAlarm } from '@lifeline/contracts';
import { Api } from '../product/api.js';
import { startLifeline } from '../product/lifeline-process.js';
import { openClient, publishAll, quantile, ratioOf, round } from './measure-load.js';

/**
 * Readings a second in, durable, and the time from a publish to the alarm at a page's socket, beside the bare embedded broker: its own PUBACK
 * rate and its own publish-to-subscriber time, by the same client in the same run. Rounds alternate; medians are given.
 */
const ROUNDS = 3;
const PUBLISHES = 30_000;
const BATCH = 100;
const ALARMS = 200;
const load = { connections: 8, window: 64 };

export async function run(): Promise<{
  bench: string;
  figures: Record<string, number>;
  baseline: Record<string, number>;
  ratio: Record<string, number>;
}> {
  const lifeline = await startLifeline();
  const bare = fork(new URL('./measure-bare-broker.js', import.meta.url));
  try {
    const barePort = await new Promise<number>((resolve) => bare.once('message', (port) => resolve(Number(port))));
    const bareUrl = `mqtt://127.0.0.1:${barePort}`;
    const ourUrl = `mqtt://127.0.0.1:${lifeline.mqttPort}`;
    const api = await Api.login(lifeline);
    const { username, password } = await registerBenchDevice(api);
    const topic = telemetryTopic('gas', 'bench-1');

    const ours: Record<string, number[]> = { readingsPerSecond: [], readingsPerSecondInBatches: [] };
    const theirs: Record<string, number[]> = { readingsPerSecond: [], readingsPerSecondInBatches: [] };
    let atMs = Date.now() - 3_600_000;
    const single = () => JSON.stringify({ ts: atMs++, values: { pressure: 312.4 + (atMs % 7) / 10 } });
    const batch = () =>
      JSON.stringify(
        Array.from({ length: BATCH }, () => ({ ts: atMs++, values: { pressure: 312.4 + (atMs % 7) / 10 } })),
      );
    for (let round = 0; round < ROUNDS; round++) {
      ours.readingsPerSecond!.push(
        await publishAll({ url: ourUrl, ...load, publishes: PUBLISHES, topic, username, password, body: single }),
      );
      theirs.readingsPerSecond!.push(
        await publishAll({ url: bareUrl, ...load, publishes: PUBLISHES, topic, body: single }),
      );
      const publishes = PUBLISHES / 10;
      ours.readingsPerSecondInBatches!.push(
        BATCH * (await publishAll({ url: ourUrl, ...load, publishes, topic, username, password, body: batch })),
      );
      theirs.readingsPerSecondInBatches!.push(
        BATCH * (await publishAll({ url: bareUrl, ...load, publishes, topic, body: batch })),
      );
    }

    const alarmTimes = await publishToAlarm(lifeline.url, ourUrl, api.token, username, password);
    const bareTimes = await publishToSubscriber(bareUrl);
    const figures = {
      ...medians(ours),
      publishToAlarmP50Ms: round(quantile(alarmTimes, 0.5)),
      publishToAlarmP99Ms: round(quantile(alarmTimes, 0.99)),
    };
    const baseline = {
      ...medians(theirs),
      publishToAlarmP50Ms: round(quantile(bareTimes, 0.5)),
      publishToAlarmP99Ms: round(quantile(bareTimes, 0.99)),
    };
    return { bench: 'ingest', figures, baseline, ratio: ratioOf(figures, baseline) };
  } finally {
    bare.kill();
    await lifeline.stop();
  }
}

function medians(rounds: Record<string, number[]>): Record<string, number> {
  return Object.fromEntries(Object.entries(rounds).map(([key, values]) => [key, round(quantile(values, 0.5))]));
}

async function registerBenchDevice(api: Api): Promise<{ username: string; password: string }> {
  const sensor = { unit: 'kPa', lon: 118.31, lat: 32.3, intervalS: 60 };
  await api.post('/devices', {
    deviceId: 'bench-1',
    utility: 'gas',
    name: 'Benchmark',
    sensors: [
      { ...sensor, channel: 'pressure', name: 'Pressure' },
      ...Array.from({ length: ALARMS }, (_, i) => ({
        ...sensor,
        channel: `outlet-${i}`,
        name: `Outlet ${i}`,
        limits: { high: 500, deadband: 0, onDelayS: 0, offDelayS: 0 },
      })),
    ],
  });
  return api.post('/devices/bench-1/credential');
}

/** Milliseconds from each publish over a limit to the alarm event at a page's socket. */
async function publishToAlarm(
  httpUrl: string,
  mqttUrl: string,
  token: string,
  username: string,
  password: string,
): Promise<number[]> {
  const socket = io(`${httpUrl}${LIVE_NAMESPACE}`, { auth: { token }, transports: ['websocket'] });
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  const client = await openClient(mqttUrl, 'bench-alarm', username, password);
  const times: number[] = [];
  for (let i = 0; i < ALARMS; i++) {
    const sensorId = `bench-1/outlet-${i}`;
    const raised = new Promise<void>((resolve) => {
      const take = (alarm: LiveAlarm) => {
        if (alarm.sensorId !== sensorId || alarm.rule !== 'limit') return;
        socket.off('alarm', take);
        resolve();
      };
      socket.on('alarm', take);
    });
    const begin = performance.now();
    client.publish(telemetryTopic('gas', 'bench-1'), JSON.stringify({ values: { [`outlet-${i}`]: 600 } }), { qos: 1 });
    await raised;
    times.push(performance.now() - begin);
  }
  socket.disconnect();
  await client.endAsync(true);
  return times;
}

async function publishToSubscriber(url: string): Promise<number[]> {
  const subscriber = await openClient(url, 'bench-subscriber');
  const publisher = await openClient(url, 'bench-publisher');
  await subscriber.subscribeAsync('lifeline/v1/+/+/telemetry', { qos: 1 });
  const times: number[] = [];
  for (let i = 0; i < ALARMS; i++) {
    const came = new Promise<void>((resolve) => subscriber.once('message', () => resolve()));
    const begin = performance.now();
    publisher.publish('lifeline/v1/gas/bench-1/telemetry', JSON.stringify({ values: { outlet: 600 } }), { qos: 1 });
    await came;
    times.push(performance.now() - begin);
  }
  await Promise.all([subscriber.endAsync(true), publisher.endAsync(true)]);
  return times;
}
