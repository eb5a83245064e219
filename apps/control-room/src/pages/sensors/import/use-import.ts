import type { ImportAnswer } from '@lifeline/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { CallError, call } from '../../../api/call.js';
import { useLive } from '../../../live/live-context.js';
import { csvTextOf } from './csv-text.js';
import { judged, readPreview, troubleOfFile, type FileTrouble, type Preview } from './import-preview.js';

type Refusal = { readonly kind: FileTrouble | 'unreachable' } | { readonly kind: 'server'; readonly message: string };

/** Where an import is: a file is chosen, tried (dry run), and then imported. */
export type ImportState =
  | { readonly kind: 'none' }
  | { readonly kind: 'trying' | 'importing'; readonly file: string }
  | { readonly kind: 'refused'; readonly file: string; readonly why: Refusal }
  | { readonly kind: 'tried'; readonly file: string; readonly answer: ImportAnswer; readonly preview: Preview }
  | { readonly kind: 'done'; readonly file: string; readonly answer: ImportAnswer };

function refusalOf(error: unknown): Refusal {
  if (!(error instanceof CallError) || error.status === 0) return { kind: 'unreachable' };
  if (error.status === 413) return { kind: 'tooLarge' };
  if (error.status === 415) return { kind: 'wrongType' };
  return { kind: 'server', message: error.message };
}

export function useImport() {
  const queries = useQueryClient();
  const live = useLive();
  const [state, setState] = useState<ImportState>({ kind: 'none' });
  const text = useRef('');
  const underWay = useRef<AbortController>(undefined);
  useEffect(() => () => underWay.current?.abort(), []);

  const send = async (file: string, dryRun: 'true' | 'false'): Promise<void> => {
    underWay.current?.abort();
    const control = new AbortController();
    underWay.current = control;
    setState({ kind: dryRun === 'true' ? 'trying' : 'importing', file });
    try {
      const answer = await call('importSensors', {
        query: { dryRun },
        text: text.current,
        contentType: 'text/csv; charset=utf-8',
        signal: control.signal,
      });
      if (control.signal.aborted) return;
      if (dryRun === 'true' || answer.errors.length > 0) {
        setState({ kind: 'tried', file, answer, preview: judged(readPreview(text.current), answer.errors) });
        return;
      }
      setState({ kind: 'done', file, answer });
      void queries.invalidateQueries();
      void live.readSensors();
    } catch (error) {
      if (!control.signal.aborted) setState({ kind: 'refused', file, why: refusalOf(error) });
    }
  };

  const choose = (file: File | undefined): void => {
    if (file === undefined) return;
    const trouble = troubleOfFile(file);
    if (trouble !== undefined) {
      setState({ kind: 'refused', file: file.name, why: { kind: trouble } });
      return;
    }
    setState({ kind: 'trying', file: file.name });
    csvTextOf(file).then(
      (content) => {
        text.current = content;
        // What is no text at all (a spreadsheet renamed) shows by its zero bytes.
        if (content.includes('\0')) setState({ kind: 'refused', file: file.name, why: { kind: 'wrongType' } });
        else void send(file.name, 'true');
      },
      () => setState({ kind: 'refused', file: file.name, why: { kind: 'empty' } }),
    );
  };
  const run = (): void => {
    if (state.kind === 'tried') void send(state.file, 'false');
  };
  const cancel = (): void => {
    underWay.current?.abort();
    setState({ kind: 'none' });
  };
  return { state, choose, run, cancel };
}
