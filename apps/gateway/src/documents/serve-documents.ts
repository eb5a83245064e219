import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type Request, type Response } from 'express';
import helmet from 'helmet';

export interface Documents {
  readonly openApi: () => object;
  readonly asyncApi: () => object;
}

/** Found, not imported: importing it would read the whole page script into this process. */
const swaggerUiFolder = () => dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/swagger-ui.css'));

const DOCS_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Lifeline API</title>
    <link rel="icon" href="/api/docs/favicon-32x32.png" />
    <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/begin.js"></script>
  </body>
</html>
`;
const BEGIN = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#swagger-ui', deepLinking: true });\n`;

/** Serves what programs outside build on: /api/docs (Swagger UI), /api/openapi.json and /api/asyncapi.json. Needs no login. */
export function serveDocuments(app: NestExpressApplication, documents: Documents): void {
  serveDocument(app, '/api/openapi.json', documents.openApi);
  serveDocument(app, '/api/asyncapi.json', documents.asyncApi);
  const docs = express.Router();
  // Swagger UI writes style attributes and shows its logo from a data address.
  docs.use(
    helmet.contentSecurityPolicy({
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
      },
    }),
  );
  docs.get('/', (_request: Request, response: Response) => void response.type('html').send(DOCS_PAGE));
  docs.get('/begin.js', (_request: Request, response: Response) => void response.type('js').send(BEGIN));
  docs.use(express.static(swaggerUiFolder(), { index: false, maxAge: 3_600_000 }));
  app.use('/api/docs', docs);
}

/** Made when it is first asked for, from the table of calls. */
function serveDocument(app: NestExpressApplication, path: string, make: () => object): void {
  let made: object | undefined;
  app.use(path, (_request: Request, response: Response) => void response.json((made ??= make())));
}
