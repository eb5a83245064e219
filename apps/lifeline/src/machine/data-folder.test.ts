import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { holdDataFolder } from './data-folder.js';
import { EXIT } from './start-error.js';

const folder = () => join(mkdtempSync(join(tmpdir(), 'lifeline-folder-')), 'data');

describe('the data folder', () => {
  it('is made where it is missing and may be taken again after release', async () => {
    const path = folder();
    const first = await holdDataFolder(path, ['ingest', 'gateway']);
    await first.release();
    const second = await holdDataFolder(path, ['ingest', 'gateway']);
    await second.release();
  });

  it('refuses a second holder of a role, and lets another role in', async () => {
    const path = folder();
    const first = await holdDataFolder(path, ['ingest']);
    await expect(holdDataFolder(path, ['gateway', 'ingest'])).rejects.toMatchObject({ exitCode: EXIT.secondInstance });
    const other = await holdDataFolder(path, ['gateway']);
    await other.release();
    await first.release();
  });

  it('is free again after its holder was killed', async () => {
    const path = folder();
    await (await holdDataFolder(path, [])).release();
    const script = `require('node:net').createServer().listen(${JSON.stringify(join(path, 'ingest.lock'))}, () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', script]);
    const after = await holdDataFolder(path, ['ingest']);
    await after.release();
  });

  it('of a newer version is left alone', async () => {
    const path = folder();
    await (await holdDataFolder(path, ['ingest'])).release();
    writeFileSync(join(path, 'version.json'), '{"version": 99}');
    await expect(holdDataFolder(path, ['ingest'])).rejects.toMatchObject({
      exitCode: EXIT.newerData,
      message: expect.stringContaining('version 99'),
    });
  });

  it('that is a file is refused with the way to mend it', async () => {
    const path = folder();
    await (await holdDataFolder(path, [])).release();
    const file = join(path, 'version.json');
    await expect(holdDataFolder(file, ['ingest'])).rejects.toMatchObject({
      exitCode: EXIT.dataFolder,
      message: expect.stringContaining('LIFELINE_DATA_DIR'),
    });
  });

  it('with a path longer than a local socket takes is held all the same', async () => {
    const path = join(folder(), 'x'.repeat(120));
    const first = await holdDataFolder(path, ['ingest']);
    await expect(holdDataFolder(path, ['ingest'])).rejects.toMatchObject({ exitCode: EXIT.secondInstance });
    await first.release();
  });
});
