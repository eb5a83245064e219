import { callOutState, newestResult, type CallOut } from '@lifeline/contracts';

/** What the line of an alarm says of its call-outs. */
export type Telling =
  /** Nobody has answered yet. */
  | { readonly kind: 'called'; readonly atMs: number }
  | { readonly kind: 'no-answer'; readonly atMs: number }
  /** When they said they are there; null: they did not say. */
  | { readonly kind: 'coming'; readonly expectedAtMs: number | null }
  | { readonly kind: 'arrived'; readonly atMs: number };

/**
 * The one thing worth a line: who is there, else who comes first, else who is being called, else that nobody answered. Those who
 * were stood down are no longer spoken of.
 */
export function tellingOf(callOuts: readonly CallOut[]): Telling | undefined {
  const inState = (state: ReturnType<typeof callOutState>) =>
    callOuts.filter((callOut) => callOutState(callOut) === state).sort((a, b) => b.atMs - a.atMs);
  const [arrived] = inState('arrived');
  if (arrived) return { kind: 'arrived', atMs: newestResult(arrived)!.atMs };
  const coming = inState('reached').map((callOut) => {
    const result = newestResult(callOut);
    return result?.kind === 'reached' ? result.expectedAtMs : null;
  });
  if (coming.length > 0) {
    const said = coming.filter((atMs) => atMs !== null);
    return { kind: 'coming', expectedAtMs: said.length === 0 ? null : Math.min(...said) };
  }
  const [called] = inState('called');
  if (called) return { kind: 'called', atMs: called.atMs };
  const [unanswered] = inState('no-answer');
  return unanswered && { kind: 'no-answer', atMs: newestResult(unanswered)!.atMs };
}
