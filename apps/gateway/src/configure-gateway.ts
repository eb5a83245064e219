import { resolve } from 'node:path';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { API_ROOT, MOST_IMPORT_BYTES, asyncApiDocument, openApiDocument, routes } from '@lifeline/contracts';
import type { Ports } from '@lifeline/ports';
import compression from 'compression';
import express, { type NextFunction, type Request, type Response } from 'express';
import { callDurations } from './calls/call-durations.js';
import { serveDocuments } from './documents/serve-documents.js';
import type { GatewayOptions } from './gateway-options.js';
import { pageHandler, securityHeaders } from './page/page-handler.js';

/** The largest device, 256 sensors with all limits, is some 120 KB. */
const JSON_BYTES = 1024 * 1024;

/**
 * Sets on the application what a module cannot: security headers, bodies, compression, the documents and the page.
 * Call it after NestFactory.create (with `{ bodyParser: false }`) and before `listen`.
 */
export function configureGateway(app: NestExpressApplication, ports: Ports, options: GatewayOptions): void {
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.useWebSocketAdapter(new IoAdapter(app));
  app.use(securityHeaders(ports.configuration.basemap?.url));
  app.use(compression());
  app.use(API_ROOT, callDurations(ports));
  app.use(API_ROOT, (_request: Request, response: Response, next: NextFunction) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  app.use(express.json({ limit: JSON_BYTES, type: ['application/json', 'application/*+json'] }));
  app.use(
    `${API_ROOT}${routes.importSensors.path}`,
    express.text({ limit: MOST_IMPORT_BYTES, type: 'text/csv', defaultCharset: 'utf-8' }),
  );
  if (options.basemapFolder !== undefined) {
    const files = express.static(resolve(options.basemapFolder), { index: false, maxAge: 3_600_000 });
    app.use('/map/files', (request: Request, response: Response, next: NextFunction) => {
      // What else lies in that folder is nobody's business.
      if (/^\/[^/]+\.pmtiles$/.test(request.path)) files(request, response, next);
      else next();
    });
  }
  serveDocuments(app, { openApi: openApiDocument, asyncApi: asyncApiDocument });
  if (options.pageFolder !== undefined) app.use(pageHandler(resolve(options.pageFolder)));
}
