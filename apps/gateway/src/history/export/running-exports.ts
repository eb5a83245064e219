/** How far an export is. */
export interface ExportProgress {
  rows: number;
  total: number | undefined;
}

/** Exports at once: each holds a page and asks the history one question at a time. */
export const MOST_EXPORTS = 4;

/** The exports under way, so that they stay few and their callers can ask how far they are. */
export class RunningExports {
  private readonly running = new Set<ExportProgress>();
  private readonly named = new Map<string, ExportProgress>();

  get isFull(): boolean {
    return this.running.size >= MOST_EXPORTS;
  }

  begin(progress: ExportProgress, exportId: string | undefined): void {
    this.running.add(progress);
    if (exportId !== undefined) this.named.set(exportId, progress);
  }

  end(progress: ExportProgress, exportId: string | undefined): void {
    this.running.delete(progress);
    if (exportId !== undefined && this.named.get(exportId) === progress) this.named.delete(exportId);
  }

  of(exportId: string): ExportProgress | undefined {
    return this.named.get(exportId);
  }
}
