#!/usr/bin/env node
// CommonJS on purpose: libuv reads UV_THREADPOOL_SIZE when its pool is first used, and loading ES modules already uses
// it. History queries hold pool threads; with the default of four they would delay every file operation.
process.env.UV_THREADPOOL_SIZE ??= '16';

const { existsSync } = require('node:fs');
const { join } = require('node:path');

const prepare = join(__dirname, '..', '..', '..', 'scripts', 'prepare.mjs');

async function main() {
  // In a checkout a changed source is built first; an installed image has no such script.
  if (existsSync(prepare)) {
    const { requireNode, buildWhenNeeded } = await import(`file://${prepare}`);
    requireNode();
    await buildWhenNeeded();
  }
  const { runCommandLine } = await import('../dist/command-line.js');
  await runCommandLine(process.argv);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
