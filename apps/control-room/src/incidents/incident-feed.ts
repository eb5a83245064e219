import { liveIncidentSchema, type LiveIncident } from '@lifeline/contracts';
import { call } from '../api/call.js';
import { Cell } from '../live/cell.js';
import { NO_INCIDENTS, foldIncident, incidentsAnew, type IncidentBook } from './incident-book.js';

const RETRY_MS = 5000;
/** Where several steps were missed at once, one reading mends them. */
const REREAD_AFTER_MS = 300;

/** The incidents of the live city: a list when the link comes up, then each step. What comes while the list is read is taken after it. */
export class IncidentFeed {
  readonly book = new Cell<IncidentBook>(NO_INCIDENTS);
  private meanwhile: LiveIncident[] | undefined;
  private reading = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private state: 'running' | 'stopped' = 'running';

  /** The server's event `incident`. */
  take(body: unknown): void {
    const step = liveIncidentSchema.safeParse(body);
    if (!step.success) return;
    if (this.meanwhile !== undefined) this.meanwhile.push(step.data);
    else this.fold([step.data]);
  }

  /** Reads the list anew. */
  async read(): Promise<void> {
    const reading = ++this.reading;
    clearTimeout(this.timer);
    this.meanwhile = [];
    try {
      const { items } = await call('listIncidents', {});
      if (reading !== this.reading) return;
      this.book.set(incidentsAnew(items));
      this.fold(this.takeMeanwhile());
    } catch {
      if (reading !== this.reading) return;
      // Alarms are shown all the same, each on a line of its own.
      this.book.set({ ...this.book.get(), loaded: true });
      this.fold(this.takeMeanwhile());
      this.readAfter(RETRY_MS);
    }
  }

  start(): void {
    this.state = 'running';
  }

  stop(): void {
    this.state = 'stopped';
    this.reading++;
    this.meanwhile = undefined;
    clearTimeout(this.timer);
  }

  private takeMeanwhile(): readonly LiveIncident[] {
    const steps = this.meanwhile ?? [];
    this.meanwhile = undefined;
    return steps;
  }

  private fold(steps: readonly LiveIncident[]): void {
    let book = this.book.get();
    let isWhole = true;
    for (const step of steps) {
      const folded = foldIncident(book, step);
      book = folded.book;
      isWhole &&= folded.state === 'whole';
    }
    this.book.set(book);
    if (!isWhole) this.readAfter(REREAD_AFTER_MS);
  }

  private readAfter(ms: number): void {
    if (this.state === 'stopped') return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.read(), ms);
  }
}
