import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connectAsync } from 'mqtt';
import { freePort, requireProgram, startServer, temporaryFolder, type RunningServer } from './process.js';

export interface MosquittoUser {
  readonly username: string;
  readonly password: string;
  /** Lines of the access list for this user, e.g. `topic write lifeline/v1/+/child-1/#`. */
  readonly access?: readonly string[];
}

export interface RunningMosquitto {
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  readonly stop: RunningServer['stop'];
  readonly kill: RunningServer['kill'];
}

/** Every device may write and read under its own topic: the pattern of libs/inlets/README.md. */
export const DEVICE_ACCESS = ['pattern write lifeline/v1/+/%u/#', 'pattern read lifeline/v1/+/%u/#'];

/** Starts Debian's Mosquitto with a password file and an access list; on the port and folder of one that was killed, to go on from there. */
export async function startMosquitto(
  users: readonly MosquittoUser[],
  place: { readonly port?: number; readonly folder?: string } = {},
): Promise<RunningMosquitto> {
  const folder = place.folder ?? temporaryFolder('mosquitto');
  const port = place.port ?? (await freePort());
  const url = `mqtt://127.0.0.1:${port}`;
  writeFileSync(`${folder}/passwords`, users.map((user) => `${user.username}:${user.password}\n`).join(''), {
    mode: 0o600,
  });
  // Turns the plain passwords of the file into salted hashes.
  execFileSync(requireProgram('mosquitto', 'mosquitto_passwd'), ['-U', `${folder}/passwords`]);
  const own = users.flatMap((user) => [`user ${user.username}`, ...(user.access ?? []), '']);
  writeFileSync(`${folder}/access`, [...own, ...DEVICE_ACCESS, ''].join('\n'), { mode: 0o600 });
  const settings = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous false',
    `password_file ${folder}/passwords`,
    `acl_file ${folder}/access`,
    'persistence true',
    `persistence_location ${folder}/`,
    'max_queued_messages 0',
    // Started by root it would go over to a user that may not read this folder.
    ...(process.getuid?.() === 0 ? ['user root'] : []),
  ];
  writeFileSync(`${folder}/mosquitto.conf`, `${settings.join('\n')}\n`);
  const probe = users[0]!;
  const server = await startServer({
    command: requireProgram('mosquitto', 'mosquitto'),
    args: ['-c', `${folder}/mosquitto.conf`],
    folder,
    ready: async () => {
      const { username, password } = probe;
      const client = await connectAsync(url, { username, password, reconnectPeriod: 0, connectTimeout: 2000 }, false);
      await client.endAsync();
    },
  });
  return { url, port, folder, stop: server.stop, kill: server.kill };
}
