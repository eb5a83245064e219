import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT, StartError } from './start-error.js';

/** Form of the data folder. A newer one is left alone: an older Lifeline must not write into what it cannot read. */
export const DATA_VERSION = 1;

/** Roles that may work in one data folder at once, each by one process. */
export type Role = 'ingest' | 'detector' | 'gateway';

export interface DataFolder {
  readonly path: string;
  /** Lets go of it, so that another process may start. */
  release(): Promise<void>;
}

/**
 * Makes the folder where it is missing, checks that it is writable and of a version we know, and holds it for these roles.
 * @throws StartError with one clear line each
 */
export async function holdDataFolder(path: string, roles: readonly Role[]): Promise<DataFolder> {
  prepare(path);
  const held: Server[] = [];
  const release = async () => {
    await Promise.all(held.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
  };
  try {
    for (const role of roles) held.push(await holdRole(path, role));
  } catch (error) {
    await release();
    throw error;
  }
  return { path, release };
}

function prepare(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK | constants.X_OK);
    const probe = join(path, `.write-probe-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new StartError(
      EXIT.dataFolder,
      `The data folder ${path} is not writable (${(error as NodeJS.ErrnoException).code ?? 'unknown'}). Give this user the right to write there, or set LIFELINE_DATA_DIR to another folder.`,
    );
  }
  const file = join(path, 'version.json');
  if (!existsSync(file)) {
    writeFileSync(`${file}.new`, `${JSON.stringify({ version: DATA_VERSION })}\n`);
    renameSync(`${file}.new`, file);
    return;
  }
  const version = readVersion(file);
  if (version > DATA_VERSION) {
    throw new StartError(
      EXIT.newerData,
      `The data in ${path} is of version ${version}, written by a newer Lifeline; this one reads up to version ${DATA_VERSION}. Start the newer Lifeline, or set LIFELINE_DATA_DIR to another folder.`,
    );
  }
}

function readVersion(file: string): number {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof parsed === 'object' && parsed !== null && 'version' in parsed && Number.isInteger(parsed.version)) {
      return parsed.version as number;
    }
  } catch {
    // Falls through to the one line below.
  }
  throw new StartError(
    EXIT.dataFolder,
    `${file} cannot be read as {"version": number}. Restore the data folder from a backup, or set LIFELINE_DATA_DIR to another folder.`,
  );
}

/**
 * A lock that a crash cannot leave behind: a listening local socket. Where one answers, its owner lives; where its file is there and nobody
 * answers, its owner died and the file is removed.
 */
async function holdRole(path: string, role: Role): Promise<Server> {
  const address = socketAddress(path, role);
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await listen(address);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      if (await answers(address)) {
        throw new StartError(
          EXIT.secondInstance,
          `Another Lifeline (${role}) already runs on the data folder ${path}. Stop it first, or set LIFELINE_DATA_DIR to another folder.`,
        );
      }
      rmSync(address, { force: true });
    }
  }
  throw new StartError(
    EXIT.secondInstance,
    `The data folder ${path} is being taken by another Lifeline (${role}). Try again.`,
  );
}

function socketAddress(path: string, role: Role): string {
  const inside = join(path, `${role}.lock`);
  // A local socket's path holds 107 bytes at most; a longer folder gets a name by its hash.
  if (Buffer.byteLength(inside) <= 100) return inside;
  return join(tmpdir(), `lifeline-${createHash('sha256').update(path).digest('hex').slice(0, 24)}-${role}.lock`);
}

function listen(address: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.end());
    server.once('error', reject);
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
