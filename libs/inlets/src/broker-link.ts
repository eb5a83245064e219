import { BrokerConnection, type ConnectionEnd } from './broker-connection.js';

/** How a link subscribes: MQTT 5 with a share of the group, or all of it by itself over MQTT 5 or 3.1.1. */
export type LinkMode = 'shared' | 'plain' | 'plain-3.1.1';

export interface BrokerLinkOptions {
  readonly url: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly clientId: string;
  readonly filters: { readonly shared: string; readonly plain: string; readonly status: string | undefined };
  /** Whether it may go on without a shared subscription: one link of the group, or all would get every message. */
  readonly mayFallBack: boolean;
  /** Called after each subscription that was granted. */
  readonly onMode: (mode: LinkMode) => void;
  readonly say: (line: string) => void;
  /** Takes a message in; `done()` lets it be acknowledged, `done(error)` has it sent again. */
  readonly take: (topic: string, payload: Uint8Array, done: (error?: Error) => void) => void;
}

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 30_000;

/**
 * Keeps one connection to a broker with a session of its own (a stable client id, kept by the broker): tries for ever, each time
 * with a longer pause (250 ms to 30 s, with jitter), and finds out what the broker speaks.
 */
export class BrokerLink {
  subscribed = false;
  /** Resolves once the first attempt was granted or failed; what the broker does not speak is no attempt. */
  readonly firstAttempt: Promise<void>;
  private endFirstAttempt: () => void = () => undefined;
  private connection: BrokerConnection | undefined;
  private mode: LinkMode = 'shared';
  private failures = 0;
  private unanswered = 0;
  /** Whether a subscription was ever granted in this mode. */
  private proven = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;
  private lastSaid = '';
  private readonly url: URL;

  constructor(private readonly options: BrokerLinkOptions) {
    this.url = new URL(options.url);
    this.firstAttempt = new Promise((resolve) => (this.endFirstAttempt = resolve));
  }

  start(): Promise<void> {
    this.open();
    return this.firstAttempt;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.connection?.close();
    this.subscribed = false;
    this.endFirstAttempt();
  }

  private open(): void {
    const { filters, clientId, take } = this.options;
    const telemetry = this.mode === 'shared' ? filters.shared : filters.plain;
    this.connection = new BrokerConnection({
      url: this.url,
      username: this.options.username ?? fromUrl(this.url.username),
      password: this.options.password ?? fromUrl(this.url.password),
      // A session of another kind must not inherit the subscription of this one.
      clientId: this.mode === 'shared' ? clientId : `${clientId}-${this.mode}`,
      protocolVersion: this.mode === 'plain-3.1.1' ? 4 : 5,
      filters: filters.status === undefined ? [telemetry] : [telemetry, filters.status],
      take,
      onGranted: () => this.onGranted(),
      onEnd: (end, why) => this.onEnd(end, why),
    });
  }

  private onGranted(): void {
    if (this.lastSaid) this.options.say(`${this.options.clientId}: connected to the broker`);
    this.lastSaid = '';
    this.failures = 0;
    this.proven = true;
    this.subscribed = true;
    this.options.onMode(this.mode);
    this.endFirstAttempt();
  }

  private onEnd(end: ConnectionEnd, why: string): void {
    this.subscribed = false;
    this.connection = undefined;
    if (this.stopped) return;
    this.say(why);
    if (end === 'unanswered') this.unanswered++;
    // One silent close may be a broker on its way down or up: the version is doubted at the second, and no more once it was proven.
    const doubted = end !== 'unanswered' || (!this.proven && this.unanswered % 2 === 0);
    const other = this.options.mayFallBack && doubted ? nextMode(this.mode, end) : undefined;
    if (other === undefined) {
      this.endFirstAttempt();
    } else {
      this.mode = other;
      this.proven = false;
    }
    const pauseMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(this.failures, 10));
    this.failures++;
    this.timer = setTimeout(() => this.open(), pauseMs * (0.75 + Math.random() * 0.5));
  }

  /** The same trouble is said once, not at every attempt. */
  private say(line: string): void {
    if (line === this.lastSaid) return;
    this.lastSaid = line;
    this.options.say(`${this.options.clientId}: ${line}`);
  }
}

/** What to try next, where the broker does not speak this; undefined: the same again. */
function nextMode(mode: LinkMode, end: ConnectionEnd): LinkMode | undefined {
  if (end === 'not-shared' && mode === 'shared') return 'plain';
  if (end === 'wrong-version' && mode !== 'plain-3.1.1') return 'plain-3.1.1';
  // Closed without a word: the two versions are tried in turn.
  if (end === 'unanswered') return mode === 'plain-3.1.1' ? 'shared' : 'plain-3.1.1';
  return undefined;
}

function fromUrl(part: string): string | undefined {
  return part === '' ? undefined : decodeURIComponent(part);
}
