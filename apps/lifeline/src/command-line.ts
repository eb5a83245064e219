import { Command, CommanderError } from 'commander';
import { ConfigurationError } from '@lifeline/configuration';
import { ApiError } from './api-client.js';
import { serviceCommands } from './commands/services.js';
import { startCommand } from './commands/start.js';
import { EXIT, StartError } from './machine/start-error.js';

/** The command line `lifeline …`: every command has --help, exit codes, and --json where a program might read it. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const program = new Command('lifeline')
    .description('Lifeline watches the arteries of a city: gas, power, bridges, drains.')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 wrong setting or command, 3 port taken, 4 data folder not usable, 5 data of a newer version, 6 another Lifeline runs on the data, 7 Lifeline or the broker does not answer',
    );
  for (const command of await commandsFor(argv[2])) {
    program.addCommand(command);
    command.exitOverride();
  }
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.exitCode = explain(error);
    // What a failed command left open (a connection, a worker) must not keep the process alive.
    process.exit();
  }
}

/** What a service does not need is not read when one starts: it would cost a quarter of a second. */
async function commandsFor(name: string | undefined): Promise<Command[]> {
  const services = [startCommand(), ...serviceCommands()];
  if (services.some((command) => command.name() === name)) return services;
  const { toolCommands } = await import('./commands/tools.js');
  return [...services, ...toolCommands()];
}

/** Says an expected fault in one line; gives the exit code. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.configuration;
  if (error instanceof ConfigurationError) {
    console.error(error.message);
    return EXIT.configuration;
  }
  if (error instanceof StartError) {
    console.error(error.message);
    return error.exitCode;
  }
  if (error instanceof ApiError) {
    console.error(error.message);
    return EXIT.failed;
  }
  console.error(error);
  return EXIT.failed;
}
