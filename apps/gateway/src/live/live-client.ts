import type { LiveReadings, Subscribe } from '@lifeline/contracts';
import type { LiveValue, LiveView } from './live-view.js';
import type { Box } from './sensor-grid.js';

/** Values in one message, some 120 KB. */
export const VALUES_A_MESSAGE = 2_000;
/** Messages that may wait in a client's connection before values are held back (and joined). */
export const MESSAGES_WAITING = 8;

/** What a client is reached by. */
export interface ClientWire {
  sendReadings(readings: LiveReadings): void;
  /** Messages that the connection has not taken yet. */
  waiting(): number;
}

/**
 * One subscriber: what it asked for, and the sensors whose newest value it has not been sent. A client too slow for its stream
 * gets fewer, newer values; what is held for it never exceeds its sensors.
 */
export class LiveClient {
  private asked: Subscribe | undefined;
  private box: Box | undefined;
  private sensorNos: ReadonlySet<number> = new Set();
  private readonly pending = new Set<number>();

  constructor(
    private readonly view: LiveView,
    private readonly wire: ClientWire,
  ) {}

  /** Replaces what was asked before; the present values are pending then. Gives how many sensors it means. */
  subscribe(asked: Subscribe): number {
    this.asked = asked;
    this.pending.clear();
    this.sensorNos = new Set();
    this.resolve();
    if (this.box) this.view.grid.within(this.box, (sensorNo) => this.pending.add(sensorNo));
    return this.pending.size;
  }

  /** Looks the names up again, after the registry changed; the present values of what came are pending then. */
  resolve(): void {
    const { asked, view } = this;
    this.box = undefined;
    if (!asked) return;
    if ('bbox' in asked) {
      this.box = asked.bbox;
      this.sensorNos = new Set();
      return;
    }
    const nos = new Set<number>();
    if ('sensorIds' in asked) {
      for (const sensorId of asked.sensorIds) {
        const sensorNo = view.sensorNo(sensorId);
        if (sensorNo !== undefined) nos.add(sensorNo);
      }
    } else {
      for (const assetId of asked.assetIds) for (const sensorNo of view.sensorNosOfAsset(assetId)) nos.add(sensorNo);
    }
    for (const sensorNo of nos) if (!this.sensorNos.has(sensorNo)) this.pending.add(sensorNo);
    this.sensorNos = nos;
  }

  /** Notes what changed: `groups` by cell for a box, `changed` for names. */
  note(groups: ReadonlyMap<number, readonly number[]>, changed: ReadonlySet<number>): void {
    if (this.box) {
      this.view.grid.among(groups, this.box, (sensorNo) => this.pending.add(sensorNo));
      return;
    }
    const [fewer, more] = changed.size < this.sensorNos.size ? [changed, this.sensorNos] : [this.sensorNos, changed];
    for (const sensorNo of fewer) if (more.has(sensorNo)) this.pending.add(sensorNo);
  }

  /** Sends what is pending as far as the connection takes it; gives whether any is left. */
  send(nowMs: number): boolean {
    let values: LiveValue[] = [];
    for (const sensorNo of this.pending) {
      if (values.length === 0 && this.wire.waiting() >= MESSAGES_WAITING) return true;
      this.pending.delete(sensorNo);
      const value = this.view.liveValue(sensorNo);
      if (value) values.push(value);
      if (values.length === VALUES_A_MESSAGE) {
        this.wire.sendReadings({ atMs: nowMs, values });
        values = [];
      }
    }
    if (values.length > 0) this.wire.sendReadings({ atMs: nowMs, values });
    return false;
  }
}
