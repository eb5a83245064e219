import { NotFoundException } from '@nestjs/common';
import { HistoryUnavailableError } from '@lifeline/history';
import { RegistryError } from '@lifeline/records';
import { z } from 'zod';
import { ProblemError, errorsOf, problemOf } from './problem.js';
import { refusalOf } from './problem-filter.js';

const parserError = (status: number, type: string) => Object.assign(new Error('at /srv/x.js'), { status, type });

describe('what an error tells the caller', () => {
  it.each([
    [new ProblemError(409, 'There already.'), 409],
    [new RegistryError('device-unknown', 'No device.'), 404],
    [new RegistryError('device-exists', 'There.'), 409],
    [new RegistryError('asset-unknown', 'No asset.', 'sensors.0.assetId'), 400],
    [new HistoryUnavailableError('connect ECONNREFUSED 10.0.0.1'), 503],
    [new NotFoundException(), 404],
    [parserError(413, 'entity.too.large'), 413],
    [parserError(400, 'entity.parse.failed'), 400],
    [parserError(415, 'encoding.unsupported'), 415],
    [new URIError('malformed'), 400],
  ])('%p is a refusal of status %i', (error, status) => {
    const refusal = refusalOf(error, '/api/v1/x');
    expect(refusal?.status).toBe(status);
    expect(refusal?.detail).not.toMatch(/\.js|ECONNREFUSED/);
  });

  it('is nothing where the fault is ours', () => {
    for (const error of [new TypeError('x is undefined'), parserError(500, 'x'), 'thrown text', undefined]) {
      expect(refusalOf(error, '/')).toBeUndefined();
    }
  });

  it('is a document with the title of its status and each wrong field', () => {
    const schema = z.strictObject({ sensors: z.array(z.object({ lat: z.number().max(90) })) });
    const { error } = schema.safeParse({ sensors: [{ lat: 91 }], extra: 1 });
    const errors = errorsOf(error!, 'body');
    expect(errors.map(({ path }) => path)).toEqual(['sensors.0.lat', 'extra']);
    expect(problemOf(400, 'Wrong.', '/api/v1/devices', errors)).toEqual({
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      detail: 'Wrong.',
      instance: '/api/v1/devices',
      errors,
    });
    expect(problemOf(404, 'None.', '/x', [])).not.toHaveProperty('errors');
  });
});
