import { Presets, SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError, Option } from 'commander';
import { sensorIdOf, systemClock, UTILITIES, type NewDevice, type Utility } from '@lifeline/contracts';
import {
  BRIDGE_SAMPLE,
  DATE_ORDERS,
  describeRecording,
  DeviceError,
  registrationFor,
  replayCsv,
  type DateOrder,
} from '@lifeline/devices';
import { ApiError, type ApiClient } from '../api-client.js';
import { EXIT, StartError } from '../machine/start-error.js';
import { openApi, withConnection, type ConnectionOptions } from './connection.js';

interface ReplayCommandOptions extends ConnectionOptions {
  readonly mqttUrl?: string;
  readonly speed: number;
  readonly asRecorded?: boolean;
  readonly device?: string;
  readonly utility?: Utility;
  readonly lon?: number;
  readonly lat?: number;
  readonly timeColumn?: string;
  readonly dateOrder?: DateOrder;
  readonly json?: boolean;
}

/** `lifeline replay [file]`: a recording through MQTT, as its device would have sent it. */
export function replayCommand(): Command {
  return withConnection(
    new Command('replay')
      .description('publish a recorded CSV through MQTT; registers its device first')
      .argument(
        '[file]',
        'CSV with a header and a time column (default: the strain of a real bridge whose support is lowered)',
        BRIDGE_SAMPLE,
      ),
  )
    .option('--mqtt-url <address>', 'the broker (default: the one this Lifeline names)')
    .option('--speed <factor>', 'times faster than recorded; `max`: as fast as it is acknowledged', speed, 20)
    .option('--as-recorded', 'keep the recorded times instead of letting it happen now')
    .option('--device <id>', 'device id to publish as')
    .addOption(new Option('--utility <name>', 'lifeline of the device').choices([...UTILITIES]))
    .option('--lon <degrees>', 'longitude of its sensors', Number)
    .option('--lat <degrees>', 'latitude of its sensors', Number)
    .option('--time-column <header>', 'which column holds the time')
    .addOption(
      new Option('--date-order <order>', 'how dates are written, where the file does not tell').choices([
        ...DATE_ORDERS,
      ]),
    )
    .option('--json', 'print the result as JSON')
    .action(async (file: string, options: ReplayCommandOptions) => {
      try {
        await replay(file, options);
      } catch (error) {
        if (error instanceof DeviceError)
          throw new StartError(error.code === 'not-delivered' ? EXIT.unreachable : EXIT.failed, error.message, {
            cause: error,
          });
        throw error;
      }
      process.exit(0);
    });
}

async function replay(file: string, options: ReplayCommandOptions): Promise<void> {
  const recording = await describeRecording(file, { timeColumn: options.timeColumn, dateOrder: options.dateOrder });
  const at = options.lon !== undefined && options.lat !== undefined ? ([options.lon, options.lat] as const) : undefined;
  const device = registrationFor(recording, { deviceId: options.device, utility: options.utility, at });
  const api = await openApi(options);
  await register(api, device);
  const { username, password } = await api.call<{ username: string; password: string }>(
    'POST',
    `/devices/${encodeURIComponent(device.deviceId)}/credential`,
  );
  const { mqtt } = await api.call<{ mqtt: { host: string; port: number } }>('GET', '/city');
  const bar = new SingleBar(
    {
      format: '{bar} {percentage} % | {value} of {total} rows | {acknowledged} readings received | {left} s left',
      stream: process.stderr,
    },
    Presets.shades_classic,
  );
  bar.start(recording.rowsAbout, 0, { acknowledged: 0, left: '?' });
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  let result;
  try {
    result = await replayCsv({
      recording,
      url: options.mqttUrl ?? `mqtt://${mqtt.host}:${mqtt.port}`,
      utility: device.utility,
      deviceId: device.deviceId,
      username,
      password,
      clock: systemClock,
      speed: options.speed,
      times: options.asRecorded ? 'as-recorded' : 'rebased',
      signal: stop.signal,
      onProgress: ({ rows, rowsAbout, acknowledged, etaS }) => {
        bar.setTotal(rowsAbout);
        bar.update(rows, { acknowledged, left: etaS === null ? '?' : Math.round(etaS) });
      },
    });
  } finally {
    bar.stop();
  }
  const sensorIds = device.sensors.map(({ channel }) => sensorIdOf(device.deviceId, channel));
  if (options.json) console.log(JSON.stringify({ ...result, deviceId: device.deviceId, sensorIds }));
  else
    console.log(
      `${result.readings} readings of ${sensorIds.join(', ')} published, ${result.acknowledged} acknowledged${result.gaps > 0 ? `, ${result.gaps} gaps left out` : ''}.`,
    );
}

/** Registers the device, or brings one that is there up to date. */
async function register(api: ApiClient, device: NewDevice): Promise<void> {
  try {
    await api.call('POST', '/devices', device);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 409) throw error;
    await api.call('PATCH', `/devices/${encodeURIComponent(device.deviceId)}`, {
      name: device.name,
      sensors: device.sensors,
    });
  }
}

function speed(text: string): number {
  if (text === 'max') return Infinity;
  const factor = Number(text);
  if (!Number.isFinite(factor) || factor <= 0) throw new InvalidArgumentError('must be a number above 0, or max.');
  return factor;
}
