import type { MapSensors } from '@lifeline/contracts';
import type { Map as MapLibreMap } from 'maplibre-gl';

/** A batch as the measurement feeds it: sensors by number, their new values, and the new states of those that changed theirs. */
export interface Batch {
  readonly atMs: number;
  readonly sensors: Uint32Array;
  readonly values: Float64Array;
  /** 0 calm, 1 mute, 2 abnormal; of each sensor of the batch. */
  readonly states: Uint8Array;
  /** Which of them are otherwise than before. */
  readonly changed: Uint8Array;
}

/** One way to draw a city, as the measurement drives it. */
export interface Rival {
  readonly map: MapLibreMap;
  /** Settles when everything is drawn for the first time. */
  readonly ready: Promise<void>;
  take(batch: Batch): void;
}

export type MakeRival = (container: HTMLElement, sensors: MapSensors) => Rival;
