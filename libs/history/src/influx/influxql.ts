import { HistoryUnavailableError } from '../port.js';

/** Questions in InfluxQL over `/query`, which InfluxDB 1.8, 2 and 3 all answer. */

export type InfluxValue = string | number | boolean | null;

export interface InfluxSeries {
  readonly tags: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
  readonly values: readonly (readonly InfluxValue[])[];
}

export interface InfluxEndpoint {
  readonly url: string;
  readonly token: string | undefined;
  /** Database of InfluxQL. */
  readonly bucket: string;
  readonly timeoutMs: number;
}

/** A string literal: in single quotes, with quotes and backslashes behind a backslash. */
export function quoteText(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** A time literal. @throws RangeError where it is not a number */
export function quoteTime(timeMs: number): string {
  if (!Number.isSafeInteger(timeMs)) throw new RangeError(`${timeMs} is not a time in whole milliseconds`);
  return `${timeMs}ms`;
}

/**
 * Asks one statement; times come in epoch milliseconds.
 * @throws HistoryUnavailableError where the store does not answer, or answers with an error or a part only
 */
export async function askInflux(endpoint: InfluxEndpoint, statement: string): Promise<readonly InfluxSeries[]> {
  const url = new URL(`${endpoint.url.replace(/\/+$/, '')}/query`);
  url.search = new URLSearchParams({ db: endpoint.bucket, epoch: 'ms', q: statement }).toString();
  let status: number;
  let text: string;
  try {
    const response = await fetch(url, {
      headers: {
        accept: 'application/json',
        ...(endpoint.token === undefined ? {} : { authorization: `Token ${endpoint.token}` }),
      },
      signal: AbortSignal.timeout(endpoint.timeoutMs),
    });
    status = response.status;
    text = await response.text();
  } catch (error) {
    throw unavailable(endpoint, reasonOf(error), error);
  }
  if (status !== 200) throw unavailable(endpoint, `status ${status}: ${text.slice(0, 300)}`);
  let answer: InfluxAnswer;
  try {
    answer = JSON.parse(text) as InfluxAnswer;
  } catch (error) {
    throw unavailable(endpoint, `an answer that is not JSON: ${text.slice(0, 100)}`, error);
  }
  const result = answer.results?.[0];
  const fault = answer.error ?? result?.error;
  if (fault !== undefined) throw unavailable(endpoint, fault);
  const series = result?.series ?? [];
  if (result?.partial || series.some((s) => s.partial)) {
    throw unavailable(endpoint, 'only a part of the answer: raise max-row-limit in its settings');
  }
  return series.map((s) => ({ tags: s.tags ?? {}, columns: s.columns, values: s.values ?? [] }));
}

interface InfluxAnswer {
  readonly error?: string;
  readonly results?: readonly {
    readonly error?: string;
    readonly partial?: boolean;
    readonly series?: readonly {
      readonly tags?: Readonly<Record<string, string>>;
      readonly columns: readonly string[];
      readonly values?: readonly (readonly InfluxValue[])[];
      readonly partial?: boolean;
    }[];
  }[];
}

function unavailable(endpoint: InfluxEndpoint, fault: string, cause?: unknown): HistoryUnavailableError {
  return new HistoryUnavailableError(
    `InfluxDB at ${placeOf(endpoint.url)} (bucket ${endpoint.bucket}) did not answer: ${fault}. Check LIFELINE_INFLUX_URL, TOKEN and BUCKET, and that it runs.`,
    { cause },
  );
}

/** The address without user and password, which must not reach a log. */
export function placeOf(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
