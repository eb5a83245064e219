import type { LiveSensor, MapSensors } from '@lifeline/contracts';
import { pagesOf } from '../api/pages-of.js';
import { readMapSensors, readMapStates } from '../api/read-map-sensors.js';
import { Cell } from './cell.js';
import { EMPTY_SENSORS, sensorsAnew, withSensors, type SensorBook } from './sensor-book.js';
import type { Bbox } from './subscription.js';
import type { ValueBook } from './value-book.js';

/** A city of so many sensors is known to the page in every fact; of a larger one, those in view alone. */
const MOST_KNOWN = 10_000;
/** Most sensors of one view whose facts are read. */
const MOST_NEAR = 3_000;
const REREAD_MS = 5 * 60_000;
const RETRY_MS = 5000;
const STATES_EVERY_MS = 15_000;

/** Reads the registry's sensors: all of them as columns for the map, and the facts of those that the page names. */
export class SensorReader {
  /** All sensors of the city as columns. */
  readonly columns = new Cell<MapSensors | undefined>(undefined);
  /** Their states, newer than those that came with the columns. */
  readonly states = new Cell<Uint8Array | undefined>(undefined);
  readonly sensors = new Cell<SensorBook>(EMPTY_SENSORS);
  /** Reads of the registry so far: where two overlap, what the newer one finds holds. */
  private reads = 0;
  private near: Bbox | undefined;
  private nearRead: AbortController | undefined;
  private rereadTimer: ReturnType<typeof setTimeout> | undefined;
  private statesTimer: ReturnType<typeof setTimeout> | undefined;
  private stopped: AbortController | undefined;

  /** @param onUnknownAsset told where a new read of the registry names an asset that the page does not know */
  constructor(
    private readonly values: ValueBook,
    private readonly knowsAsset: (assetId: string) => boolean,
    private readonly onUnknownAsset: () => void,
  ) {}

  /** Whether the city is too large for the page to know every sensor in every fact. */
  get isVast(): boolean {
    return (this.columns.get()?.count ?? 0) > MOST_KNOWN;
  }

  start(): void {
    this.stopped = new AbortController();
    void this.read();
  }

  stop(): void {
    this.stopped?.abort();
    this.nearRead?.abort();
    clearTimeout(this.rereadTimer);
    clearTimeout(this.statesTimer);
  }

  /** Reads the registry again, as after a change of it, and from then on from time to time. */
  async read(): Promise<void> {
    const signal = this.stopped?.signal;
    clearTimeout(this.rereadTimer);
    clearTimeout(this.statesTimer);
    const read = ++this.reads;
    const book = this.sensors.get();
    this.sensors.set({ ...book, loading: book.loading === 'not-yet' ? 'loading' : book.loading });
    try {
      const columns = await readMapSensors(signal);
      if (signal?.aborted === true || read !== this.reads) return;
      this.states.set(undefined);
      this.columns.set(columns);
      if (this.isVast) this.sensors.set({ ...this.sensors.get(), loading: 'done' });
      else if (!(await this.readAll(read, signal))) return;
      this.rereadAfter(REREAD_MS);
      this.statesAfter(STATES_EVERY_MS);
      if (this.near !== undefined) void this.readNear(this.near);
    } catch {
      if (signal?.aborted === true || read !== this.reads) return;
      this.sensors.set({ ...this.sensors.get(), loading: 'failed' });
      this.rereadAfter(RETRY_MS);
    }
  }

  /** What is in view where values are shown: in a vast city the facts of these sensors are read. */
  watch(box: Bbox | undefined): void {
    this.near = box;
    if (box !== undefined && this.isVast) void this.readNear(box);
  }

  private async readAll(read: number, signal: AbortSignal | undefined): Promise<boolean> {
    const onPage = (sensors: readonly LiveSensor[]): void => {
      if (read !== this.reads) return;
      this.sensors.set(withSensors(this.sensors.get(), sensors));
      this.values.takeSensors(sensors);
    };
    const all = await pagesOf('listSensors', {}, { most: MOST_KNOWN, onPage, ...(signal && { signal }) });
    if (signal?.aborted === true || read !== this.reads) return false;
    this.sensors.set(sensorsAnew(all));
    if (read > 1 && all.some(({ assetId }) => assetId !== null && !this.knowsAsset(assetId))) this.onUnknownAsset();
    return true;
  }

  private async readNear(box: Bbox): Promise<void> {
    if (!this.isVast) return;
    this.nearRead?.abort();
    const { signal } = (this.nearRead = new AbortController());
    try {
      const near = await pagesOf('listSensors', { bbox: box.join(',') }, { most: MOST_NEAR, signal });
      const { byId } = this.sensors.get();
      // What was near before is forgotten from time to time: the page's memory must not grow with the way of a shift.
      const isFull = byId.size + near.length > MOST_KNOWN;
      this.values.takeSensors(near);
      this.sensors.set(isFull ? sensorsAnew(near) : withSensors(this.sensors.get(), near));
    } catch {
      // The next move of the map asks again; marks and alarms do not hang on it.
      return;
    }
  }

  private async readStates(): Promise<void> {
    const columns = this.columns.get();
    const signal = this.stopped?.signal;
    if (columns === undefined) return;
    try {
      const states = await readMapStates(columns, signal);
      if (signal?.aborted === true || columns !== this.columns.get()) return;
      if (states === undefined) {
        void this.read();
        return;
      }
      this.states.set(states);
    } catch {
      if (signal?.aborted === true) return;
    }
    this.statesAfter(STATES_EVERY_MS);
  }

  private rereadAfter(ms: number): void {
    clearTimeout(this.rereadTimer);
    this.rereadTimer = setTimeout(() => void this.read(), ms);
  }

  private statesAfter(ms: number): void {
    clearTimeout(this.statesTimer);
    this.statesTimer = setTimeout(() => void this.readStates(), ms);
  }
}
