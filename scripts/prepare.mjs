import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What stands between a fresh clone and a running Lifeline: the right Node, the packages, the build. */

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, 'node_modules', '.cache', 'lifeline', 'build-stamp');
const LEAST_NODE = [20, 19];

/** Ends with one line where Node is too old. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  console.error(
    `Lifeline needs Node.js ${LEAST_NODE.join('.')} or later; this is ${process.versions.node}. Install a newer one and try again.`,
  );
  process.exit(2);
}

/** Runs a command with its output shown; gives its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.once('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      resolve(127);
    });
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 130 : 1)));
  });
}

/**
 * Installs the packages with `npm ci` where they are missing or not those of the lockfile.
 * @param scope `run`: what building and running take, about half of all; `all`: what checks and tests take too
 */
export async function installWhenNeeded(scope = 'all') {
  if (isInstalled(scope)) return;
  console.error('Installing packages (npm ci), about half a minute …');
  const only = scope === 'run' ? ['--omit=dev'] : ['--include=dev'];
  // The lockfile's checksums say whether what npm keeps is right: asking for each package whether it changed takes a third of the time.
  const code = await run('npm', ['ci', ...only, '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) {
    console.error(
      'npm ci failed; its message is above. Check the network or the registry setting of npm, then try again.',
    );
    process.exit(1);
  }
}

/** Holds what npm last installed against the lockfile: a few milliseconds. What another machine needs (optional) does not count. */
function isInstalled(scope) {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const packages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  const have = packages(installed);
  return Object.entries(packages(join(root, 'package-lock.json'))).every(([name, entry]) => {
    const wanted =
      name.includes('node_modules/') &&
      !entry.link &&
      !entry.optional &&
      !entry.devOptional &&
      !(scope === 'run' && entry.dev);
    return !wanted || have[name]?.version === entry.version;
  });
}

/** Builds what runs where a source file changed since the last build. */
export async function buildWhenNeeded() {
  const stamp = sourceStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  console.error('Building, about a quarter of a minute …');
  const code = await run(process.execPath, [join(root, 'scripts', 'build.mjs')]);
  if (code !== 0) {
    console.error('The build failed; its message is above.');
    process.exit(1);
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, sourceStamp());
}

/** A fingerprint of every source file by path, size and time of change: a few milliseconds for the whole tree. */
function sourceStamp() {
  const hash = createHash('sha256');
  const skip = new Set(['node_modules', 'dist', '.git', '.nx', 'data', 'docs', 'coverage']);
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (skip.has(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (!entry.name.endsWith('.test.ts') && !entry.name.endsWith('.md')) {
        const { size, mtimeMs } = statSync(path);
        hash.update(`${relative(root, path)}:${size}:${Math.round(mtimeMs)}\n`);
      }
    }
  };
  for (const folder of ['apps', 'libs', 'devices', 'test']) walk(join(root, folder));
  for (const file of ['package-lock.json', 'tsconfig.base.json', 'nx.json'])
    hash.update(`${file}:${statSync(join(root, file)).size}\n`);
  const present =
    existsSync(join(root, 'apps', 'lifeline', 'dist', 'index.js')) &&
    existsSync(join(root, 'apps', 'control-room', 'dist', 'index.html'));
  return `${hash.digest('hex')}:${present ? 'built' : 'not built'}`;
}
