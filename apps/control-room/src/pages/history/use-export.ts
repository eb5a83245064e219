import type { ExportFormat } from '@lifeline/contracts';
import { useEffect, useRef, useState } from 'react';
import { call, openFile } from '../../api/call.js';
import type { Span } from '../../chart/chart-data.js';
import { pointsOver } from './spans.js';

/** How often it is asked how far the file is. */
const ASK_EVERY_MS = 500;

export interface ExportChoice {
  readonly format: ExportFormat;
  readonly rows: 'raw' | 'shown';
}

export type ExportState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly rows: number; readonly total: number | undefined }
  | { readonly kind: 'done'; readonly name: string }
  | { readonly kind: 'failed'; readonly error: unknown };

/** One export at a time, from the choice to the file on the reader's disk. It is cancelled where the page is left. */
export function useExport(sensorIds: readonly string[], window: Span) {
  const [state, setState] = useState<ExportState>({ kind: 'idle' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const start = async ({ format, rows }: ExportChoice): Promise<void> => {
    const aborting = new AbortController();
    running.current = aborting;
    const { signal } = aborting;
    const exportId = newExportId();
    setState({ kind: 'running', rows: 0, total: undefined });
    const ask = async (): Promise<void> => {
      try {
        const far = await call('getExport', { params: { exportId }, signal });
        setState((now) => (now.kind === 'running' ? { kind: 'running', rows: far.rows, total: far.total } : now));
      } catch {
        // Not begun, over, or of another server: what comes of the file itself tells it.
      }
    };
    const timer = setInterval(() => void ask(), ASK_EVERY_MS);
    try {
      const { fromMs, toMs } = window;
      const points = pointsOver(toMs - fromMs);
      const query = { sensors: [...sensorIds], from: fromMs, to: toMs, format, rows, points, exportId };
      const response = await openFile('exportHistory', { query, signal });
      const name = nameOf(response) ?? `lifeline.${format}`;
      save(await response.blob(), name);
      setState({ kind: 'done', name });
    } catch (error) {
      setState(signal.aborted ? { kind: 'idle' } : { kind: 'failed', error });
    } finally {
      clearInterval(timer);
    }
  };
  return { state, start, cancel: () => running.current?.abort() };
}

/** A UUID; `crypto.randomUUID` is not there where the page came over plain HTTP. */
function newExportId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function nameOf(response: Response): string | undefined {
  return /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of the file by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
