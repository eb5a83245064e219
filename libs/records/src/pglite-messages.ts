/** What the thread of PGlite and the rest of the process say to each other. */

export interface PgliteWorkerData {
  readonly folder: string;
  /** Tarball of a fresh data folder; null: PGlite makes one itself, which takes seconds. */
  readonly seedFile: string | null;
}

export type ToPglite =
  | {
      readonly kind: 'query';
      readonly id: number;
      readonly statement: string;
      readonly params: readonly unknown[];
      readonly rowMode: 'array' | 'object';
    }
  | { readonly kind: 'listen'; readonly id: number; readonly channel: string }
  | { readonly kind: 'close'; readonly id: number };

export type FromPglite =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'answer'; readonly id: number; readonly rows: unknown[] }
  | { readonly kind: 'refusal'; readonly id: number; readonly code: string; readonly message: string }
  | { readonly kind: 'notice'; readonly channel: string; readonly payload: string };
