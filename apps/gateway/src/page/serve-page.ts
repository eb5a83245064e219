import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type NextFunction, type Request, type Response } from 'express';

/** What the gateway itself answers; everything else is an address within the page. */
const SERVED = /^\/(api|map|health|metrics|socket\.io)(\/|$)/;

/** Tries to leave the folder: no address of ours looks so. */
const CLIMBS = /\.\.|%2f|%5c/i;

/** Whether a browser asks for an address of the page, which its router reads, and not for a file. */
export function isPageAddress(request: Pick<Request, 'method' | 'path'> & { accepts: Request['accepts'] }): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  if (SERVED.test(request.path) || request.path.startsWith('/assets/') || CLIMBS.test(request.path)) return false;
  return request.accepts(['html', 'json']) === 'html';
}

/** Serves the built control room: files with a hash in their name for ever, the page itself always asked for anew. */
export function servePage(app: NestExpressApplication, folder: string): void {
  app.use(
    express.static(folder, {
      index: false,
      setHeaders: (response, path) => {
        const isHashed = path.startsWith(join(folder, 'assets'));
        response.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    }),
  );
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (!isPageAddress(request)) {
      next();
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(join(folder, 'index.html'), (error) => {
      if (error) next(error);
    });
  });
}
