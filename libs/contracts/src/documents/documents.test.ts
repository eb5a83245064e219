import type { Route } from '../route.js';
import { API_ROOT, routes } from '../routes.js';
import { TELEMETRY_FILTER } from '../topics.js';
import { asyncApiDocument } from './asyncapi.js';
import type { DocumentNode } from './json-schemas.js';
import { openApiDocument } from './openapi.js';

function at(document: DocumentNode, pointer: string): unknown {
  return pointer
    .slice(2)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((node, key) => (node as DocumentNode | undefined)?.[key], document);
}

function referencesOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : referencesOf(value),
  );
}

describe.each([
  ['openApiDocument', openApiDocument],
  ['asyncApiDocument', asyncApiDocument],
])('%s', (_, build) => {
  it('is plain JSON and the same each time', () => {
    expect(JSON.parse(JSON.stringify(build()))).toEqual(build());
  });

  it('refers to nothing that it does not hold', () => {
    const document = build();
    const references = referencesOf(document);
    expect(references.length).toBeGreaterThan(5);
    for (const reference of references)
      expect([reference, at(document, reference)]).toEqual([reference, expect.anything()]);
  });
});

describe('the OpenAPI document', () => {
  const document = openApiDocument();

  it.each(Object.entries<Route>(routes))('holds %s with its right, its answer and its problems', (name, route) => {
    const operation = at(document, '#/paths') as Record<string, Record<string, DocumentNode>>;
    const call = operation[`${API_ROOT}${route.path}`]![route.method.toLowerCase()]!;
    expect(call['operationId']).toBe(name);
    expect(call['x-right']).toBe(route.right);
    const statuses = Object.keys(call['responses'] as DocumentNode).map(Number);
    expect(statuses).toEqual(expect.arrayContaining([route.status, 400, 500, ...(route.problems ?? [])]));
    expect(statuses.includes(401)).toBe(route.right !== 'anyone');
    expect(call['requestBody'] !== undefined).toBe(route.body !== undefined || route.bodyTypes !== undefined);
  });

  it('declares each parameter of a path', () => {
    for (const [path, calls] of Object.entries(document['paths'] as Record<string, Record<string, DocumentNode>>)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      for (const call of Object.values(calls)) {
        const parameters = (call['parameters'] ?? []) as { name: string; in: string; required: boolean }[];
        expect(parameters.filter((p) => p.in === 'path').map((p) => p.name)).toEqual(inPath);
      }
    }
  });

  it('tells what the address for call-outs is sent', () => {
    const schema = at(document, '#/webhooks/callOut/post/requestBody/content/application~1json/schema') as DocumentNode;
    expect(schema['required']).toEqual(expect.arrayContaining(['callOutId', 'message', 'crew', 'alarmId']));
  });

  it('refers to a device by name', () => {
    expect(
      at(document, '#/paths/~1api~1v1~1devices~1{deviceId}/get/responses/200/content/application~1json/schema'),
    ).toEqual({
      $ref: '#/components/schemas/Device',
    });
  });
});

describe('the AsyncAPI document', () => {
  const document = asyncApiDocument();

  it('holds the topics that the inlets subscribe to', () => {
    const address = at(document, '#/channels/telemetry/address') as string;
    expect(address.replace(/\{\w+\}/g, '+')).toBe(TELEMETRY_FILTER);
  });

  it('holds every live event', () => {
    expect(Object.keys(at(document, '#/channels/live/messages') as DocumentNode).sort()).toEqual([
      'alarm',
      'callOut',
      'health',
      'incident',
      'readings',
      'resync',
      'subscribe',
    ]);
  });
});
