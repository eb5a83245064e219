import { callOutSchema } from '@lifeline/contracts';
import { pagesOf } from '../api/pages-of.js';
import { Cell } from '../live/cell.js';
import { foldCallOuts, NO_CALL_OUTS, type CallOutBook } from './call-out-book.js';

const RETRY_MS = 5000;
/** Call-outs that the page holds; what stands open is among the newest. */
const MOST_CALL_OUTS = 1000;

/** The call-outs of the live city: a list when the link comes up, then each as it changes. */
export class CallOutFeed {
  readonly book = new Cell<CallOutBook>(NO_CALL_OUTS);
  private stopped: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  start(): void {
    this.stopped = new AbortController();
  }

  stop(): void {
    this.stopped?.abort();
    clearTimeout(this.timer);
  }

  /** The server's event `callOut`, or its answer. */
  take(body: unknown): void {
    const callOut = callOutSchema.safeParse(body);
    if (callOut.success) this.book.set(foldCallOuts(this.book.get(), [callOut.data]));
  }

  async read(): Promise<void> {
    const signal = this.stopped?.signal;
    clearTimeout(this.timer);
    try {
      const callOuts = await pagesOf('listCallOuts', {}, { most: MOST_CALL_OUTS, ...(signal && { signal }) });
      this.book.set({ ...foldCallOuts(this.book.get(), callOuts), loaded: true });
    } catch {
      if (signal?.aborted !== true) this.timer = setTimeout(() => void this.read(), RETRY_MS);
    }
  }
}
