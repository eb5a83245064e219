import type { Verdict } from '@lifeline/contracts';
import type { AssetWatch, Finding } from '@lifeline/detection';
import { FrameGrid, type Frame } from './frame-grid.js';
import { StateSlices } from './state-slices.js';

/** A frame is closed by the clock alone when it is this old: late gateways have had their time. */
const GRACE_MS = 15 * 60_000;

/** An asset watch that judges its sensors frame by frame. */
export abstract class FrameWatch implements AssetWatch {
  readonly state: Float64Array;
  /** For the parts of the subclass. */
  protected readonly own: StateSlices;
  private readonly grid: FrameGrid;
  /** Made for who asks by number; the engine knows the places. */
  private places: ReadonlyMap<number, number> | undefined;
  private found: Finding[] = [];
  private readonly onClosed = (frame: Frame): void => this.closed(frame, this.found);

  /**
   * @param sensorNos in the places of the frames
   * @param ownSize floats of state the subclass needs
   */
  protected constructor(
    readonly watchId: string,
    readonly sensorNos: readonly number[],
    protected readonly frameMs: number,
    ownSize: number,
  ) {
    this.own = new StateSlices(ownSize + FrameGrid.stateSize(sensorNos.length));
    this.state = this.own.state;
    this.grid = new FrameGrid(this.own.next(FrameGrid.stateSize(sensorNos.length)), sensorNos.length, frameMs);
  }

  take(sensorNo: number, atMs: number, value: number, out: Finding[]): void {
    const place = (this.places ??= new Map(this.sensorNos.map((no, at) => [no, at]))).get(sensorNo);
    if (place !== undefined) this.takeAt(place, atMs, value, out);
  }

  takeAt(place: number, atMs: number, value: number, out: Finding[]): void {
    if (!Number.isFinite(value)) return;
    this.found = out;
    this.grid.take(place, atMs, value, this.onClosed);
  }

  tick(nowMs: number, out: Finding[]): void {
    this.found = out;
    this.grid.tick(nowMs, GRACE_MS, this.onClosed);
  }

  /** A person said that what a test finds is usual now: it is learned at once, by the tests that learn. */
  feedback(verdict: Verdict, test: string): void {
    if (verdict === 'new-normal') this.accept(test);
  }

  /** Takes what a test finds now as the usual; a test against a fixed limit has nothing to learn. */
  protected accept(_test: string): void {}

  /** Judges one frame. Frames ascend. */
  protected abstract closed(frame: Frame, out: Finding[]): void;
}
