import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Real servers for the tests: started on free ports of 127.0.0.1 with folders of their own, ended by their process. */

export interface RunningServer {
  readonly folder: string;
  readonly process: ChildProcess;
  /** What it has printed so far (stdout and stderr), for error messages. */
  output(): string;
  /** Ends it (SIGTERM, after five seconds SIGKILL) and removes its folder. */
  stop(): Promise<void>;
  /** Ends it at once, as a crash would; its folder stays. */
  kill(): Promise<void>;
}

export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Asked until it resolves without an error; at most `readyWithinMs` (default 20 s). */
  readonly ready: () => Promise<void>;
  readonly readyWithinMs?: number;
  readonly uid?: number;
  readonly gid?: number;
}

/** A port of 127.0.0.1 that is free now. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

export function temporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `lifeline-${name}-`));
}

/** Path of a program: on the PATH, or where Debian keeps servers. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/lib/postgresql/17/bin',
    '/usr/lib/postgresql/16/bin',
    '/usr/lib/postgresql/15/bin',
  ];
  for (const name of names) for (const folder of folders) if (existsSync(join(folder, name))) return join(folder, name);
  return undefined;
}

/** As findProgram, or one clear error: a missing server fails the suite, it is never skipped in silence. */
export function requireProgram(debianPackage: string, ...names: readonly string[]): string {
  const found = findProgram(...names);
  if (!found) throw new Error(`${names.join(' or ')} is missing. Install it: apt-get install ${debianPackage}`);
  return found;
}

export async function startServer(server: ServerCommand): Promise<RunningServer> {
  const folder = server.folder ?? temporaryFolder('server');
  const child = spawn(server.command, [...server.args], {
    cwd: folder,
    env: { ...process.env, ...server.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(server.uid === undefined ? {} : { uid: server.uid }),
    ...(server.gid === undefined ? {} : { gid: server.gid }),
  });
  let output = '';
  const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-20_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      output += String(error);
      resolve();
    });
  });
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(timer);
    rmSync(folder, { recursive: true, force: true });
  };
  const until = Date.now() + (server.readyWithinMs ?? 20_000);
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`${server.command} ended at once (${child.exitCode ?? child.signalCode}):\n${output}`);
    }
    try {
      await server.ready();
      return { folder, process: child, output: () => output, stop, kill };
    } catch (error) {
      if (Date.now() > until) {
        await kill();
        throw new Error(`${server.command} was not ready in time: ${String(error)}\n${output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
