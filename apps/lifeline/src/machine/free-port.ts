import { createServer } from 'node:net';
import { EXIT, StartError } from './start-error.js';

export interface WantedPort {
  readonly host: string;
  readonly port: number;
  /** The setting that names it, e.g. LIFELINE_HTTP_PORT. */
  readonly setting: string;
  readonly what: string;
}

/**
 * Tries a port before anything is opened, so that a taken one costs a line and not a start.
 * @throws StartError which names the port, the setting and the mend
 */
export async function requireFreePort(wanted: WantedPort): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted.port, wanted.host, resolve);
    });
  } catch (error) {
    throw portError(wanted, error as NodeJS.ErrnoException);
  } finally {
    server.close();
  }
}

/** The one line for a port that cannot be listened on. */
export function portError({ host, port, setting, what }: WantedPort, error: NodeJS.ErrnoException): StartError {
  if (error.code === 'EADDRINUSE') {
    return new StartError(
      EXIT.portTaken,
      `Port ${port} on ${host} (${what}) is taken by another program. Stop that program, or set ${setting} to a free port.`,
    );
  }
  if (error.code === 'EACCES') {
    return new StartError(
      EXIT.portTaken,
      `Port ${port} on ${host} (${what}) is not allowed to this user. Set ${setting} to a port above 1023.`,
    );
  }
  return new StartError(
    EXIT.portTaken,
    `${host}:${port} (${what}) cannot be listened on (${error.code ?? error.message}). Check ${setting} and the host beside it.`,
  );
}
