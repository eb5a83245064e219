import { Decoder, Encoder } from 'cbor-x';
import { DecodedReadings, decodeTelemetry } from '@lifeline/contracts';

/**
 * Readings a second of the decoding of bodies, and microseconds a reading, beside the parser alone (JSON.parse of the same text
 * from the same bytes; for CBOR the decoder of cbor-x): what the checks, the columns and the reasons cost on top. Rounds alternate
 * in one process; medians are given.
 */
const ROUNDS = 9;
/** Readings decoded in one round of one body. */
const READINGS_A_ROUND = 200_000;
const ARRIVED_AT_MS = 1_700_000_000_000;

const CHANNELS = ['pressure', 'flow', 'temperature', 'ch4'] as const;
const SENML = new Encoder({ useRecords: false, mapsAsObjects: false });
const cbor = new Decoder({ useRecords: false, mapsAsObjects: false });
const utf8 = new TextDecoder();

interface Body {
  readonly name: string;
  readonly payload: Uint8Array;
  readonly readings: number;
  /** The bare parser of this body. */
  readonly parse: (payload: Uint8Array) => unknown;
}

const parseJson = (payload: Uint8Array): unknown => JSON.parse(utf8.decode(payload));

export async function run(_options: { readonly data?: string } = {}): Promise<{
  bench: 'decode';
  figures: Record<string, number>;
  baseline: Record<string, number>;
  ratio: Record<string, number>;
}> {
  const bodies = makeBodies();
  const into = new DecodedReadings();
  const ours = (body: Body) => decodeTelemetry(body.payload, ARRIVED_AT_MS, into);
  const theirs = (body: Body) => body.parse(body.payload);
  for (const body of bodies) {
    if (ours(body) !== undefined || into.count !== body.readings) throw new Error(`${body.name} is not read whole`);
    measure(body, ours);
    measure(body, theirs);
  }
  const figures: Record<string, number> = {};
  const baseline: Record<string, number> = {};
  const ratio: Record<string, number> = {};
  for (const body of bodies) {
    const rounds: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
    for (let round = 0; round < ROUNDS; round++) {
      rounds.ours.push(measure(body, ours));
      rounds.theirs.push(measure(body, theirs));
    }
    const [us, them] = [median(rounds.ours), median(rounds.theirs)];
    const perSecond = `${body.name}ReadingsPerSecond`;
    const microseconds = `${body.name}MicrosecondsPerReading`;
    figures[perSecond] = Math.round(1e6 / us);
    baseline[perSecond] = Math.round(1e6 / them);
    figures[microseconds] = round3(us);
    baseline[microseconds] = round3(them);
    ratio[perSecond] = round3(them / us);
    ratio[microseconds] = round3(us / them);
  }
  return { bench: 'decode', figures, baseline, ratio };
}

/** Microseconds a reading over one round. */
function measure(body: Body, decode: (body: Body) => unknown): number {
  const times = Math.ceil(READINGS_A_ROUND / body.readings);
  const startedMs = performance.now();
  for (let i = 0; i < times; i++) decode(body);
  return ((performance.now() - startedMs) * 1000) / (times * body.readings);
}

function makeBodies(): Body[] {
  const element = (n: number) => ({
    ts: 1_690_675_200_000 + n * 1000,
    values: Object.fromEntries(CHANNELS.map((channel, i) => [channel, valueOf(n, i)])),
  });
  const records = Array.from({ length: 25 }, (_, n) =>
    CHANNELS.map((channel, i) => ({ n: channel, v: valueOf(n, i), t: n })),
  ).flat();
  const base = { bn: 'urn:dev:ow:10e2073a01080063:', bt: 1_690_675_200, bu: 'kPa' };
  const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const senml = records.map((record, i) => (i === 0 ? { ...base, ...record } : record));
  const senmlMaps = records.map(
    ({ n, v, t }, i) =>
      new Map<number, unknown>([
        ...(i === 0 ? ([[-2, base.bn], [-3, base.bt], [-4, base.bu]] as const) : []), // prettier-ignore
        [0, n],
        [2, v],
        [6, t],
      ]),
  );
  return [
    { name: 'single', payload: json(element(0)), readings: 4, parse: parseJson },
    {
      name: 'batch',
      payload: json(Array.from({ length: 100 }, (_, n) => element(n))),
      readings: 400,
      parse: parseJson,
    },
    { name: 'senmlJson', payload: json(senml), readings: 100, parse: parseJson },
    {
      name: 'senmlCbor',
      payload: Uint8Array.from(SENML.encode(senmlMaps)),
      readings: 100,
      parse: (payload) => cbor.decode(payload),
    },
  ];
}

/** A value with two or three digits behind the point, as instruments give them. */
function valueOf(n: number, channel: number): number {
  return Math.round((300 / (channel + 1) + Math.sin(n / 7) * 12) * 100) / 100;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function round3(value: number): number {
  return Number(value.toPrecision(3));
}
