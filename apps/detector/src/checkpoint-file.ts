import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DeskState } from '@lifeline/alarms';
import type { MaintenanceWindow } from '@lifeline/contracts';
import type { Cursor } from '@lifeline/reading-log';

/** Positions in the log up to which everything is in the checkpoint. */
export interface Cursors {
  readonly readings: Cursor;
  readonly actions: Cursor;
  readonly alarms: Cursor;
}

export interface Checkpoint {
  readonly cursors: Cursors;
  readonly desk: DeskState;
  /** Maintenance windows that were told up to the position in `actions`; missing in older checkpoints. */
  readonly windows?: readonly MaintenanceWindow[];
  readonly engine: Uint8Array;
}

type Head = Omit<Checkpoint, 'engine'>;

const MAGIC = 'lifeline-detector-1\n';
const DIGEST_BYTES = 32;

/** A checkpoint file that is broken or of another version. */
export class CheckpointFileError extends Error {
  readonly code = 'checkpoint-file';
}

/**
 * Writes the checkpoint so that the file is the old one or the new one whole, whatever happens: to a file beside it, to the
 * disk, then renamed over it, and the rename to the disk too.
 */
export async function writeCheckpointFile(path: string, checkpoint: Checkpoint): Promise<void> {
  const { engine, ...of } = checkpoint;
  const head = Buffer.from(JSON.stringify(of satisfies Head), 'utf8');
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32LE(head.length, 0);
  lengths.writeUInt32LE(engine.length, 4);
  const digest = createHash('sha256').update(lengths).update(head).update(engine).digest();
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.new`;
  const file = await open(beside, 'w');
  try {
    await file.writev([Buffer.from(MAGIC), lengths, head, engine, digest]);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/**
 * Reads the checkpoint; undefined where there is none.
 * @throws CheckpointFileError where it is broken, cut short or of another version
 */
export async function readCheckpointFile(path: string): Promise<Checkpoint | undefined> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!bytes) return undefined;
  const at = MAGIC.length;
  const broken = (what: string) => new CheckpointFileError(`the checkpoint ${path} ${what}`);
  if (bytes.length < at + 8 || bytes.toString('latin1', 0, at) !== MAGIC) {
    throw broken('is not one of this version');
  }
  const headLength = bytes.readUInt32LE(at);
  const engineLength = bytes.readUInt32LE(at + 4);
  const end = at + 8 + headLength + engineLength;
  if (bytes.length !== end + DIGEST_BYTES) throw broken('is cut short');
  const digest = createHash('sha256').update(bytes.subarray(at, end)).digest();
  if (!digest.equals(bytes.subarray(end))) throw broken('is broken: its digest is wrong');
  // The digest holds: these are the bytes that writeCheckpointFile wrote.
  const head = JSON.parse(bytes.toString('utf8', at + 8, at + 8 + headLength)) as Head;
  return { ...head, engine: bytes.subarray(at + 8 + headLength, end) };
}
