import { spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './process.js';

const MIB = 1024 * 1024;

/** A disk of its own in memory, which can be filled and given room again. Only root may mount one. */
export class SmallDisk {
  private constructor(readonly folder: string) {}

  static mount(mebibytes: number): SmallDisk {
    const folder = temporaryFolder('small-disk');
    const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder]);
    if (status === 0) return new SmallDisk(folder);
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`no small disk can be mounted: ${String(stderr)}`);
  }

  /** Whether disks can be mounted here: in containers often not. */
  static get works(): boolean {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
    try {
      SmallDisk.mount(1).unmount();
      return true;
    } catch {
      return false;
    }
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.folder);
    return bavail * bsize;
  }

  /** Another program's file takes all but so much. */
  fillBut(mebibytes: number): void {
    writeFileSync(this.ballast, Buffer.alloc(this.freeBytes - mebibytes * MIB));
  }

  /** That file is deleted. */
  clear(): void {
    rmSync(this.ballast, { force: true });
  }

  unmount(): void {
    // Lazily: a test that failed may have left a file open.
    spawnSync('umount', ['-l', this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get ballast(): string {
    return join(this.folder, 'ballast');
  }
}
