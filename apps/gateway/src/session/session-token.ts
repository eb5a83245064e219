import type { IncomingHttpHeaders } from 'node:http';
import { SESSION_COOKIE } from '@lifeline/contracts';
import { parse, serialize } from 'cookie';

export const SESSION_MS = 12 * 3_600_000;

/** The session token of a request and where it was found: a cookie is sent by browsers unasked, a bearer token is not. */
export interface FoundToken {
  readonly token: string;
  readonly from: 'bearer' | 'cookie';
}

export function tokenOf(headers: IncomingHttpHeaders): FoundToken | undefined {
  const bearer = /^Bearer ([\w.~+/=-]{1,256})$/i.exec(headers.authorization ?? '');
  if (bearer) return { token: bearer[1]!, from: 'bearer' };
  const token = headers.cookie === undefined ? undefined : parse(headers.cookie)[SESSION_COOKIE];
  return token === undefined || token === '' || token.length > 256 ? undefined : { token, from: 'cookie' };
}

/** Set-Cookie of a session; an empty token takes it away. */
export function sessionCookie(token: string, transport: 'http' | 'https'): string {
  return serialize(SESSION_COOKIE, token, {
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
    secure: transport === 'https',
    maxAge: token === '' ? 0 : SESSION_MS / 1000,
  });
}
