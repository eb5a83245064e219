import { sql } from 'drizzle-orm';
import type { Database } from './engine.js';
import type { RegistryNotice } from './port.js';

/** Changes of the registry as NOTIFY payloads: sent with the commit, heard by every process. */

export const REGISTRY_CHANNEL = 'lifeline_registry';

/** PostgreSQL takes payloads of less than 8,000 bytes. Ids are ASCII, at most 64 characters. */
const MOST_PAYLOAD_CHARACTERS = 7_900;
/** Beyond this, reading everything again is the cheaper way. */
const MOST_NAMED_DEVICES = 500;
const EVERYTHING = '*';

export function noticePayloads(notice: RegistryNotice): string[] {
  if (notice === 'everything' || notice.length > MOST_NAMED_DEVICES) return [EVERYTHING];
  const payloads: string[] = [];
  let payload = '';
  for (const id of notice) {
    if (payload.length + id.length + 1 > MOST_PAYLOAD_CHARACTERS) {
      payloads.push(payload);
      payload = '';
    }
    payload += payload === '' ? id : ` ${id}`;
  }
  if (payload !== '') payloads.push(payload);
  return payloads;
}

export function readNotice(payload: string): RegistryNotice {
  return payload === EVERYTHING ? 'everything' : payload.split(' ');
}

/** Within the transaction of the change: heard when it commits, and only then. */
export async function notify(db: Database, notice: RegistryNotice): Promise<void> {
  for (const payload of noticePayloads(notice))
    await db.execute(sql`select pg_notify(${REGISTRY_CHANNEL}, ${payload})`);
}
