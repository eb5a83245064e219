import type { ExportPage } from './export-pages.js';

/** One form of the file, written a page at a time; each part is sent before the next page is read. */
export interface ExportFile {
  begin(): Uint8Array;
  page(page: ExportPage): Uint8Array;
  end(): Uint8Array;
}

export type ExportedRows = 'raw' | 'shown';
