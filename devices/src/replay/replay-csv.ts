import { connectAsync, type MqttClient } from 'mqtt';
import { statusTopic, telemetryTopic, type Clock, type Utility } from '@lifeline/contracts';
import { DeviceError } from '../device-error.js';
import { readRows, splitRow } from './csv.js';
import { isNumber, type Recording } from './recording.js';
import { recordedMs } from './recorded-time.js';

export interface ReplayOptions {
  readonly recording: Recording;
  readonly url: string;
  readonly utility: Utility;
  /** The device that the readings belong to. */
  readonly deviceId: string;
  /** Who connects: the device itself, or its gateway. */
  readonly username: string;
  readonly password: string;
  readonly clock: Clock;
  /** Times faster than it was recorded; Infinity: as fast as the broker acknowledges. Default 1. */
  readonly speed?: number;
  /**
   * `rebased` (default) makes the recording happen now: its first row at the start, its time running as fast as it is
   * played; at infinite speed, its last row at the start. `as-recorded` keeps the recorded times.
   */
  readonly times?: 'rebased' | 'as-recorded';
  /** Channels to publish; default all. */
  readonly channels?: readonly string[];
  readonly onProgress?: (progress: ReplayProgress) => void;
  readonly signal?: AbortSignal;
}

export interface ReplayProgress {
  readonly rows: number;
  readonly rowsAbout: number;
  readonly acknowledged: number;
  /** Seconds left; null while nobody can tell. */
  readonly etaS: number | null;
}

export interface ReplayResult {
  /** Rows read, and rows left out because their time could not be read. */
  readonly rows: number;
  readonly rowsWithoutTime: number;
  /** Fields that held no number: no reading was made of them. */
  readonly gaps: number;
  readonly readings: number;
  readonly messages: number;
  /** Readings in messages that the broker acknowledged. */
  readonly acknowledged: number;
  readonly firstMs: number | null;
  readonly lastMs: number | null;
}

/** Messages on their way without an acknowledgement. */
const MOST_OUTSTANDING = 128;
const MOST_ROWS_A_MESSAGE = 100;
/** Rows due within this time go out in one message. */
const GATHER_MS = 100;
const PROGRESS_MS = 500;
const ACKNOWLEDGED_WITHIN_MS = 30_000;

interface Row {
  readonly ts: number;
  readonly values: Record<string, number>;
}

/**
 * Plays a recording through MQTT, reading the file as a stream, with bounded outstanding messages.
 * @throws DeviceError `not-delivered` where the broker cannot be reached, refuses the credential or stops acknowledging
 */
export async function replayCsv(options: ReplayOptions): Promise<ReplayResult> {
  const client = await connected(options);
  const post = new Post(client, telemetryTopic(options.utility, options.deviceId));
  try {
    client.publish(statusTopic(options.utility, options.username), 'online', { qos: 1, retain: true }, () => undefined);
    const result = await play(options, post);
    await post.settled();
    return { ...result, messages: post.messages, acknowledged: post.acknowledged };
  } finally {
    await client.endAsync(true);
  }
}

async function connected({ url, username, password, utility }: ReplayOptions): Promise<MqttClient> {
  try {
    return await connectAsync(
      url,
      {
        clientId: `${username}-replay`,
        username,
        password,
        clean: true,
        connectTimeout: 10_000,
        reconnectPeriod: 1000,
        will: { topic: statusTopic(utility, username), payload: Buffer.from('offline'), qos: 1, retain: true },
      },
      false,
    );
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DeviceError(
      'not-delivered',
      `cannot connect to ${url} as ${username}: ${why}. Check the address and the credential`,
      {
        cause: error,
      },
    );
  }
}

/** Publishes and counts acknowledgements; waits where too many are outstanding. */
class Post {
  messages = 0;
  acknowledged = 0;
  private outstanding = 0;
  private failure: Error | undefined;
  private wake: (() => void) | undefined;

  constructor(
    private readonly client: MqttClient,
    private readonly topic: string,
  ) {}

  async send(rows: readonly Row[], readings: number): Promise<void> {
    while (this.outstanding >= MOST_OUTSTANDING) await this.change();
    this.outstanding++;
    this.messages++;
    this.client.publish(this.topic, JSON.stringify(rows.length === 1 ? rows[0] : rows), { qos: 1 }, (error) => {
      this.outstanding--;
      if (error) this.failure = error;
      else this.acknowledged += readings;
      this.wake?.();
    });
  }

  async settled(): Promise<void> {
    while (this.outstanding > 0) await this.change();
  }

  private async change(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const silent = new Promise<'silent'>((resolve) => {
      timer = setTimeout(() => resolve('silent'), ACKNOWLEDGED_WITHIN_MS);
    });
    const woken = new Promise<'woken'>((resolve) => {
      this.wake = () => resolve('woken');
    });
    const first = await Promise.race([silent, woken]);
    clearTimeout(timer);
    if (this.failure || first === 'silent') {
      const why = this.failure?.message ?? `no acknowledgement for ${ACKNOWLEDGED_WITHIN_MS / 1000} s`;
      throw new DeviceError('not-delivered', `${this.outstanding} messages are not acknowledged: ${why}`);
    }
  }
}

async function play(options: ReplayOptions, post: Post): Promise<Omit<ReplayResult, 'messages' | 'acknowledged'>> {
  const { recording, clock, signal } = options;
  const speed = options.speed ?? 1;
  const columns = recording.columns.filter(({ channel }) => options.channels?.includes(channel) ?? true);
  const beganMs = clock.nowMs();
  let [rows, rowsWithoutTime, gaps, readings, toldMs] = [0, 0, 0, 0, beganMs];
  let firstMs: number | null = null;
  let lastMs: number | null = null;
  let gathered: Row[] = [];
  let gatheredReadings = 0;
  let isHeader = true;

  const timeOf = (atMs: number): number => {
    if (options.times === 'as-recorded') return atMs;
    if (speed === Infinity) return beganMs - (recording.endMs - atMs);
    return Math.round(beganMs + (atMs - recording.startMs) / speed);
  };
  const flush = async (): Promise<void> => {
    if (gathered.length === 0) return;
    await post.send(gathered, gatheredReadings);
    gathered = [];
    gatheredReadings = 0;
  };

  for await (const text of readRows(recording.file)) {
    if (isHeader) {
      isHeader = false;
      continue;
    }
    if (signal?.aborted) break;
    rows++;
    const fields = splitRow(text, recording.delimiter);
    const atMs = recordedMs(fields[recording.timeIndex] ?? '', recording.dateOrder, recording.zoneMinutes);
    if (Number.isNaN(atMs)) {
      rowsWithoutTime++;
      continue;
    }
    const dueMs = beganMs + (atMs - recording.startMs) / speed;
    if (speed !== Infinity && dueMs - clock.nowMs() > GATHER_MS) {
      await flush();
      await until(dueMs, clock, signal);
    }
    const values: Record<string, number> = {};
    let count = 0;
    for (const { index, channel } of columns) {
      if (!isNumber(fields[index])) {
        gaps++;
        continue;
      }
      values[channel] = Number(fields[index]);
      count++;
    }
    if (count > 0) {
      const ts = timeOf(atMs);
      firstMs ??= ts;
      lastMs = ts;
      readings += count;
      gatheredReadings += count;
      gathered.push({ ts, values });
      if (gathered.length >= MOST_ROWS_A_MESSAGE) await flush();
    }
    if (clock.nowMs() - toldMs >= PROGRESS_MS) {
      toldMs = clock.nowMs();
      options.onProgress?.(progress(rows, recording.rowsAbout, post.acknowledged, toldMs - beganMs));
    }
  }
  await flush();
  await post.settled();
  options.onProgress?.({ rows, rowsAbout: rows, acknowledged: post.acknowledged, etaS: 0 });
  return { rows, rowsWithoutTime, gaps, readings, firstMs, lastMs };
}

function progress(rows: number, rowsAbout: number, acknowledged: number, passedMs: number): ReplayProgress {
  const left = Math.max(0, rowsAbout - rows);
  return {
    rows,
    rowsAbout: Math.max(rows, rowsAbout),
    acknowledged,
    etaS: rows > 0 ? ((passedMs / rows) * left) / 1000 : null,
  };
}

async function until(dueMs: number, clock: Clock, signal: AbortSignal | undefined): Promise<void> {
  const waitMs = Math.max(0, dueMs - clock.nowMs());
  await new Promise<void>((resolve) => {
    const stop = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, waitMs);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
