import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';

export interface Documents {
  readonly openApi: () => object;
  readonly asyncApi: () => object;
}

/** Serves what programs outside build on: /api/docs (Swagger UI), /api/openapi.json and /api/asyncapi.json. Needs no login. */
export function serveDocuments(app: NestExpressApplication, documents: Documents): void {
  // Swagger UI writes style attributes and shows its logo from a data address.
  app.use(
    '/api/docs',
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
  let asyncApi: object | undefined;
  app.use('/api/asyncapi.json', (_request: Request, response: Response, _next: NextFunction) => {
    response.json((asyncApi ??= documents.asyncApi()));
  });
  // Made from the table of calls, not read off the controllers; its type there is structural, Swagger's is its own.
  const openApi = () => documents.openApi() as OpenAPIObject;
  SwaggerModule.setup('api/docs', app, openApi, {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
  });
}
