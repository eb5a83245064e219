import type { Command } from 'commander';
import { readConfiguration } from '@lifeline/configuration';
import { ApiClient } from '../api-client.js';

export interface ConnectionOptions {
  readonly url?: string;
  readonly username?: string;
}

/** The options of every command that speaks with a running Lifeline. The password comes by the environment, never by the command line. */
export function withConnection(command: Command): Command {
  return command
    .option('--url <address>', 'address of the running Lifeline (default: the one of these settings on this machine)')
    .option(
      '--username <name>',
      'log in as this user, with the password in LIFELINE_PASSWORD (default: as this machine’s own user)',
    );
}

export async function openApi(options: ConnectionOptions): Promise<ApiClient> {
  const configuration = readConfiguration(process.env);
  return ApiClient.open({
    url: (options.url ?? `http://127.0.0.1:${configuration.http.port}`).replace(/\/$/, ''),
    username: options.username,
    password: options.username === undefined ? undefined : (process.env['LIFELINE_PASSWORD'] ?? ''),
    dataDir: configuration.dataDir,
  });
}
