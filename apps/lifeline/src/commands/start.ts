import { Command } from 'commander';
import { readConfiguration } from '@lifeline/configuration';
import { startNode } from '../node/node.js';

/** `lifeline start`: everything in one process. */
export function startCommand(): Command {
  return new Command('start')
    .description('run everything in one process; settings come from LIFELINE_… variables')
    .action(async () => {
      await runUntilStopped(['ingest', 'detector', 'gateway']);
    });
}

/** Stopping in order takes a second or two; what hangs longer is ended hard, which the stores survive as they do a crash. */
const STOP_WITHIN_MS = 9_000;
/** One Ctrl-C may come twice, by the terminal's process group and passed on by npm: what follows so soon is the same one. */
const SAME_SIGNAL_MS = 1_000;

/** Starts these services and stays until Ctrl-C or SIGTERM; a second Ctrl-C ends at once. */
export async function runUntilStopped(roles: readonly ('ingest' | 'detector' | 'gateway')[]): Promise<void> {
  const say = (line: string) => console.log(line);
  const stopSignal = new AbortController();
  let askedAtMs: number | undefined;
  const ask = () => {
    const nowMs = performance.now();
    if (askedAtMs === undefined) {
      askedAtMs = nowMs;
      say('Stopping: devices first, then what is under way, then the stores …');
      setTimeout(() => endHard('Something does not stop in time'), STOP_WITHIN_MS).unref();
      stopSignal.abort();
    } else if (nowMs - askedAtMs > SAME_SIGNAL_MS) {
      endHard('Asked twice');
    }
  };
  process.on('SIGINT', ask);
  process.on('SIGTERM', ask);
  const { signal } = stopSignal;
  try {
    const node = await startNode(readConfiguration(process.env), { roles, say, signal });
    if (!signal.aborted) {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    }
    await node.stop();
  } catch (error) {
    // Stopped while it started: what was open is closed again.
    if (!signal.aborted || error !== signal.reason) throw error;
  }
  say('Stopped.');
  process.exit(0);
}

/** Not process.exit: it waits for threads of the stores, which may be what hangs. */
function endHard(why: string): void {
  console.error(`${why}: ending at once. Nothing that was acknowledged is lost; the next start goes on from the log.`);
  process.kill(process.pid, 'SIGKILL');
}
