import type { DeviceErrorCode } from './device-error.js';
import type { SimulatedCityStatus } from './simulated-city.js';

/** What the worker is started with (`workerData`). */
export interface WorkerStart {
  readonly url: string;
  readonly seed: string | number;
  readonly scale: number;
  /** [deviceId, password] of each device that connects by itself. */
  readonly credentials: readonly (readonly [string, string])[];
  /** Name or path of a scenario; null for a city in which nothing goes wrong. */
  readonly scenario: string | null;
  readonly speed: number;
}

export type ToWorker = { readonly kind: 'stop' };

export type FromWorker =
  | { readonly kind: 'started'; readonly status: SimulatedCityStatus }
  | { readonly kind: 'status'; readonly status: SimulatedCityStatus }
  | { readonly kind: 'failed'; readonly code: DeviceErrorCode | 'unexpected'; readonly message: string }
  | { readonly kind: 'stopped' };
