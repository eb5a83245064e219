import { connect, type MqttClient } from 'mqtt';

/** A load of QoS 1 publishes over several connections, the same for us and for the bare broker. */

export interface Load {
  readonly url: string;
  readonly connections: number;
  /** Publishes under way at once, a connection. */
  readonly window: number;
  readonly publishes: number;
  readonly topic: string;
  readonly username?: string;
  readonly password?: string;
  /** Body of publish number i. */
  readonly body: (i: number) => string;
}

export async function connectAll(load: Load): Promise<MqttClient[]> {
  return Promise.all(
    Array.from({ length: load.connections }, (_, i) =>
      openClient(load.url, `load-${process.pid}-${i}-${Math.random()}`, load.username, load.password),
    ),
  );
}

export async function openClient(
  url: string,
  clientId: string,
  username?: string,
  password?: string,
): Promise<MqttClient> {
  const client = connect(url, {
    clientId,
    reconnectPeriod: 0,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  });
  await new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve());
    client.once('error', reject);
  });
  return client;
}

/** Publishes all; gives publishes a second, each counted when its PUBACK has come. */
export async function publishAll(load: Load): Promise<number> {
  const clients = await connectAll(load);
  let next = 0;
  const begin = process.hrtime.bigint();
  await Promise.all(
    clients.map(
      (client) =>
        new Promise<void>((resolve, reject) => {
          let underWay = 0;
          const more = () => {
            while (underWay < load.window && next < load.publishes) {
              underWay++;
              client.publish(load.topic, load.body(next++), { qos: 1 }, (error) => {
                if (error) return reject(error);
                underWay--;
                if (next < load.publishes) more();
                else if (underWay === 0) resolve();
              });
            }
            if (underWay === 0 && next >= load.publishes) resolve();
          };
          more();
        }),
    ),
  );
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  await Promise.all(clients.map((client) => client.endAsync(true)));
  return load.publishes / seconds;
}

/** The value below which the share of the sorted sample lies. */
export function quantile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export function ratioOf(
  figures: Readonly<Record<string, number>>,
  baseline: Readonly<Record<string, number>>,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures)
      .filter(([key]) => baseline[key] !== undefined)
      .map(([key, value]) => [key, round(value / baseline[key]!)]),
  );
}

/** Four significant digits: more would only be noise. */
export function round(value: number): number {
  return Number(value.toPrecision(4));
}
