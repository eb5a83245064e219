import type { Ports } from '@lifeline/ports';
import type { NextFunction, Request, Response } from 'express';
import { Histogram } from 'prom-client';

/** Key of `response.locals` under which the guard leaves the name of the call. */
export const CALL_NAME = 'lifelineCall';

/** Measures every REST call, by its name in the table of calls and its status: what is at no address of the table is `none`. */
export function callDurations({ metrics }: Pick<Ports, 'metrics'>) {
  const seconds = new Histogram({
    name: 'lifeline_rest_seconds',
    help: 'Time from a REST call to the end of its answer, by call and status',
    labelNames: ['call', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [metrics],
  });
  return (_request: Request, response: Response, next: NextFunction): void => {
    const begunMs = performance.now();
    response.once('finish', () => {
      const call = (response.locals[CALL_NAME] as string | undefined) ?? 'none';
      seconds.observe({ call, status: String(response.statusCode) }, (performance.now() - begunMs) / 1000);
    });
    next();
  };
}
