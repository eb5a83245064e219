import type { IncomingHttpHeaders } from 'node:http';
import { ProblemError } from '../problems/problem.js';

const READS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Whether a browser sent this for a page of another origin. Browsers tell by Sec-Fetch-Site where the connection is trustworthy,
 * and by Origin on everything that is not a plain read; programs send neither.
 */
export function isFromOtherSite(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  if (headers.origin === undefined) return false;
  return !URL.canParse(headers.origin) || new URL(headers.origin).host !== headers.host;
}

/**
 * Refuses a call that changes something and comes from a page of another origin with our cookie.
 * @throws ProblemError 403
 */
export function refuseOtherSites(method: string, headers: IncomingHttpHeaders): void {
  if (!READS.includes(method) && isFromOtherSite(headers)) {
    throw new ProblemError(403, 'A page of another origin may not call this with your session cookie.');
  }
}
