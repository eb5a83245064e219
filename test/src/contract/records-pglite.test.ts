import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PGlite } from '@electric-sql/pglite';
import { systemClock } from '@lifeline/contracts';
import { openRecords } from '@lifeline/records';
import { temporaryFolder } from '../servers/process.js';
import { aDevice } from './records-builders.js';

const clock = systemClock;

describe('records in a folder', () => {
  let folder: string;
  beforeEach(() => (folder = join(temporaryFolder('records'), 'records')));
  afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

  it('hold every change they answered to a process that is killed while it writes', async () => {
    const script = `
      import { openRecords } from '@lifeline/records';
      const records = await openRecords({ folder: ${JSON.stringify(folder)}, clock: { nowMs: () => 1 } });
      const sensors = [{ channel: 'p', unit: 'kPa', name: 'P', lon: 113, lat: 30 }];
      for (let n = Number(process.argv[1]); ; n++) {
        await records.registry.createDevice({ deviceId: 'd-' + n, utility: 'gas', name: 'D', sensors }, n);
        console.log('d-' + n);
      }`;
    const answered: string[] = [];
    for (let round = 0; round < 3; round++) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, String(round * 1_000)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const exited = new Promise((resolve) => child.once('exit', resolve));
      const before = answered.length;
      for await (const line of createInterface({ input: child.stdout })) {
        answered.push(line);
        if (answered.length === before + 40) child.kill('SIGKILL');
      }
      await exited;
    }

    const records = await openRecords({ folder, clock });
    const kept = new Set((await records.registry.snapshot()).devices.map(({ device }) => device.deviceId));
    await records.close();

    expect(answered.length).toBeGreaterThanOrEqual(120);
    expect(answered.filter((id) => !kept.has(id))).toEqual([]);
  });

  it('start anew where a process was killed while it made the folder', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'PG_VERSION'), '18\n');
    writeFileSync(`${folder}.unfinished`, '');

    const records = await openRecords({ folder, clock });
    await records.registry.createDevice(aDevice('d-1'), 1);
    await records.close();

    expect(existsSync(`${folder}.unfinished`)).toBe(false);
    const again = await openRecords({ folder, clock });
    expect(await again.registry.device('d-1')).toBeDefined();
    await again.close();
  });

  it('are refused where a newer Lifeline wrote them, and left as they are', async () => {
    await (await openRecords({ folder, clock })).close();
    const db = await PGlite.create(folder);
    await db.exec(`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 9000000000000)`);
    await db.close();

    for (let attempt = 0; attempt < 2; attempt++)
      await expect(openRecords({ folder, clock })).rejects.toMatchObject({ code: 'records-version' });
  });

  it('refuse every call after they were closed', async () => {
    const records = await openRecords({ folder, clock });
    await records.close();

    await expect(records.registry.device('d-1')).rejects.toMatchObject({ code: 'records-closed' });
    await records.close();
  });
});
