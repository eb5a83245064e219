import { encodeMapSensors, encodeMapStates, type Sensor } from '@lifeline/contracts';
import type { LiveView } from '../live/live-view.js';
import { compressed, type ServedLayer } from './map-layers.js';

/** The map may be so much behind in who is silent: one pass over all sensors serves every page. */
const STATES_KEPT_MS = 5_000;

/** All sensors as columns for the map, and their states alone: made once and kept until something is otherwise. */
export class MapSensorStore {
  private sorted: readonly Sensor[] | undefined;
  private columns: Promise<ServedLayer> | undefined;
  private states: { readonly atMs: number; readonly layer: Promise<ServedLayer> } | undefined;

  /** @param version of the columns; two starts of the gateway should not begin with the same */
  constructor(
    private readonly view: Pick<LiveView, 'mapState'>,
    private readonly sensors: () => Iterable<Sensor>,
    private version: number,
  ) {}

  /** To be called when sensors came, went or moved. */
  changed(): void {
    this.version = (this.version + 1) >>> 0;
    this.sorted = this.columns = this.states = undefined;
  }

  /** The columns carry the states of when they were made; the states alone are newer. */
  all(nowMs: number): Promise<ServedLayer> {
    this.columns ??= compressed(
      encodeMapSensors(
        this.version,
        this.inOrder().map((sensor) => ({ ...sensor, state: this.view.mapState(sensor.sensorNo, nowMs) })),
      ),
    );
    return this.columns;
  }

  statesAlone(nowMs: number): Promise<ServedLayer> {
    if (this.states === undefined || nowMs - this.states.atMs >= STATES_KEPT_MS) {
      const states = Uint8Array.from(this.inOrder(), ({ sensorNo }) => this.view.mapState(sensorNo, nowMs));
      this.states = { atMs: nowMs, layer: compressed(encodeMapStates(this.version, states)) };
    }
    return this.states.layer;
  }

  private inOrder(): readonly Sensor[] {
    return (this.sorted ??= [...this.sensors()].sort((a, b) => (a.sensorId < b.sensorId ? -1 : 1)));
  }
}
