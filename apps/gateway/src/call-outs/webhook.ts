import type { CallOutMessage, DeliveryFault } from '@lifeline/contracts';

/** How a message fared at the city's address. */
export type Delivered =
  | { readonly kind: 'sent'; readonly attempts: number }
  | {
      readonly kind: 'not-sent';
      readonly attempts: number;
      readonly why: DeliveryFault;
      readonly status: number | null;
    };

export interface WebhookOptions {
  /** May carry a name and a password, or a token: nothing of it is said anywhere. */
  readonly url: string;
  /** Pauses between attempts, milliseconds; there is one attempt more than pauses. */
  readonly pausesMs?: readonly number[];
  /** How long the address may take to answer one attempt. */
  readonly answerWithinMs?: number;
  readonly signal: AbortSignal;
}

/** [P] Half a minute in all: who waits longer for a crew rings it. */
const PAUSES_MS: readonly number[] = [1_000, 2_000, 4_000, 8_000, 15_000];
const ANSWER_WITHIN_MS = 5_000;
/** Answers below 500 that a later attempt may change. */
const PASSING = new Set([408, 425, 429]);

/**
 * Tells the city's address of a call-out: by POST, again and with longer pauses where it fails, until it answers 2xx or refuses it.
 * The id goes along, so that an address which was told twice rings once.
 */
export async function deliver(message: CallOutMessage, options: WebhookOptions): Promise<Delivered> {
  const { pausesMs = PAUSES_MS, signal } = options;
  let failed: Omit<Extract<Delivered, { kind: 'not-sent' }>, 'attempts' | 'kind'> = {
    why: 'interrupted',
    status: null,
  };
  let attempts = 0;
  for (const pauseMs of [0, ...pausesMs]) {
    await pause(pauseMs, signal);
    if (signal.aborted) return { kind: 'not-sent', attempts, why: 'interrupted', status: null };
    attempts++;
    const answer = await attempt(message, options);
    if (answer === 'sent') return { kind: 'sent', attempts };
    failed = answer;
    const { why, status } = answer;
    if (why === 'refused' && status !== null && status < 500 && !PASSING.has(status)) break;
  }
  return { kind: 'not-sent', attempts, ...failed };
}

async function attempt(
  message: CallOutMessage,
  { url, answerWithinMs = ANSWER_WITHIN_MS, signal }: WebhookOptions,
): Promise<'sent' | { readonly why: DeliveryFault; readonly status: number | null }> {
  const timeout = AbortSignal.timeout(answerWithinMs);
  try {
    const { address, authorization } = withoutCredentials(url);
    const answer = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': message.callOutId,
        ...(authorization === undefined ? {} : { authorization }),
      },
      body: JSON.stringify(message),
      // Whoever answers elsewhere is not whom the settings name.
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
    });
    // What it answers beside its status is of no use, and may be endless.
    await answer.body?.cancel();
    return answer.ok ? 'sent' : { why: 'refused', status: answer.status };
  } catch {
    if (signal.aborted) return { why: 'interrupted', status: null };
    return { why: timeout.aborted ? 'no-time' : 'unreachable', status: null };
  }
}

/** `fetch` takes no name and password within an address: they go by the header that they stand for. */
function withoutCredentials(url: string): { readonly address: URL; readonly authorization: string | undefined } {
  const address = new URL(url);
  const { username, password } = address;
  address.username = '';
  address.password = '';
  if (username === '' && password === '') return { address, authorization: undefined };
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { address, authorization: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms === 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
