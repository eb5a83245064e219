import { telemetryTopic, type Clock, type NewDevice, type Utility } from '@lifeline/contracts';
import { buildCity, type City } from '@lifeline/city';
import { createCircumstances, type Emit, type Simulator } from '@lifeline/lifeline-kit';
import { DeviceError } from './device-error.js';
import { LIFELINES } from './lifelines.js';
import { planDevices } from './plan-devices.js';
import { rounded, writeBodies, type BodyFormat, type Entry } from './publishing/bodies.js';
import { DeviceConnection } from './publishing/device-connection.js';
import { ScenarioRunner } from './scenario/runner.js';
import type { Scenario } from './scenario/schema.js';

export interface SimulatedCityOptions {
  /** Broker, e.g. `mqtt://127.0.0.1:1883`. */
  readonly url: string;
  readonly seed: string | number;
  /** Scale of the city, 1 by default. */
  readonly scale?: number;
  /** The city of that seed and scale, where the caller has it already. */
  readonly city?: City;
  /** As `planDevices` gave them (and as they are registered); missing: planned here from the seed and scale. */
  readonly devices?: readonly NewDevice[];
  /** Password of each device that connects by itself (`connectingDevices`). */
  readonly credentials: ReadonlyMap<string, string>;
  readonly clock: Clock;
  readonly scenario?: Scenario;
  /** How many times faster than the clock the city lives; the times of readings stay the clock's. Default 1. */
  readonly speed?: number;
  /** Told every two seconds. */
  readonly onStatus?: (status: SimulatedCityStatus) => void;
}

export interface SimulatedCityStatus {
  readonly atMs: number;
  readonly sensors: number;
  readonly devices: number;
  readonly connections: number;
  readonly connected: number;
  /** Readings made, and messages as they went, since the start. */
  readonly readings: number;
  readonly published: number;
  readonly acknowledged: number;
  readonly dropped: number;
  readonly unacknowledged: number;
  /** Faults of the scenario in force. */
  readonly faults: readonly { readonly kind: string; readonly target: string; readonly endsAtMs: number }[];
  /** Why a connection fails, the newest; null while all is well. */
  readonly lastError: string | null;
}

export interface SimulatedCity {
  stop(): Promise<void>;
  status(): SimulatedCityStatus;
}

const STEP_MS = 200;
const STATUS_MS = 2000;
/** A gateway that batches holds readings no longer than this. */
const BATCH_MS = 4500;
const BATCH_ENTRIES = 3;

interface DevicePublisher {
  readonly topic: string;
  readonly format: BodyFormat;
  readonly connection: DeviceConnection;
  readonly unitOf: (channel: string) => string;
  entries: Entry[];
  spoken: boolean;
}

/**
 * Starts the devices of the simulated city: each gateway and standalone device its own MQTT client, readings by the lifelines'
 * simulators, faults by the scenario. The first readings of all sensors are made within four seconds. Survives the
 * broker's restarts.
 * @throws DeviceError `missing-credential` naming the device, `unknown-target` where the scenario does not fit the city
 */
export function startSimulatedCity(options: SimulatedCityOptions): SimulatedCity {
  const { clock } = options;
  const city = options.city ?? buildCity(options.seed, options.scale);
  const devices = options.devices ?? planDevices(city, options.seed);
  const speed = options.speed ?? 1;
  const startMs = Math.ceil(clock.nowMs() / STEP_MS) * STEP_MS;
  const connections = connectAll(options.url, devices, options.credentials);
  const circumstances = createCircumstances(String(options.seed));
  const publishers = new Map<string, DevicePublisher>();
  const simulators = new Map<Utility, Simulator>();
  const feeds: { simulator: Simulator; emit: Emit }[] = [];
  const dirty = new Set<DevicePublisher>();
  let readings = 0;

  for (const device of devices) {
    if (device.sensors.length === 0) continue;
    publishers.set(device.deviceId, makePublisher(device, connections.get(device.gatewayId ?? device.deviceId)!));
  }
  for (const lifeline of LIFELINES) {
    const own = devices.filter(({ utility }) => utility === lifeline.utility);
    const simulator = lifeline.simulate(city, own, {
      seed: String(options.seed),
      startMs,
      weather: circumstances.weather,
      demand: circumstances.demand,
      intervalScale: speed,
    });
    simulators.set(lifeline.utility, simulator);
    feeds.push({ simulator, emit: emitInto(simulator) });
  }
  const runner = options.scenario
    ? new ScenarioRunner(options.scenario, city, devices, simulators, circumstances, startMs)
    : undefined;

  function emitInto(simulator: Simulator): Emit {
    const bySensor = simulator.sensors.map(({ deviceId }) => publishers.get(deviceId)!);
    const channels = simulator.sensors.map(({ channel }) => channel);
    return (sensor, cityMs, value) => {
      readings++;
      const publisher = bySensor[sensor]!;
      const ts = Math.round(startMs + (cityMs - startMs) / speed);
      const last = publisher.entries[publisher.entries.length - 1];
      if (last && last.ts === ts) last.values[channels[sensor]!] = rounded(value);
      else publisher.entries.push({ ts, values: { [channels[sensor]!]: rounded(value) } });
      dirty.add(publisher);
    };
  }

  function step(): void {
    const nowMs = clock.nowMs();
    const cityMs = startMs + (nowMs - startMs) * speed;
    runner?.advance(cityMs);
    for (const { simulator, emit } of feeds) simulator.step(cityMs, emit);
    for (const publisher of dirty) {
      if (holdsBack(publisher, nowMs)) continue;
      flush(publisher);
      dirty.delete(publisher);
    }
  }

  function status(): SimulatedCityStatus {
    const all = [...connections.values()];
    const sum = (count: (connection: DeviceConnection) => number): number =>
      all.reduce((total, connection) => total + count(connection), 0);
    const nowMs = clock.nowMs();
    const active = runner?.activeAt(startMs + (nowMs - startMs) * speed) ?? [];
    return {
      atMs: nowMs,
      sensors: feeds.reduce((total, { simulator }) => total + simulator.sensors.length, 0),
      devices: publishers.size,
      connections: all.length,
      connected: all.filter(({ connected }) => connected).length,
      readings,
      published: sum(({ counts }) => counts.published),
      acknowledged: sum(({ counts }) => counts.acknowledged),
      dropped: sum(({ counts }) => counts.dropped),
      unacknowledged: sum(({ unacknowledged }) => unacknowledged),
      faults: active.map(({ fault }) => ({
        kind: fault.kind,
        target: fault.target,
        endsAtMs: Math.round(startMs + (fault.endMs - startMs) / speed),
      })),
      lastError: all.find(({ lastError }) => lastError !== undefined)?.lastError ?? null,
    };
  }

  const stepTimer = setInterval(step, STEP_MS);
  const statusTimer = options.onStatus ? setInterval(() => options.onStatus?.(status()), STATUS_MS) : undefined;
  return {
    status,
    async stop() {
      clearInterval(stepTimer);
      clearInterval(statusTimer);
      for (const publisher of dirty) flush(publisher);
      await Promise.all([...connections.values()].map((connection) => connection.end()));
    },
  };
}

function connectAll(
  url: string,
  devices: readonly NewDevice[],
  credentials: ReadonlyMap<string, string>,
): Map<string, DeviceConnection> {
  const connecting = devices.filter(({ gatewayId }) => !gatewayId);
  const without = connecting.find(({ deviceId }) => !credentials.has(deviceId));
  if (without) {
    throw new DeviceError(
      'missing-credential',
      `device ${without.deviceId} has no credential: issue one by POST /api/v1/devices/${without.deviceId}/credential`,
    );
  }
  return new Map(
    connecting.map(({ deviceId, utility }) => [
      deviceId,
      new DeviceConnection(url, utility, deviceId, credentials.get(deviceId)!),
    ]),
  );
}

/** Every third gateway batches, every sixth speaks SenML, so that all formats live. */
function formatOf(gatewayId: string | null | undefined): BodyFormat {
  const number = Number(/(\d+)$/.exec(gatewayId ?? '')?.[1] ?? 0);
  return number % 6 === 4 ? 'senml' : number % 3 === 2 ? 'batch' : 'plain';
}

function makePublisher(device: NewDevice, connection: DeviceConnection): DevicePublisher {
  const units = new Map(device.sensors.map(({ channel, unit }) => [channel, unit]));
  return {
    topic: telemetryTopic(device.utility, device.deviceId),
    format: device.gatewayId ? formatOf(device.gatewayId) : 'plain',
    connection,
    unitOf: (channel) => units.get(channel) ?? '1',
    entries: [],
    spoken: false,
  };
}

/** A batching gateway waits for more, but not with the first readings, and not for long. */
function holdsBack({ format, entries, spoken }: DevicePublisher, nowMs: number): boolean {
  if (format !== 'batch' || !spoken || entries.length >= BATCH_ENTRIES) return false;
  return nowMs - (entries[0]?.ts ?? 0) < BATCH_MS;
}

function flush(publisher: DevicePublisher): void {
  for (const body of writeBodies(publisher.format, publisher.entries, publisher.unitOf)) {
    publisher.connection.send(publisher.topic, body);
  }
  publisher.entries = [];
  publisher.spoken = true;
}
