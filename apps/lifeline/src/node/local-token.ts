import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ports } from '@lifeline/ports';
import { LOCAL_TOKEN_FILE } from '../api-client.js';
import { ADMIN } from './first-account.js';

const YEAR_MS = 365 * 86_400_000;

/**
 * A session for the command line of the same machine and user, in a file that only this user can read; it ends with the process.
 * Who can read the data folder could read all data anyway.
 */
export async function keepLocalToken({
  records,
  configuration,
  clock,
}: Pick<Ports, 'records' | 'configuration' | 'clock'>): Promise<() => Promise<void>> {
  const now = clock.nowMs();
  const token = await records.people.createSession(ADMIN, now, now + YEAR_MS);
  const file = join(configuration.dataDir, LOCAL_TOKEN_FILE);
  await rm(file, { force: true });
  await writeFile(file, `${token}\n`, { mode: 0o600 });
  return async () => {
    await rm(file, { force: true });
    await records.people.deleteSession(token);
  };
}
