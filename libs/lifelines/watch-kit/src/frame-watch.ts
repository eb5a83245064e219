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
  private readonly places = new Map<number, number>();
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
    sensorNos.forEach((sensorNo, place) => this.places.set(sensorNo, place));
  }

  take(sensorNo: number, atMs: number, value: number, out: Finding[]): void {
    const place = this.places.get(sensorNo);
    if (place === undefined || !Number.isFinite(value)) return;
    this.found = out;
    this.grid.take(place, atMs, value, this.onClosed);
  }

  tick(nowMs: number, out: Finding[]): void {
    this.found = out;
    this.grid.tick(nowMs, GRACE_MS, this.onClosed);
  }

  /** Judges one frame. Frames ascend. */
  protected abstract closed(frame: Frame, out: Finding[]): void;
}
