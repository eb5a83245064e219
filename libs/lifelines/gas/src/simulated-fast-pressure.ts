import type { Asset } from '@lifeline/contracts';
import { normalAt, type Site } from '@lifeline/city';
import {
  lineOf,
  noiseKey,
  numberOf,
  placeOnLine,
  type Emit,
  type Fault,
  type FaultBook,
  type Simulator,
  type ValueAt,
} from '@lifeline/lifeline-kit';
import { ATMOSPHERE_KPA, densityKgM3, holeFlowM3h, METHANE } from './physics/natural-gas.js';
import type { SimulatedNetwork } from './simulated-network.js';

/** Noise of a fast transmitter, kPa; it follows itself over 10 ms. */
const NOISE_KPA = 0.01;
/** A front is as long as the hole takes to open and the pipe spreads it. */
const FRONT_MS = 30;
/** The wave fades into the slow fall around the leak. */
const FADES_S = 40;
/** The instrument keeps 100 Hz in its memory and sends the record around an event; at rest it sends a value each interval. */
const FAST_STEP_MS = 10;
const RECORD_BEFORE_MS = 1500;
const RECORD_AFTER_MS = 4500;
/** Between the ticks of the simulator, so that no time comes twice. */
const OFF_TICK_MS = 5;

interface FastPoint {
  readonly sensorId: string;
  readonly pipe: Asset;
  readonly site: Site;
  readonly alongM: number;
  readonly key: number;
}

interface FastRecord {
  readonly pipeId: string;
  nextMs: number;
  readonly untilMs: number;
}

/** Fast pressure points on mains: the pressure wave of a sudden leak, at 100 Hz around it. */
export class FastPressure {
  private readonly points: FastPoint[] = [];
  private records: FastRecord[] = [];

  constructor(
    private readonly network: SimulatedNetwork,
    private readonly faults: FaultBook,
    private readonly seed: string,
  ) {}

  /** A point on a pipe; its value in kPa at any time. */
  add(sensorId: string, pipe: Asset, site: Site, at: readonly [number, number]): ValueAt {
    const { alongM } = placeOnLine(lineOf(pipe), at);
    const point: FastPoint = { sensorId, pipe, site, alongM, key: noiseKey(this.seed, sensorId, 'fast') };
    this.points.push(point);
    return (tMs) => this.pressureKpa(point, tMs);
  }

  private pressureKpa(point: FastPoint, tMs: number): number {
    const noise = NOISE_KPA * normalAt(point.key, Math.floor(tMs / FAST_STEP_MS) & 0x3fffffff);
    let value = this.network.pressureMpa(point.site, tMs) * 1000 + noise;
    for (const fault of this.faults.ofKind('leak')) value -= this.waveKpa(fault, point, tMs);
    return value;
  }

  /** Fall by the wave of a leak on the point's own pipe: Δp = ρ a Δv, half of what leaves to either side (Joukowsky). */
  private waveKpa(fault: Fault, { pipe, site, alongM }: FastPoint, tMs: number): number {
    if (tMs < fault.startMs) return 0;
    const place = this.network.placeOf(fault);
    if (place?.pipe !== pipe) return 0;
    const waveSpeedMs = numberOf(pipe, 'waveSpeedMs');
    const arrivalMs = fault.startMs + (Math.abs(place.alongM - alongM) / waveSpeedMs) * 1000;
    const kpa = this.network.pressureMpa(site, fault.startMs) * 1000;
    const hole = holeFlowM3h(fault.parameters['holeMm'] ?? 10, kpa);
    const areaM2 = (Math.PI / 4) * (numberOf(pipe, 'diameterMm') / 1000) ** 2;
    const inPipeM3S = (hole / 3600) * (ATMOSPHERE_KPA / (kpa + ATMOSPHERE_KPA));
    const height = (densityKgM3(kpa + ATMOSPHERE_KPA, METHANE) * waveSpeedMs * inPipeM3S) / (2 * areaM2) / 1000;
    const front = 1 / (1 + Math.exp((-4 * (tMs - arrivalMs)) / FRONT_MS));
    return height * front * Math.exp(-Math.max(0, tMs - arrivalMs) / 1000 / FADES_S);
  }

  /** The simulator with the records of its fast points between its readings, in order of time. */
  alongside(simulator: Simulator): Simulator {
    if (this.points.length === 0) return simulator;
    const numbers = new Map(simulator.sensors.map(({ sensorId }, number) => [sensorId, number]));
    let reachedMs = -Infinity;
    return {
      sensors: simulator.sensors,
      inject: (fault) => {
        simulator.inject(fault);
        const pipeId = fault.kind === 'leak' ? this.network.placeOf(fault)?.pipe.assetId : undefined;
        if (pipeId === undefined || !this.points.some(({ pipe }) => pipe.assetId === pipeId)) return;
        const fromMs = Math.max(fault.startMs - RECORD_BEFORE_MS, reachedMs + FAST_STEP_MS);
        const nextMs = Math.ceil(fromMs / FAST_STEP_MS) * FAST_STEP_MS + OFF_TICK_MS;
        this.records.push({ pipeId, nextMs, untilMs: fault.startMs + RECORD_AFTER_MS });
      },
      step: (tMs, emit) => {
        for (let record = this.nextRecord(tMs); record; record = this.nextRecord(tMs)) {
          simulator.step(record.nextMs, emit);
          this.emitRecord(record.pipeId, record.nextMs, numbers, emit);
          record.nextMs += FAST_STEP_MS;
        }
        simulator.step(tMs, emit);
        reachedMs = Math.max(reachedMs, tMs);
        this.records = this.records.filter((record) => record.nextMs <= record.untilMs);
      },
    };
  }

  /** The record whose next sample is due first, by `tMs`. */
  private nextRecord(tMs: number): FastRecord | undefined {
    let first: FastRecord | undefined;
    for (const record of this.records)
      if (record.nextMs <= Math.min(tMs, record.untilMs) && (!first || record.nextMs < first.nextMs)) first = record;
    return first;
  }

  private emitRecord(pipeId: string, tMs: number, numbers: ReadonlyMap<string, number>, emit: Emit): void {
    for (const point of this.points) {
      const number = numbers.get(point.sensorId);
      if (point.pipe.assetId !== pipeId || number === undefined) continue;
      if (this.faults.active(point.sensorId, 'offline', tMs)) continue;
      emit(number, tMs, this.pressureKpa(point, tMs));
    }
  }
}
