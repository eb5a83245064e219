import type { Sensor } from '@lifeline/contracts';
import { createDetectionEngine, createLimitEngine, type DetectionEngine } from '@lifeline/detection';
import type { ReadingBlock } from '@lifeline/readings';

/**
 * Microseconds a reading of the detector's whole engine (limits, rates, silence, and the learned past of each sensor) and of limits
 * alone, and bytes of state a sensor, beside JSON.parse of the same readings as they come over MQTT. 20,000 sensors send a reading a
 * minute, in blocks of 1,000: a device its four channels in one message, devices in an order that no cache foresees; half of the
 * sensors have a rate limit. All are warm: they have a day and a
 * half behind them. Rounds alternate in one process; medians are given. Time is the processor's, all threads, so that what else runs
 * on the machine counts less.
 */
const SENSORS = 20_000;
const BLOCK = 1_000;
const SENSORS_A_DEVICE = 4;
const DEVICES = SENSORS / SENSORS_A_DEVICE;
const ROUNDS = 3;
/** Readings a sensor in a round: an hour, so that the work of an hour's end is in it. */
const MINUTES = 60;
const WARM_UP_READINGS = 210;
const WARM_UP_STEP_MS = 600_000;
const START_MS = 1_750_000_000_000;
const STEP_MS = 60_000;

export interface LiveFigures {
  readonly whole: number;
  readonly limits: number;
  readonly parse: number;
  readonly bytesPerSensor: number;
}

export function measureLiveEngine(): LiveFigures {
  const whole = createDetectionEngine();
  const limits = createLimitEngine();
  const sensors = Array.from({ length: SENSORS }, (_, i) => sensorOf(i + 1));
  for (const sensor of sensors) {
    whole.putSensor(sensor);
    limits.putSensor(sensor);
  }
  let nowMs = START_MS;
  for (let i = 0; i < WARM_UP_READINGS; i++) {
    nowMs += WARM_UP_STEP_MS;
    for (const block of minuteOf(nowMs)) {
      whole.feed(block, []);
      limits.feed(block, []);
    }
  }
  const times = { whole: [] as number[], limits: [] as number[], parse: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    const spent = { whole: 0, limits: 0, parse: 0 };
    for (let minute = 0; minute < MINUTES; minute++) {
      nowMs += STEP_MS;
      const blocks = minuteOf(nowMs);
      spent.whole += feeding(whole, blocks);
      spent.limits += feeding(limits, blocks);
      // Making the texts is not timed; a tenth of them tell enough.
      if (minute % 10 === 0) spent.parse += 10 * parsing(blocks);
    }
    for (const key of ['whole', 'limits', 'parse'] as const) times[key].push(spent[key] / (SENSORS * MINUTES));
  }
  return {
    whole: median(times.whole),
    limits: median(times.limits),
    parse: median(times.parse),
    bytesPerSensor: Math.round(whole.checkpoint().byteLength / SENSORS),
  };
}

function feeding(engine: Pick<DetectionEngine, 'feed'>, blocks: readonly ReadingBlock[]): number {
  const startedUs = processorUs();
  for (const block of blocks) engine.feed(block, []);
  return processorUs() - startedUs;
}

function processorUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function parsing(blocks: readonly ReadingBlock[]): number {
  const texts = blocks.flatMap((block) =>
    Array.from(block.value, (value, i) => JSON.stringify({ ts: block.measuredAtMs[i], values: { pressure: value } })),
  );
  let parsed = 0;
  const startedUs = processorUs();
  for (const text of texts) parsed += (JSON.parse(text) as { ts: number }).ts > 0 ? 1 : 0;
  const spentUs = processorUs() - startedUs;
  if (parsed !== texts.length) throw new Error('the benchmark measured nothing');
  return spentUs;
}

/** Every sensor's reading of a minute; devices in an order that jumps through memory (7919 is prime to their number). */
function minuteOf(atMs: number): ReadingBlock[] {
  return Array.from({ length: SENSORS / BLOCK }, (_, block) => {
    const sensorNo = Uint32Array.from({ length: BLOCK }, (_, i) => {
      const at = block * BLOCK + i;
      const device = (Math.floor(at / SENSORS_A_DEVICE) * 7919) % DEVICES;
      return device * SENSORS_A_DEVICE + (at % SENSORS_A_DEVICE) + 1;
    });
    return {
      arrivedAtMs: atMs + 500,
      inlet: 'bench',
      sensorNo,
      measuredAtMs: new Float64Array(BLOCK).fill(atMs),
      value: Float64Array.from(sensorNo, (no) => valueOf(no, atMs)),
      mark: new Uint8Array(BLOCK),
    };
  });
}

/** A daily course, each sensor at its own hour, with noise from a fixed sequence. */
function valueOf(no: number, atMs: number): number {
  const noise = (Math.imul(no * 31 + atMs / STEP_MS, 2654435761) >>> 0) / 2 ** 32 - 0.5;
  const day = (atMs / 86_400_000) * 2 * Math.PI;
  return Math.round((2.4 + 0.2 * Math.sin(day + no) + 0.1 * noise) * 1000) / 1000;
}

function sensorOf(sensorNo: number): Sensor {
  const deviceId = `dev-${Math.ceil(sensorNo / SENSORS_A_DEVICE)}`;
  const channel = `p${sensorNo % SENSORS_A_DEVICE}`;
  const hasRate = sensorNo % 2 === 0;
  return {
    sensorId: `${deviceId}/${channel}`,
    sensorNo,
    deviceId,
    channel,
    utility: 'gas',
    name: 'Outlet pressure',
    unit: 'kPa',
    lon: 117.2,
    lat: 31.8,
    assetId: null,
    type: 'P_LOW',
    intervalS: 60,
    range: { low: 0, high: 10 },
    limits: {
      lowLow: 1.25,
      low: 1.5,
      high: 3,
      highHigh: 3.5,
      deadband: 0.2,
      onDelayS: 15,
      offDelayS: 15,
      ratePerMinute: hasRate ? 0.5 : null,
    },
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
