import { Command } from 'commander';
import { readConfiguration } from '@lifeline/configuration';
import { EXIT, StartError } from '../machine/start-error.js';
import { runUntilStopped } from './start.js';

/** `lifeline ingest | detector | gateway`: one service each, over the production adapters. */
export function serviceCommands(): Command[] {
  return (
    [
      ['ingest', 'take messages in, append them to the log, write the history'],
      ['detector', 'watch the readings and raise alarms'],
      ['gateway', 'serve the page, REST and live events'],
    ] as const
  ).map(([role, description]) =>
    new Command(role)
      .description(`${description} (one service of several; needs the production adapters)`)
      .action(async () => {
        const { influx, postgresUrl } = readConfiguration(process.env);
        if (!influx || !postgresUrl) {
          throw new StartError(
            EXIT.configuration,
            `lifeline ${role} runs beside the other services and shares its stores with them: set LIFELINE_INFLUX_URL and LIFELINE_POSTGRES_URL, or run everything by lifeline start.`,
          );
        }
        await runUntilStopped([role]);
      }),
  );
}
