// Makes dist/pglite-seed.tar.gz, a fresh data folder of PGlite: the first start of Lifeline unpacks it instead of running
// initdb. Made again only when PGlite changes, since it holds none of our tables.
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PGlite } from '@electric-sql/pglite';

const seed = new URL('../dist/pglite-seed.tar.gz', import.meta.url);
const made = new URL('../dist/pglite-seed.version', import.meta.url);
const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
const { version } = JSON.parse(readFileSync(new URL('../package.json', `file://${entry}`), 'utf8'));

const current =
  existsSync(seed) && existsSync(made) && statSync(seed).size > 0 && readFileSync(made, 'utf8') === version;
if (!current) {
  const db = await PGlite.create();
  const tarball = await db.dumpDataDir('gzip');
  await db.close();
  mkdirSync(new URL('.', seed), { recursive: true });
  const unfinished = new URL('pglite-seed.unfinished', seed);
  writeFileSync(unfinished, Buffer.from(await tarball.arrayBuffer()));
  renameSync(unfinished, seed);
  writeFileSync(made, version);
}
