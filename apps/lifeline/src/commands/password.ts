import { randomBytes } from 'node:crypto';
import { Command } from 'commander';
import { openApi, withConnection, type ConnectionOptions } from './connection.js';

/** `lifeline password USER`: a new password, made up here and shown this once. */
export function passwordCommand(): Command {
  return withConnection(
    new Command('password')
      .description('give a person a new password, shown this once')
      .argument('<username>', 'whose'),
  )
    .option('--json', 'print the answer as JSON')
    .action(async (username: string, options: ConnectionOptions & { json?: boolean }) => {
      const api = await openApi(options);
      const password = randomBytes(12).toString('base64url');
      await api.call('PATCH', `/users/${encodeURIComponent(username)}`, { password });
      console.log(options.json ? JSON.stringify({ username, password }) : `New password of ${username}: ${password}`);
    });
}
