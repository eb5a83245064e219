import type { Clock } from '@lifeline/contracts';
import { writeCheckpointFile, type Checkpoint } from './checkpoint-file.js';

const CHECKPOINT_MS = 10_000;
/** Above this size the checkpoint is written less often: a minute of readings is read again in a moment. */
const LARGE_CHECKPOINT_BYTES = 16 * 1024 * 1024;
const LARGE_CHECKPOINT_MS = 60_000;

export interface CheckpointKeeperOptions {
  readonly path: string;
  readonly clock: Clock;
  /** By default every 10 s, every minute where it is large. */
  readonly everyMs?: number | undefined;
  /** Makes the copy: all of it of one moment. */
  readonly take: () => Promise<Checkpoint>;
}

/** Writes the checkpoint when it is due. */
export class CheckpointKeeper {
  private writtenAtMs: number;
  private writtenBytes = 0;

  constructor(private readonly options: CheckpointKeeperOptions) {
    this.writtenAtMs = options.clock.nowMs();
  }

  async writeWhenDue(): Promise<void> {
    const everyMs =
      this.options.everyMs ?? (this.writtenBytes > LARGE_CHECKPOINT_BYTES ? LARGE_CHECKPOINT_MS : CHECKPOINT_MS);
    if (this.options.clock.nowMs() - this.writtenAtMs >= everyMs) await this.write();
  }

  /** Written while readings go on. */
  async write(): Promise<void> {
    this.writtenAtMs = this.options.clock.nowMs();
    const checkpoint = await this.options.take();
    this.writtenBytes = checkpoint.engine.length;
    await writeCheckpointFile(this.options.path, checkpoint);
  }
}
