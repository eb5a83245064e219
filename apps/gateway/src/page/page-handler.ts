import { join } from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';
import serveStatic from 'serve-static';
import { contentSecurity } from './content-security.js';

/** A step in answering a request, as Node's http and Express both call it. */
export type Handler = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;

/** What the gateway itself answers; everything else is an address within the page. */
const SERVED = /^\/(api|map|health|metrics|socket\.io)(\/|$)/;

/** Tries to leave the folder: no address of ours looks so. */
const CLIMBS = /\.\.|%2f|%5c/i;

/** Whether a browser asks for an address of the page, which its router reads, and not for a file. */
export function isPageAddress({ method, url, headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  const path = (url ?? '/').split('?', 1)[0]!;
  if (SERVED.test(path) || path.startsWith('/assets/') || CLIMBS.test(path)) return false;
  const accept = headers.accept ?? '*/*';
  return accept.includes('text/html') || (accept.includes('*/*') && !accept.includes('json'));
}

/**
 * Serves the built control room: files with a hash in their name for ever, the page itself always asked for anew. Reads no
 * framework, so that the page is there while the rest of the server still starts.
 */
export function pageHandler(folder: string): Handler {
  const files = serveStatic(folder, {
    index: false,
    setHeaders: (response, path) => {
      const isHashed = path.startsWith(join(folder, 'assets'));
      response.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  return (request, response, next) => {
    files(request, response, (error?: unknown) => {
      if (error !== undefined || !isPageAddress(request)) return next(error);
      request.url = '/index.html';
      files(request, response, next);
    });
  };
}

/** The headers of every answer. */
export function securityHeaders(basemapUrl: string | undefined): Handler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurity(basemapUrl) },
    // The page is served over plain HTTP too; who terminates TLS in front sets this.
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  });
}
