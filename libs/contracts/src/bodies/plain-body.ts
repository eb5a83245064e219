import { isChannelName } from './channel-name.js';
import type { DecodedReadings } from './decoded-readings.js';
import { describeValue, quote } from './describe-value.js';
import { looksLikeSenml } from './senml-record.js';
import { readTimestampMs, whyBadTimestamp } from './timestamp.js';

const SHAPE = 'send {"ts": 1690675200000, "values": {"pressure": 312.4}} or an array of these';

/**
 * Reads one `{ts, values}`. Other keys are ignored.
 * @param index its place in a batch, for rejects; -1 where it stands alone
 */
export function decodePlain(element: unknown, arrivedAtMs: number, into: DecodedReadings, index: number): void {
  if (typeof element !== 'object' || element === null || Array.isArray(element)) {
    into.reject('wrong-shape', `expected an object${inElement(index)}, got ${describeValue(element)}: ${SHAPE}`);
    return;
  }
  const { ts, values } = element as { ts?: unknown; values?: unknown };
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    into.reject(
      'wrong-shape',
      `"values" must be an object of channels${inElement(index)}, got ${describeValue(values)}: ${looksLikeSenml(element) ? 'SenML goes into an array' : SHAPE}`,
    );
    return;
  }
  let measuredAtMs = arrivedAtMs;
  if (ts !== undefined) {
    measuredAtMs = readTimestampMs(ts);
    if (Number.isNaN(measuredAtMs)) {
      into.reject(
        'bad-timestamp',
        `${whyBadTimestamp(ts)}${inElement(index)}`,
        Math.max(1, Object.keys(values).length),
      );
      return;
    }
  }
  let channels = 0;
  for (const channel in values) {
    channels++;
    const value = (values as Record<string, unknown>)[channel];
    // v - v is 0 for every finite number: cheaper than Number.isFinite on a value of unknown type.
    if (typeof value === 'number' && value - value === 0 && isChannelName(channel)) {
      into.push(channel, measuredAtMs, value, undefined);
    } else {
      rejectValue(channel, value, into, inElement(index));
    }
  }
  if (channels === 0) into.reject('wrong-shape', `"values" holds no channel${inElement(index)}: ${SHAPE}`);
}

/** Made only for a reject: the good way makes no text. */
function inElement(index: number): string {
  return index < 0 ? '' : ` in element ${index}`;
}

/** Rejects one value by what is wrong with it; shared by all bodies. */
export function rejectValue(channel: string, value: unknown, into: DecodedReadings, where: string): void {
  const name = `channel ${quote(channel)}${where}`;
  if (!isChannelName(channel)) {
    const pattern = '1 to 64 letters, digits, ".", "_" or "-", starting with a letter or digit';
    into.reject('unknown-channel', `${name} is no name of a channel: it must be ${pattern}`);
  } else if (typeof value === 'number') {
    into.reject(
      'not-a-number',
      `${name} is NaN, infinite or beyond the range of numbers: leave out what was not measured`,
    );
  } else {
    into.reject('wrong-type', `${name} is ${describeValue(value)}: send a number without quotes`);
  }
}
