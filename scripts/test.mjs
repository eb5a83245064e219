import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { buildWhenNeeded, installWhenNeeded, requireNode, root, run } from './prepare.mjs';

// `npm test`: installs what is needed, builds, checks, runs every suite, and says plainly what could not run.
requireNode();

/** What the crossing suites need beside Node: a program, its Debian package, and the suites that cannot run without it. */
const programs = [
  { names: ['chromium', 'chromium-browser', 'google-chrome'], pack: 'chromium', suites: ['browser'] },
  { names: ['mosquitto'], pack: 'mosquitto', suites: ['contract/inlet', 'production', 'browser', 'bench'] },
  { names: ['mosquitto_pub'], pack: 'mosquitto-clients', suites: ['browser'] },
  { names: ['influxd'], pack: 'influxdb', suites: ['contract/history', 'production'] },
  { names: ['victoria-metrics'], pack: 'victoria-metrics', suites: ['contract/history', 'production'] },
  { names: ['initdb'], pack: 'postgresql', suites: ['contract/records', 'production'] },
];
const fonts = { file: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', pack: 'fonts-noto-cjk' };

const found = (names) => {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/sbin',
    ...[17, 16, 15, 14].map((v) => `/usr/lib/postgresql/${v}/bin`),
  ];
  return names.some((name) => folders.some((folder) => existsSync(join(folder, name))));
};
const missing = () => programs.filter((program) => !found(program.names));

const debian =
  existsSync('/etc/os-release') && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
const mayInstall = debian && process.getuid?.() === 0;
const strict = process.env.CI === 'true' || mayInstall;

await installWhenNeeded();
if (mayInstall && (missing().length > 0 || !existsSync(fonts.file))) {
  const packs = [
    ...new Set([...missing().map((program) => program.pack), ...(existsSync(fonts.file) ? [] : [fonts.pack])]),
  ];
  console.log(`Installing Debian packages for the tests: ${packs.join(' ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packs], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
const absent = missing();
if (absent.length > 0 && strict) {
  console.error(
    `Missing for the tests: ${absent.map((p) => `${p.names[0]} (Debian package ${p.pack})`).join(', ')}. Install and run again.`,
  );
  console.log('0 passed, 1 failed');
  process.exit(1);
}
await buildWhenNeeded();

const results = { passed: 0, failed: 0 };
const only = process.argv.slice(2);

/** Lint and format count as one check each. */
async function check(name, command, args) {
  console.log(`\n== ${name}`);
  const code = await run(command, args, { env: { ...process.env, NX_TUI: 'false', NX_DAEMON: 'false' } });
  results[code === 0 ? 'passed' : 'failed']++;
  if (code !== 0) console.error(`${name} failed.`);
}

/** One run of Jest; its counts are added to the result. */
async function suites(name, args) {
  console.log(`\n== ${name}`);
  const out = join(mkdtempSync(join(tmpdir(), 'lifeline-jest-')), 'result.json');
  const code = await run(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings',
      join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
      '--json',
      `--outputFile=${out}`,
      ...args,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, UV_THREADPOOL_SIZE: '16' } },
  );
  if (!existsSync(out)) {
    results.failed++;
    console.error(`${name}: Jest ended with ${code} and no result.`);
    return;
  }
  const result = JSON.parse(readFileSync(out, 'utf8'));
  results.passed += result.numPassedTests;
  results.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  if (code !== 0 && result.numFailedTests + result.numRuntimeErrorTestSuites === 0) results.failed++;
}

const left = absent.flatMap((program) => program.suites.map((suite) => ({ suite, program })));
const ignore = [...new Set(left.map(({ suite }) => `src/${suite}`))].flatMap((pattern) => [
  '--testPathIgnorePatterns',
  pattern,
]);

if (only.length > 0)
  await suites(`Suites named ${only.join(' ')}`, ['--config', join(root, 'jest.config.js'), '--runInBand', ...only]);
else {
  await check('Types (tsc -b)', process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b']);
  await check('Types of the page (tsc)', process.execPath, [
    join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
    '-p',
    join(root, 'apps', 'control-room'),
  ]);
  // The graph of projects, which the boundary rule of the lint reads.
  await check('Project graph (nx)', process.execPath, [
    join(root, 'node_modules', 'nx', 'dist', 'bin', 'nx.js'),
    'show',
    'projects',
  ]);
  await check('Lint (eslint .)', process.execPath, [join(root, 'node_modules', 'eslint', 'bin', 'eslint.js'), '.']);
  await check('Format (prettier --check)', process.execPath, [
    join(root, 'node_modules', 'prettier', 'bin', 'prettier.cjs'),
    '--check',
    '--log-level=warn',
    '.',
  ]);
  await suites('Unit and property suites', [
    '--config',
    join(root, 'jest.config.js'),
    '--maxWorkers=2',
    '--testPathIgnorePatterns',
    `${root}/test/`,
  ]);
  await suites('Suites across real servers, processes and the browser', [
    '--config',
    join(root, 'test', 'jest.config.js'),
    '--runInBand',
    ...ignore,
  ]);
}

if (left.length > 0) {
  console.log('\nNot run on this machine:');
  for (const { suite, program } of left)
    console.log(
      `  test/src/${suite}*: ${program.names[0]} is not installed; get it with: apt-get install ${program.pack}`,
    );
}
console.log(`\n${results.passed} passed, ${results.failed} failed`);
process.exit(results.failed === 0 && results.passed > 0 ? 0 : 1);
