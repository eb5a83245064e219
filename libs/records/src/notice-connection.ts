import pg from 'pg';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

interface Listener {
  readonly onNotice: (payload: string) => void;
  readonly onGap: () => void;
}

/**
 * The one connection that LISTENs. When it is lost it is made again, with growing pauses, and each listener is told that notices
 * may have been missed.
 */
export class NoticeConnection {
  private readonly channels = new Map<string, Set<Listener>>();
  private connection: Promise<pg.Client> | undefined;
  private pauseMs = FIRST_PAUSE_MS;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly url: string) {}

  async listen(channel: string, onNotice: (payload: string) => void, onGap: () => void): Promise<() => Promise<void>> {
    const listener = { onNotice, onGap };
    const listeners = this.channels.get(channel) ?? new Set();
    this.channels.set(channel, listeners);
    listeners.add(listener);
    try {
      const client = await this.connected();
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
    } catch (error) {
      listeners.delete(listener);
      throw error;
    }
    return async () => {
      listeners.delete(listener);
    };
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    const client = await this.connection?.catch(() => undefined);
    await client?.end().catch(() => undefined);
  }

  private connected(): Promise<pg.Client> {
    this.connection ??= this.connect();
    return this.connection;
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'lifeline notices',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    });
    let lost = false;
    const lose = () => {
      if (lost) return;
      lost = true;
      this.connection = undefined;
      this.reconnectLater();
    };
    client.on('error', lose);
    client.on('end', lose);
    client.on('notification', ({ channel, payload }) => {
      for (const listener of this.channels.get(channel) ?? []) listener.onNotice(payload ?? '');
    });
    try {
      await client.connect();
      for (const [channel, listeners] of this.channels)
        if (listeners.size > 0) await client.query(`listen ${client.escapeIdentifier(channel)}`);
    } catch (error) {
      lose();
      await client.end().catch(() => undefined);
      throw error;
    }
    this.pauseMs = FIRST_PAUSE_MS;
    return client;
  }

  private reconnectLater(): void {
    if (this.closed) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.connected().then(
        () => {
          for (const listeners of this.channels.values()) for (const listener of listeners) listener.onGap();
        },
        // connect() has planned the next attempt already.
        () => undefined,
      );
    }, this.pauseMs);
    this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
  }
}
