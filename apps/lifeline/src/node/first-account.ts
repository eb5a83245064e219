import { randomBytes } from 'node:crypto';
import type { Ports } from '@lifeline/ports';

export const ADMIN = 'admin';

/** Makes the account `admin` where there is nobody yet; gives its password where it was made up here, to be shown this once. */
export async function ensureFirstAccount({
  records,
  configuration,
  clock,
}: Pick<Ports, 'records' | 'configuration' | 'clock'>): Promise<string | undefined> {
  if (await records.people.hasUsers()) return undefined;
  const madeUp = configuration.adminPassword === undefined;
  const password = configuration.adminPassword ?? randomBytes(12).toString('base64url');
  const made = await records.people.ensureUser(ADMIN, password, 'administrator', clock.nowMs());
  return made && madeUp ? password : undefined;
}
