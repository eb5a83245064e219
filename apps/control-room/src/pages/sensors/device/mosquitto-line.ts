import { channelType } from '@lifeline/catalogue';
import { telemetryTopic, type Sensor, type Utility } from '@lifeline/contracts';

/** Channels in one try-out message; a longer line helps nobody. */
const MOST_CHANNELS = 12;

/** Quotes a text for a POSIX shell: nothing within is expanded, and a quote within is kept. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

type Measured = Pick<Sensor, 'channel' | 'type' | 'range' | 'limits'>;

/**
 * A value that raises no alarm: the middle of what is usual for the type, else of the limits, else of the range, rounded
 * to the decimals that the type shows; 1 where nothing is known.
 */
export function plausibleValue(sensor: Measured): number {
  const type = channelType(sensor.type);
  const decimals = type?.decimals ?? 2;
  const { lowLow, low, high, highHigh } = sensor.limits;
  const least = low ?? lowLow ?? sensor.range?.low;
  const most = high ?? highHigh ?? sensor.range?.high;
  const usual =
    type?.usual && within(type.usual.low, least, most) && within(type.usual.high, least, most) ? type.usual : null;
  const from = usual?.low ?? least;
  const to = usual?.high ?? most;
  if (from === undefined || to === undefined) return from ?? to ?? 1;
  return Number(((from + to) / 2).toFixed(Math.max(decimals, decimalsToTell(to - from))));
}

function within(value: number, least: number | undefined, most: number | undefined): boolean {
  return value >= (least ?? Number.NEGATIVE_INFINITY) && value <= (most ?? Number.POSITIVE_INFINITY);
}

/** Enough decimals that rounding keeps the middle between the two ends of a span. */
function decimalsToTell(span: number): number {
  return span > 0 ? Math.min(12, Math.max(0, Math.ceil(-Math.log10(span)) + 1)) : 0;
}

interface Publishing {
  readonly mqtt: { readonly host: string; readonly port: number };
  readonly device: { readonly deviceId: string; readonly utility: Utility; readonly sensors: readonly Measured[] };
  readonly credential: { readonly username: string; readonly password: string };
}

/** A line for a shell that publishes one reading of each channel, as the device will. */
export function mosquittoLine({ mqtt, device, credential }: Publishing): string {
  const values: Record<string, number> = {};
  for (const sensor of device.sensors.slice(0, MOST_CHANNELS)) values[sensor.channel] = plausibleValue(sensor);
  return [
    'mosquitto_pub',
    `-h ${bareOrQuoted(mqtt.host)} -p ${mqtt.port}`,
    `-u ${bareOrQuoted(credential.username)} -P ${shellQuoted(credential.password)}`,
    '-q 1',
    `-t ${bareOrQuoted(telemetryTopic(device.utility, device.deviceId))}`,
    `-m ${shellQuoted(JSON.stringify({ values }))}`,
  ].join(' ');
}

function bareOrQuoted(text: string): string {
  return /^[\w./:@%+-]+$/.test(text) ? text : shellQuoted(text);
}
