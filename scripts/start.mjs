import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildWhenNeeded, installWhenNeeded, requireNode, root } from './prepare.mjs';

// `npm start`: from a fresh clone to a running city in one command.
requireNode();
await installWhenNeeded('run');
await buildWhenNeeded();

const child = spawn(
  process.execPath,
  [join(root, 'apps', 'lifeline', 'bin', 'lifeline.cjs'), 'start', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, LIFELINE_SIMULATE: process.env.LIFELINE_SIMULATE ?? '1' },
  },
);
// Ctrl-C reaches the child by the terminal's process group as well; it takes the two for one.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
child.once('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
