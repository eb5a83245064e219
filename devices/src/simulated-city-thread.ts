import { Worker } from 'node:worker_threads';
import { DeviceError, type DeviceErrorCode } from './device-error.js';
import type { SimulatedCity, SimulatedCityStatus } from './simulated-city.js';
import type { FromWorker, ToWorker, WorkerStart } from './worker-protocol.js';

export interface ThreadOptions extends WorkerStart {
  readonly onStatus?: (status: SimulatedCityStatus) => void;
  /** Told when the thread dies after it had started. */
  readonly onFailure?: (error: Error) => void;
}

const STOP_WITHIN_MS = 5000;

/**
 * Runs the simulated city in a worker thread of its own, from the built package.
 * @throws DeviceError as `startSimulatedCity` and `loadScenario` do
 */
export async function startSimulatedCityThread(options: ThreadOptions): Promise<SimulatedCity> {
  const { onStatus, onFailure, ...start } = options;
  const worker = new Worker(new URL('./simulator-worker.js', import.meta.url), {
    workerData: start satisfies WorkerStart,
  });
  let status: SimulatedCityStatus | undefined;
  await new Promise<void>((resolve, reject) => {
    const failed = (error: Error): void => (status ? onFailure?.(error) : reject(error));
    worker.on('error', failed);
    worker.on('exit', (code) => {
      if (!status) reject(new Error(`the simulated city's thread ended before it had started (exit code ${code})`));
    });
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'failed') {
        const code = message.code === 'unexpected' ? undefined : (message.code satisfies DeviceErrorCode);
        failed(code ? new DeviceError(code, message.message) : new Error(message.message));
      } else if (message.kind !== 'stopped') {
        const first = status === undefined;
        status = message.status;
        if (first) resolve();
        else onStatus?.(message.status);
      }
    });
  });
  return {
    status: () => status!,
    async stop() {
      const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      worker.postMessage({ kind: 'stop' } satisfies ToWorker);
      const timer = setTimeout(() => void worker.terminate(), STOP_WITHIN_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}
