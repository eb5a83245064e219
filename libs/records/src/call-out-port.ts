import type { CallOut, CallOutStep, DutyContent, DutyPost } from '@lifeline/contracts';
import type { Listed, Page } from './port.js';

/** What the records keep of the duty roster and of call-outs. */

/** An expected refusal about the duty roster. */
export class DutyError extends Error {
  constructor(
    readonly code: 'post-unknown' | 'version-conflict',
    message: string,
    /** Of a conflict: who changed it meanwhile. */
    readonly changedBy?: string,
  ) {
    super(message);
  }
}

export interface DutyEdit {
  readonly postId: string;
  /** The newest version this edit began from. */
  readonly expectedVersion: number;
  /** Missing: as before. */
  readonly content?: DutyContent;
  readonly removedAtMs: number | null;
  readonly changedBy: string;
}

/** The duty roster and all versions of its entries. Nothing in it is rewritten. */
export interface DutyStore {
  create(content: DutyContent, createdBy: string, nowMs: number): Promise<DutyPost>;
  /** The first entries, where there never was any; gives how many were made. */
  seed(contents: readonly DutyContent[], createdBy: string, nowMs: number): Promise<number>;
  /** @throws DutyError */
  change(edit: DutyEdit, nowMs: number): Promise<DutyPost>;
  /** The newest version, removed or not; undefined where it is unknown. */
  post(postId: string): Promise<DutyPost | undefined>;
  /** The newest version of each that is on the roster, by their making. */
  posts(): Promise<readonly DutyPost[]>;
}

/** An expected refusal about call-outs. */
export class CallOutError extends Error {
  constructor(
    readonly code: 'call-out-unknown' | 'id-taken' | 'moved' | 'over',
    message: string,
    /** Who said something of it meanwhile. */
    readonly by?: string,
  ) {
    super(message);
  }
}

/** A step before it has its place among the others. */
export type NewCallOutStep = CallOutStep extends infer Step
  ? Step extends CallOutStep
    ? Omit<Step, 'sequence'>
    : never
  : never;

/** Call-outs and what became of them. Nothing in it is rewritten. */
export interface CallOutStore {
  /** The same again by the same person gives what is there. @throws CallOutError `id-taken` */
  create(callOut: Omit<CallOut, 'steps'>): Promise<CallOut>;
  /**
   * @param seen sequence of the newest result that whoever says this saw, 0 for none; of what the system says it is not asked
   * @throws CallOutError `call-out-unknown`, `moved`, `over`
   */
  add(callOutId: string, step: NewCallOutStep, seen?: number): Promise<CallOut>;
  callOut(callOutId: string): Promise<CallOut | undefined>;
  /** Newest first. */
  callOuts(
    question: Page & { alarmId?: string | undefined; incidentId?: string | undefined },
  ): Promise<Listed<CallOut>>;
  /** Those whose message is on its way still, oldest first. */
  undelivered(): Promise<readonly CallOut[]>;
  /** Calls back with the id after every change, this process's or another's; undefined: some may have been missed. Gives the way to stop. */
  onChange(listener: (callOutId: string | undefined) => void): Promise<() => Promise<void>>;
}
