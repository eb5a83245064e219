import { UTILITIES, type Utility } from './vocabulary.js';

/**
 * All sensors of a city as columns, for the map: some 30 bytes a sensor and no object. The gateway serves it as
 * `/map/sensors.bin`, and the states alone, in the same order, as `/map/states.bin`. Numbers are in the order of bytes of
 * the machines that Lifeline runs on (little-endian).
 */

/** "LSM1" */
const MAGIC = 0x314d534c;
const HEADER_WORDS = 8;
/** Of a sensor that belongs to no asset. */
export const NO_ASSET = 0xffffffff;
const DEGREE = 1e7;

/** Bits of a sensor's state: nothing heard for longer than allowed; the newest reading is of bad quality. */
export const STATE_SILENT = 1;
export const STATE_BAD = 2;

export interface MapSensor {
  readonly sensorId: string;
  readonly sensorNo: number;
  readonly utility: Utility;
  readonly lon: number;
  readonly lat: number;
  readonly assetId: string | null;
  /** `STATE_…` bits. */
  readonly state: number;
}

/** As decoded; the sensors are in the order of their ids (by code unit, as `<` compares). */
export interface MapSensors {
  /** Changes with every change of the registry; the states of one version fit no other. */
  readonly version: number;
  readonly count: number;
  readonly sensorNo: Uint32Array;
  /** Degrees times ten million. */
  readonly lon: Int32Array;
  readonly lat: Int32Array;
  /** Number of the asset in `assetIds`, or `NO_ASSET`. */
  readonly asset: Uint32Array;
  /** Number of the utility in UTILITIES. */
  readonly utility: Uint8Array;
  readonly state: Uint8Array;
  readonly assetIds: readonly string[];
  sensorId(index: number): string;
  /** The sensor's number in the columns, -1 where it is none of them: a binary search, no table. */
  indexOf(sensorId: string): number;
}

/** Longitude or latitude in degrees. */
export function degrees(column: Int32Array, index: number): number {
  return column[index]! / DEGREE;
}

/** @param sensors in the order of their ids */
export function encodeMapSensors(version: number, sensors: readonly MapSensor[]): Uint8Array<ArrayBuffer> {
  const count = sensors.length;
  const text = new TextEncoder();
  const assetNos = new Map<string, number>();
  for (const { assetId } of sensors)
    if (assetId !== null && !assetNos.has(assetId)) assetNos.set(assetId, assetNos.size);
  const ids = text.encode(sensors.map(({ sensorId }) => sensorId).join('\n'));
  const assets = text.encode([...assetNos.keys()].join('\n'));
  const words = HEADER_WORDS + 5 * count;
  const bytes = new Uint8Array(words * 4 + 2 * count + ids.length + assets.length);
  const table = new Uint32Array(bytes.buffer, 0, words);
  table.set([MAGIC, version, count, ids.length, assets.length]);
  let idEnd = 0;
  sensors.forEach(({ sensorId, sensorNo, utility, lon, lat, assetId, state }, i) => {
    // Ids are letters, digits, ".", "_", "-" and a slash (`topics.ts`): a byte each.
    idEnd += sensorId.length + 1;
    const at = HEADER_WORDS + i;
    table[at] = sensorNo;
    table[at + count] = Math.round(lon * DEGREE);
    table[at + 2 * count] = Math.round(lat * DEGREE);
    table[at + 3 * count] = assetId === null ? NO_ASSET : assetNos.get(assetId)!;
    table[at + 4 * count] = idEnd;
    bytes[words * 4 + i] = UTILITIES.indexOf(utility);
    bytes[words * 4 + count + i] = state;
  });
  bytes.set(ids, words * 4 + 2 * count);
  bytes.set(assets, words * 4 + 2 * count + ids.length);
  return bytes;
}

/** @throws RangeError where the bytes are no such columns */
export function decodeMapSensors(buffer: ArrayBuffer): MapSensors {
  if (buffer.byteLength < HEADER_WORDS * 4) throw new RangeError(`sensors for the map: ${buffer.byteLength} bytes`);
  const [magic, version, count, idBytes, assetBytes] = new Uint32Array(buffer, 0, HEADER_WORDS) as unknown as number[];
  const whole = (HEADER_WORDS + 5 * count!) * 4 + 2 * count! + idBytes! + assetBytes!;
  if (magic !== MAGIC || whole !== buffer.byteLength) {
    throw new RangeError(`sensors for the map: ${buffer.byteLength} bytes that are no columns of this version`);
  }
  const column = (number: number) => (HEADER_WORDS + number * count!) * 4;
  const idEnd = new Uint32Array(buffer, column(4), count);
  const ids = new Uint8Array(buffer, column(5) + 2 * count!, idBytes);
  const assets = new Uint8Array(buffer, column(5) + 2 * count! + idBytes!, assetBytes);
  const text = new TextDecoder();
  const sensorId = (index: number): string =>
    text.decode(ids.subarray(index === 0 ? 0 : idEnd[index - 1]!, idEnd[index]! - 1));
  return {
    version: version!,
    count: count!,
    sensorNo: new Uint32Array(buffer, column(0), count),
    lon: new Int32Array(buffer, column(1), count),
    lat: new Int32Array(buffer, column(2), count),
    asset: new Uint32Array(buffer, column(3), count),
    utility: new Uint8Array(buffer, column(5), count),
    state: new Uint8Array(buffer, column(5) + count!, count),
    assetIds: assetBytes === 0 ? [] : text.decode(assets).split('\n'),
    sensorId,
    indexOf(wanted) {
      let low = 0;
      let high = count! - 1;
      while (low <= high) {
        const middle = (low + high) >> 1;
        const found = sensorId(middle);
        if (found === wanted) return middle;
        if (found < wanted) low = middle + 1;
        else high = middle - 1;
      }
      return -1;
    },
  };
}

/** The states alone: the version, then a byte a sensor. */
export function encodeMapStates(version: number, states: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 + states.length);
  new DataView(bytes.buffer).setUint32(0, version, true);
  bytes.set(states, 4);
  return bytes;
}

/** The states, or undefined where they are of another version than the columns. */
export function decodeMapStates(
  buffer: ArrayBuffer,
  of: Pick<MapSensors, 'version' | 'count'>,
): Uint8Array | undefined {
  if (buffer.byteLength !== of.count + 4 || new DataView(buffer).getUint32(0, true) !== of.version) return undefined;
  return new Uint8Array(buffer, 4);
}
