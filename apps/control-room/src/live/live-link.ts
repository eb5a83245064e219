import {
  LIVE_NAMESPACE,
  liveAlarmSchema,
  liveHealthSchema,
  liveStepsSchema,
  type Asset,
  type LiveHealth,
  type LiveReadings,
  type Subscribe,
} from '@lifeline/contracts';
import { io, type Socket } from 'socket.io-client';
import { CallError, call } from '../api/call.js';
import { pagesOf } from '../api/pages-of.js';
import { CallOutFeed } from '../call-out/call-out-feed.js';
import { IncidentFeed } from '../incidents/incident-feed.js';
import { withAssets, type AssetBook } from './asset-book.js';
import { EMPTY_BOOK, foldAlarms, foldTransitions, openAlarms, withoutAlarm, type AlarmBook } from './alarm-book.js';
import { Cell } from './cell.js';
import type { LinkState } from './link-state.js';
import { SensorReader } from './sensor-reader.js';
import { subscriptionFor, type Bbox } from './subscription.js';
import { ValueBook } from './value-book.js';

interface ServerEvents {
  alarm: (body: unknown) => void;
  incident: (body: unknown) => void;
  steps: (body: unknown) => void;
  callOut: (body: unknown) => void;
  readings: (body: LiveReadings) => void;
  health: (body: unknown) => void;
  /** More was missed than is sent again: what is open must be read anew. */
  resync: () => void;
}
interface ClientEvents {
  subscribe: (body: Subscribe) => void;
}

/** What a part of the page wants to see move. */
export interface Interest {
  readonly bbox?: Bbox;
  readonly sensorIds?: readonly string[];
}

const OPEN_STATES = 'open';
/** Bounds of what the page holds; a city beyond them is shown by search and by its alarms. */
const MOST_ASSETS = 100_000;
const MOST_OPEN_ALARMS = 20_000;
/** Single alarms that are asked for at once. */
const ASKED_AT_ONCE = 8;
const RETRY_MS = 5000;
const SUBSCRIBE_AFTER_MS = 150;

/** The page's one join to the live city. Construct, `start()`, `stop()`. */
export class LiveLink {
  readonly alarms = new Cell<AlarmBook>(EMPTY_BOOK);
  /** Names of the assets, for the names of their sensors and for the search. */
  readonly assets = new Cell<AssetBook>(new Map());
  readonly health = new Cell<LiveHealth | undefined>(undefined);
  readonly link = new Cell<LinkState>({ kind: 'connecting', lastEventAtMs: undefined, asOfMs: undefined });
  readonly values = new ValueBook();
  private readonly stepListeners = new Set<(alarmId: string) => void>();
  private readonly reader = new SensorReader(
    this.values,
    (assetId) => this.assets.get().has(assetId),
    () => void this.readAssets(),
  );
  readonly sensors = this.reader.sensors;
  /** All sensors of the city as columns, and their newest states, for the map. */
  readonly columns = this.reader.columns;
  readonly states = this.reader.states;
  readonly incidents = new IncidentFeed();
  readonly callOuts = new CallOutFeed();

  private socket: Socket<ServerEvents, ClientEvents> | undefined;
  private readonly interests = new Map<string, Interest>();
  private readonly timers = new Set<ReturnType<typeof setTimeout>>();
  private subscribeTimer: ReturnType<typeof setTimeout> | undefined;
  private stopped: AbortController | undefined;

  start(): void {
    this.stopped = new AbortController();
    this.incidents.start();
    this.callOuts.start();
    const socket: Socket<ServerEvents, ClientEvents> = io(LIVE_NAMESPACE, {
      withCredentials: true,
      transports: ['websocket', 'polling'],
      reconnectionDelay: 500,
      reconnectionDelayMax: 5000,
      auth: (give) => give({ lastSequence: this.alarms.get().lastSequence }),
    });
    this.socket = socket;
    socket.on('connect', () => {
      this.link.set({ ...this.link.get(), kind: 'live' });
      this.subscribe();
      // What opened or closed while we were away and is older than the server's memory comes from the list.
      void this.readAlarms();
      void this.incidents.read();
      void this.callOuts.read();
    });
    socket.on('disconnect', (reason) => {
      this.link.set({ ...this.link.get(), kind: 'down' });
      if (reason === 'io server disconnect') this.later(RETRY_MS, () => socket.connect());
    });
    socket.on('connect_error', () => {
      this.link.set({ ...this.link.get(), kind: 'down' });
      // Tells a lost session from a lost server: a 401 leads to the login.
      void call('getSession', {}).catch(() => undefined);
      if (!socket.active) this.later(RETRY_MS, () => socket.connect());
    });
    socket.on('alarm', (body) => this.takeAlarm(body));
    socket.on('incident', (body) => this.incidents.take(body));
    socket.on('steps', (body) => {
      const steps = liveStepsSchema.safeParse(body);
      if (steps.success) for (const listener of this.stepListeners) listener(steps.data.alarmId);
    });
    socket.on('callOut', (body) => this.callOuts.take(body));
    socket.on('readings', (body) => {
      this.values.take(body);
      this.heard(body.atMs);
    });
    socket.on('health', (body) => {
      const health = liveHealthSchema.safeParse(body);
      if (!health.success) return;
      this.health.set(health.data);
      this.heard(health.data.atMs);
    });
    socket.on('resync', () => {
      void this.readAlarms();
      void this.incidents.read();
    });
    // The names of a vast city's assets would be too many to hold.
    const stopWaiting = this.columns.subscribe(() => {
      stopWaiting();
      if (!this.reader.isVast) void this.readAssets();
    });
    this.reader.start();
  }

  /** Calls back when anyone ticks a step of an alarm's procedure; gives what stops it. */
  onStepTick(listener: (alarmId: string) => void): () => void {
    this.stepListeners.add(listener);
    return () => this.stepListeners.delete(listener);
  }

  stop(): void {
    this.stopped?.abort();
    this.incidents.stop();
    this.callOuts.stop();
    this.socket?.removeAllListeners();
    this.socket?.disconnect();
    this.socket = undefined;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.reader.stop();
    clearTimeout(this.subscribeTimer);
    this.subscribeTimer = undefined;
  }

  /** Names what a part of the page watches; undefined lets go. */
  watch(part: string, interest: Interest | undefined): void {
    if (interest === undefined) this.interests.delete(part);
    else this.interests.set(part, interest);
    if (part === 'map') this.reader.watch(interest?.bbox);
    this.subscribeTimer ??= setTimeout(() => {
      this.subscribeTimer = undefined;
      this.subscribe();
    }, SUBSCRIBE_AFTER_MS);
  }

  /** Reads the registry again, as after a change of it. */
  readSensors(): Promise<void> {
    return this.reader.read();
  }

  /** Names are a help, not a need: where the read fails, given names stand until the next read of the registry. */
  private async readAssets(): Promise<void> {
    const signal = this.stopped?.signal;
    try {
      const onPage = (assets: readonly Asset[]): void => {
        if (signal?.aborted !== true) this.assets.set(withAssets(this.assets.get(), assets));
      };
      await pagesOf('listAssets', {}, { most: MOST_ASSETS, onPage, ...(signal && { signal }) });
    } catch {
      return;
    }
  }

  private async readAlarms(): Promise<void> {
    const signal = this.stopped?.signal;
    const before = this.alarms.get();
    try {
      const alarms = await pagesOf(
        'listAlarms',
        { state: OPEN_STATES },
        { most: MOST_OPEN_ALARMS, ...(signal && { signal }) },
      );
      this.alarms.set({ ...foldAlarms(this.alarms.get(), alarms), loaded: true });
      if (alarms.length < MOST_OPEN_ALARMS) await this.readUnlisted(before, new Set(alarms.map((one) => one.alarmId)));
    } catch {
      if (signal?.aborted !== true) this.later(RETRY_MS, () => void this.readAlarms());
    }
  }

  /**
   * Asks one by one of alarms that we hold for open and that the list of open ones no longer has: they ended while we were
   * away, and nothing else tells. (The list may also lag behind the live events by a moment: then the answer is that it is open.)
   */
  private async readUnlisted(before: AlarmBook, listed: ReadonlySet<string>): Promise<void> {
    const signal = this.stopped?.signal;
    const unlisted = openAlarms(before).filter(
      ({ alarmId, sequence }) => !listed.has(alarmId) && this.alarms.get().byId.get(alarmId)?.sequence === sequence,
    );
    for (let at = 0; at < unlisted.length; at += ASKED_AT_ONCE) {
      const answers = await Promise.all(
        unlisted.slice(at, at + ASKED_AT_ONCE).map(async ({ alarmId }) => {
          try {
            return await call('getAlarm', { params: { alarmId }, ...(signal && { signal }) });
          } catch (error) {
            if (error instanceof CallError && error.status === 404) return alarmId;
            throw error;
          }
        }),
      );
      let book = this.alarms.get();
      for (const answer of answers) {
        book = typeof answer === 'string' ? withoutAlarm(book, answer) : foldAlarms(book, [answer]);
      }
      this.alarms.set(book);
    }
  }

  private takeAlarm(body: unknown): void {
    const alarm = liveAlarmSchema.safeParse(body);
    if (!alarm.success) return;
    const { streamSequence, ...transition } = alarm.data;
    const book = foldTransitions(this.alarms.get(), [transition]);
    this.alarms.set({ ...book, lastSequence: Math.max(book.lastSequence ?? 0, streamSequence) });
    this.heard(undefined);
  }

  private heard(atMs: number | undefined): void {
    const before = this.link.get();
    const asOfMs = atMs === undefined ? before.asOfMs : Math.max(before.asOfMs ?? 0, atMs);
    this.link.set({ kind: 'live', lastEventAtMs: Date.now(), asOfMs });
  }

  private subscribe(): void {
    if (this.socket?.connected !== true) return;
    let box: Bbox | undefined;
    const sensorIds = new Set<string>();
    for (const interest of this.interests.values()) {
      box = interest.bbox ?? box;
      for (const sensorId of interest.sensorIds ?? []) sensorIds.add(sensorId);
    }
    const subscription = subscriptionFor(box, [...sensorIds], this.sensors.get().byId);
    this.socket.emit('subscribe', subscription ?? { sensorIds: [] });
  }

  private later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act();
    }, ms);
    this.timers.add(timer);
  }
}
