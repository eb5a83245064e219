import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '@lifeline/contracts';
import { DeviceError } from './device-error.js';
import { loadScenario } from './scenario/load.js';
import { startSimulatedCity, type SimulatedCity } from './simulated-city.js';
import type { FromWorker, ToWorker, WorkerStart } from './worker-protocol.js';

/** Entry of the worker thread that runs the simulated city off the main loop. */

const tell = (message: FromWorker): void => parentPort?.postMessage(message);

async function run(start: WorkerStart): Promise<SimulatedCity> {
  const scenario = start.scenario === null ? undefined : await loadScenario(start.scenario);
  const city = startSimulatedCity({
    url: start.url,
    seed: start.seed,
    scale: start.scale,
    credentials: new Map(start.credentials),
    clock: systemClock,
    speed: start.speed,
    ...(scenario ? { scenario } : {}),
    onStatus: (status) => tell({ kind: 'status', status }),
  });
  tell({ kind: 'started', status: city.status() });
  return city;
}

function fail(error: unknown): void {
  const code = error instanceof DeviceError ? error.code : 'unexpected';
  tell({ kind: 'failed', code, message: error instanceof Error ? error.message : String(error) });
  parentPort?.close();
}

const running = run(workerData as WorkerStart);
running.catch(fail);
parentPort?.on('message', (message: ToWorker) => {
  if (message.kind !== 'stop') return;
  running
    .then((city) => city.stop())
    .then(() => tell({ kind: 'stopped' }))
    .then(() => parentPort?.close())
    .catch(fail);
});
