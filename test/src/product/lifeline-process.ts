import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, temporaryFolder } from '../servers/process.js';

/** The shipped product as a process of its own, on free ports and a folder of its own. */

export const ADMIN_PASSWORD = 'correct-horse-battery';

/** Root of the checkout: the folder that holds nx.json. */
export const workspaceRoot = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'nx.json'))) folder = dirname(folder);
  return folder;
})();

export const commandLine = join(workspaceRoot, 'apps', 'lifeline', 'bin', 'lifeline.cjs');

export interface LifelineProcess {
  readonly url: string;
  readonly httpPort: number;
  readonly mqttPort: number;
  readonly dataDir: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly child: ChildProcess;
  output(): string;
  /** Ctrl-C; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** kill -9. */
  kill(): Promise<void>;
  /** Starts again on the same folder and ports. */
  restart(): Promise<LifelineProcess>;
}

export interface LifelineOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly dataDir?: string;
  readonly httpPort?: number;
  readonly mqttPort?: number;
  readonly command?: readonly string[];
}

/** Starts the all-in-one and waits until it says that it is ready. */
export async function startLifeline(options: LifelineOptions = {}): Promise<LifelineProcess> {
  const httpPort = options.httpPort ?? (await freePort());
  const mqttPort = options.mqttPort ?? (await freePort());
  const dataDir = options.dataDir ?? join(temporaryFolder('product'), 'data');
  const environment = {
    LIFELINE_HTTP_PORT: String(httpPort),
    LIFELINE_MQTT_PORT: String(mqttPort),
    LIFELINE_DATA_DIR: dataDir,
    LIFELINE_ADMIN_PASSWORD: ADMIN_PASSWORD,
    LIFELINE_SIMULATE: '0',
    ...options.environment,
  };
  const child = spawn(process.execPath, [commandLine, ...(options.command ?? ['start'])], {
    cwd: workspaceRoot,
    env: { ...withoutLifeline(process.env), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const url = `http://127.0.0.1:${httpPort}`;
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const ready = new Promise<void>((resolve, reject) => {
    const take = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Lifeline is ready')) resolve();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    void ended.then((code) => reject(new Error(`Lifeline ended with ${code}:\n${output}`)));
  });
  await ready;
  const self: LifelineProcess = {
    url,
    httpPort,
    mqttPort,
    dataDir,
    environment,
    child,
    output: () => output,
    stop: async () => {
      child.kill('SIGINT');
      return ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    restart: () => startLifeline({ ...options, httpPort, mqttPort, dataDir }),
  };
  return self;
}

/** Runs the product where it is expected to end by itself; gives its code and what it printed. */
export function runCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ code: number | null; output: string; errors: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [commandLine, ...args], {
      cwd: workspaceRoot,
      env: { ...withoutLifeline(process.env), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.once('exit', (code) => resolve({ code, output, errors }));
  });
}

function withoutLifeline(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([key]) => !key.startsWith('LIFELINE_') && key !== 'NODE_ENV'),
  );
}
