import { decodeMapSensors, decodeMapStates, type MapSensors } from '@lifeline/contracts';
import { CallError } from './call.js';

/** All sensors of the city as columns. Rejects with `CallError`. */
export async function readMapSensors(signal?: AbortSignal): Promise<MapSensors> {
  return decodeMapSensors(await bytesOf('/map/sensors.bin', signal));
}

/** The states of the sensors in the order of the columns; undefined where the registry has changed since. */
export async function readMapStates(of: MapSensors, signal?: AbortSignal): Promise<Uint8Array | undefined> {
  return decodeMapStates(await bytesOf('/map/states.bin', signal), of);
}

async function bytesOf(address: string, signal: AbortSignal | undefined): Promise<ArrayBuffer> {
  const response = await fetch(address, { credentials: 'same-origin', ...(signal && { signal }) });
  if (!response.ok) throw new CallError('listSensors', response.status, undefined, response.statusText);
  return response.arrayBuffer();
}
