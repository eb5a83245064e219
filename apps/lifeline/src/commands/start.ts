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

/** Starts these services and stays until Ctrl-C or SIGTERM; a second Ctrl-C ends at once. */
export async function runUntilStopped(roles: readonly ('ingest' | 'detector' | 'gateway')[]): Promise<void> {
  const say = (line: string) => console.log(line);
  const stopSignal = new AbortController();
  let asked = 0;
  const ask = () => {
    if (++asked > 1) process.exit(130);
    say('Stopping: devices first, then what is under way, then the stores …');
    stopSignal.abort();
  };
  process.on('SIGINT', ask);
  process.on('SIGTERM', ask);
  const node = await startNode(readConfiguration(process.env), { roles, say });
  if (!stopSignal.signal.aborted) {
    await new Promise<void>((resolve) => stopSignal.signal.addEventListener('abort', () => resolve(), { once: true }));
  }
  await node.stop();
  say('Stopped.');
  process.exit(0);
}
