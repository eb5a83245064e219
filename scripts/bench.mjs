import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildWhenNeeded, installWhenNeeded, requireNode, root } from './prepare.mjs';

// `npm run bench -- NAME [--data DIR] [--seed N] [--json] [--write]`: our figures beside a bare baseline's from the same run; --write puts
// them into the bench's page in docs, where it has one; --seed makes up another city, where the bench has one.
requireNode();
const args = process.argv.slice(2);
const json = args.includes('--json');
const dataAt = args.indexOf('--data');
const seedAt = args.indexOf('--seed');
const data = dataAt >= 0 ? args[dataAt + 1] : undefined;
const seed = seedAt >= 0 ? Number(args[seedAt + 1]) : undefined;
const ofOptions = [dataAt, seedAt].filter((at) => at >= 0).map((at) => at + 1);
const name = args.find((arg, i) => !arg.startsWith('--') && !ofOptions.includes(i));
if (Number.isNaN(seed)) {
  console.error('--seed takes a number');
  process.exit(2);
}

const log = console.log;
if (json) console.log = console.error; // the answer is one line on standard output; all else goes beside it
await installWhenNeeded();
await buildWhenNeeded();

const folder = join(root, 'test', 'dist', 'bench');
const known = readdirSync(folder)
  .filter((file) => file.endsWith('.js') && !file.includes('.test.'))
  .map((file) => file.slice(0, -3))
  .filter((file) => !file.startsWith('measure'));
if (!name || !existsSync(join(folder, `${name}.js`))) {
  console.error(`${name ? `No benchmark "${name}"` : 'Name a benchmark'}. There are: ${known.join(', ')}`);
  process.exit(2);
}
const { run } = await import(pathToFileURL(join(folder, `${name}.js`)).href);
const result = await run({ data, seed, write: args.includes('--write') });
if (json) log(JSON.stringify(result));
else {
  log(`${result.bench}`);
  const keys = [...new Set([...Object.keys(result.figures), ...Object.keys(result.baseline)])];
  console.table(
    Object.fromEntries(
      keys.map((key) => [key, { ours: result.figures[key], baseline: result.baseline[key], ratio: result.ratio[key] }]),
    ),
  );
}
process.exit(0);
