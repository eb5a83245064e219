import type { NewDevice } from '@lifeline/contracts';
import { hashText } from '@lifeline/city';
import type { Fault, FaultBook } from './fault-book.js';
import { SensorFaults, type TypedSensor } from './sensor-faults.js';

/** One reading out: the number of the sensor in `Simulator.sensors`, the time its device states, its value in the sensor's unit. */
export type Emit = (sensor: number, tMs: number, value: number) => void;

export interface SimulatedSensor {
  /** `deviceId/channel`. */
  readonly sensorId: string;
  readonly deviceId: string;
  readonly channel: string;
  readonly intervalMs: number;
}

/** Steps through time and gives each sensor's value at its interval. */
export interface Simulator {
  readonly sensors: readonly SimulatedSensor[];
  /**
   * Goes on to `tMs` and emits all readings due by then, in the order in which they are sent: that of time, but where a clock is
   * wrong or a gateway late. How the time is cut into steps changes nothing.
   */
  step(tMs: number, emit: Emit): void;
  inject(fault: Fault): void;
}

/** What a lifeline knows of a sensor: its value at a time; NaN says nothing now (silence). Asked in order of time. */
export type ValueAt = (tMs: number) => number;

export interface SimulatorParts {
  readonly startMs: number;
  readonly devices: readonly NewDevice[];
  readonly intervalScale?: number;
  readonly faults: FaultBook;
  /** The value of a sensor; undefined where the lifeline does not simulate it. */
  readonly valueOf: (device: NewDevice, sensor: NewDevice['sensors'][number]) => ValueAt | undefined;
  /** Carries models with a memory on to `tMs`; called every 200 ms, times the interval scale. */
  readonly advance?: (tMs: number) => void;
}

const TICK_MS = 200;
/** All sensors have spoken once within this time. */
const FIRST_WITHIN_MS = 4000;
const FORGET_AFTER_MS = 2 * 3_600_000;

interface Scheduled extends SimulatedSensor, TypedSensor {
  readonly everyTicks: number;
}

interface Held {
  readonly sensor: number;
  readonly statedMs: number;
  readonly value: number;
  readonly untilMs: number;
}

/** The common part of all simulators: a wheel of ticks, the faults of sensors, and the order of time. */
export function createSimulator(parts: SimulatorParts): Simulator {
  const { startMs, faults } = parts;
  // A tick grows with the intervals, so that a rehearsal of days costs no more than its readings.
  const tickMs = TICK_MS * (parts.intervalScale ?? 1);
  const sensors: Scheduled[] = [];
  const wheel = new Map<number, number[]>();
  const due = (tick: number, sensor: number): void => {
    const list = wheel.get(tick);
    if (list) list.push(sensor);
    else wheel.set(tick, [sensor]);
  };
  for (const device of parts.devices) {
    // One phase for the whole device, so that channels that are due together go out together.
    const shortestS = Math.min(...device.sensors.map(({ intervalS }) => intervalS ?? 60));
    const phaseTicks = Math.max(1, Math.min((shortestS * 1000) / TICK_MS, FIRST_WITHIN_MS / TICK_MS));
    const phase = hashText(device.deviceId) % Math.floor(phaseTicks);
    for (const sensor of device.sensors) {
      const valueAt = parts.valueOf(device, sensor);
      if (!valueAt) continue;
      const everyTicks = Math.max(1, Math.round(((sensor.intervalS ?? 60) * 1000) / TICK_MS));
      const sensorId = `${device.deviceId}/${sensor.channel}`;
      due(phase, sensors.length);
      sensors.push({
        sensorId,
        deviceId: device.deviceId,
        channel: sensor.channel,
        intervalMs: everyTicks * tickMs,
        valueAt,
        everyTicks,
        key: hashText(sensorId),
        type: sensor.type ?? sensor.unit,
        last: NaN,
      });
    }
  }
  const sensorFaults = new SensorFaults(faults, sensors, parts.devices);
  let tick = 0;
  let held: Held[] = [];

  function sample(number: number, tMs: number, emit: Emit): void {
    const sensor = sensors[number]!;
    const value = sensorFaults.valueOf(sensor, tMs);
    if (Number.isNaN(value)) return;
    sensor.last = value;
    const statedMs = sensorFaults.statedMs(sensor, tMs);
    const untilMs = sensorFaults.heldUntilMs(sensor, tMs);
    if (Number.isNaN(untilMs)) emit(number, statedMs, value);
    else held.push({ sensor: number, statedMs, value, untilMs });
  }

  function release(nowMs: number, emit: Emit): void {
    for (const { sensor, statedMs, value, untilMs } of held) if (untilMs <= nowMs) emit(sensor, statedMs, value);
    held = held.filter(({ untilMs }) => untilMs > nowMs);
  }

  return {
    sensors,
    inject: (fault) => sensorFaults.inject(fault),
    step(tMs, emit) {
      for (; startMs + tick * tickMs <= tMs; tick++) {
        const now = startMs + tick * tickMs;
        parts.advance?.(now);
        if (held.length > 0 && held[0]!.untilMs <= now) release(now, emit);
        if (tick % 3000 === 0) faults.forgetBefore(now - FORGET_AFTER_MS);
        const list = wheel.get(tick);
        if (!list) continue;
        wheel.delete(tick);
        for (const number of list) {
          sample(number, now, emit);
          due(tick + sensors[number]!.everyTicks, number);
        }
      }
    },
  };
}
