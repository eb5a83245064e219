import { NO_ASSET, STATE_BAD, STATE_SILENT, UTILITIES, type MapSensors, type Utility } from '@lifeline/contracts';
import { ClusterTree, type SensorState } from './cluster-tree.js';

/** What the map may be told of sensors: their state bits (`STATE_…`), and the severity of their alarms (0 normal, 1 blue to 4 red). */
export interface SensorChanges {
  /** Numbers of the sensors in the columns. */
  readonly sensors: ArrayLike<number>;
  readonly states?: ArrayLike<number>;
  readonly severities?: ArrayLike<number>;
}

/** All sensors with their states as of now (or of the time that is shown), and what is drawn of them at each zoom. */
export class SensorField {
  private readonly states: Uint8Array;
  private readonly severities: Uint8Array;
  private hidden: ReadonlySet<Utility> = new Set();
  tree: ClusterTree;

  constructor(
    readonly columns: MapSensors,
    hidden: ReadonlySet<Utility>,
  ) {
    this.states = new Uint8Array(columns.count);
    this.severities = new Uint8Array(columns.count);
    this.hidden = hidden;
    this.tree = this.built();
    this.takeStates(columns.state);
  }

  stateOf(sensor: number): SensorState {
    return { severity: this.severities[sensor]!, mute: (this.states[sensor]! & (STATE_SILENT | STATE_BAD)) !== 0 };
  }

  /** Takes a batch of changes; gives whether anything is drawn otherwise than before. */
  take({ sensors, states, severities }: SensorChanges): boolean {
    let isOther = false;
    for (let i = 0; i < sensors.length; i++) {
      const sensor = sensors[i]!;
      const state = states?.[i] ?? this.states[sensor]!;
      const severity = severities?.[i] ?? this.severities[sensor]!;
      if (this.put(sensor, state, severity)) isOther = true;
    }
    return isOther;
  }

  /** Takes the states of all sensors, in the order of the columns. */
  takeStates(states: Uint8Array): boolean {
    let isOther = false;
    for (let sensor = 0; sensor < this.columns.count; sensor++) {
      if (this.states[sensor] !== states[sensor] && this.put(sensor, states[sensor]!, this.severities[sensor]!)) {
        isOther = true;
      }
    }
    return isOther;
  }

  /** Takes the severities of those that are not normal; all others are. */
  takeAbnormal(bySensor: ReadonlyMap<number, number>): boolean {
    let isOther = false;
    for (let sensor = 0; sensor < this.columns.count; sensor++) {
      const severity = bySensor.get(sensor) ?? 0;
      if (this.severities[sensor] !== severity && this.put(sensor, this.states[sensor]!, severity)) isOther = true;
    }
    return isOther;
  }

  hide(hidden: ReadonlySet<Utility>): void {
    this.hidden = hidden;
    this.tree = this.built();
    for (let sensor = 0; sensor < this.columns.count; sensor++) this.tree.change(sensor, CALM, this.stateOf(sensor));
  }

  /** What a click on a place selects: the asset where all its sensors are of one, else the first sensor. */
  selectionOf(place: number): string {
    const { columns } = this;
    const members = this.tree.members.subarray(this.tree.starts[place], this.tree.starts[place + 1]);
    const asset = columns.asset[members[0]!]!;
    const ofOneAsset = members.length > 1 && asset !== NO_ASSET && members.every((one) => columns.asset[one] === asset);
    return ofOneAsset ? columns.assetIds[asset]! : columns.sensorId(members[0]!);
  }

  private built(): ClusterTree {
    return new ClusterTree(this.columns, (utility) => !this.hidden.has(UTILITIES[utility]!));
  }

  private put(sensor: number, state: number, severity: number): boolean {
    const before = this.stateOf(sensor);
    this.states[sensor] = state;
    this.severities[sensor] = severity;
    const after = this.stateOf(sensor);
    if (before.severity === after.severity && before.mute === after.mute) return false;
    this.tree.change(sensor, before, after);
    return true;
  }
}

const CALM: SensorState = { severity: 0, mute: false };
