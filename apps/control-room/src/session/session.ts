import type { User } from '@lifeline/contracts';
import { CallError, call, onUnauthorised } from '../api/call.js';
import { Cell } from '../live/cell.js';

/** Who is at the desk. */
export type Session =
  | { readonly kind: 'asking' }
  | { readonly kind: 'open'; readonly user: User }
  | { readonly kind: 'none'; readonly why: 'first' | 'expired' | 'left' }
  | { readonly kind: 'unreachable' };

export const session = new Cell<Session>({ kind: 'asking' });

onUnauthorised(() => {
  const before = session.get();
  if (before.kind === 'open') session.set({ kind: 'none', why: 'expired' });
});

/** Asks the server who the cookie belongs to. */
export async function askSession(): Promise<void> {
  session.set({ kind: 'asking' });
  try {
    const { user } = await call('getSession', {});
    session.set({ kind: 'open', user });
  } catch (error) {
    const unknown = error instanceof CallError && (error.status === 401 || error.status === 403);
    session.set(unknown ? { kind: 'none', why: 'first' } : { kind: 'unreachable' });
  }
}

/** Logs in; the address stays, so that the page returns to where it was. Rejects with `CallError`. */
export async function logIn(username: string, password: string): Promise<void> {
  const { user } = await call('createSession', { body: { username, password } });
  session.set({ kind: 'open', user });
}

export async function logOut(): Promise<void> {
  await call('deleteSession', {}).catch(() => undefined);
  session.set({ kind: 'none', why: 'left' });
}
