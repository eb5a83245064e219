import { HttpException, Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HistoryUnavailableError } from '@lifeline/history';
import type { Problem } from '@lifeline/contracts';
import { LogFullError } from '@lifeline/reading-log';
import { PORTS, type Ports } from '@lifeline/ports';
import { PageTokenError, PeopleError, RecordsError, RegistryError } from '@lifeline/records';
import type { Request, Response } from 'express';
import { PROBLEM_TYPE, ProblemError, problemOf, type Told } from './problem.js';
import { refusal } from './refusals.js';

interface Refusal {
  readonly status: number;
  readonly detail: string;
  readonly errors?: Problem['errors'];
  readonly headers?: Readonly<Record<string, string>>;
  readonly told?: Told | undefined;
}

/** Errors of Express' body parsers, told by their type (package `raw-body` and `body-parser`). */
interface HttpError {
  readonly status: number;
  readonly type?: string;
}

function isHttpError(error: unknown): error is HttpError {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}

function registryRefusal(error: RegistryError): Refusal {
  const { code, message: detail } = error;
  const told: Told = { code };
  switch (code) {
    case 'device-unknown':
      return { status: 404, detail, told };
    case 'device-exists':
    case 'sensor-exists':
      return { status: 409, detail, told };
    case 'asset-unknown':
    case 'gateway-unknown':
    case 'wrong-utility':
      return { status: 400, detail, errors: [{ path: error.path ?? '', message: detail }], told };
  }
}

function bodyRefusal(error: HttpError): Refusal | undefined {
  if (error.status === 413)
    return { status: 413, detail: 'The body is larger than this call takes; send it in several parts.' };
  if (error.type === 'entity.parse.failed') return { status: 400, detail: 'The body is not valid JSON.' };
  if (error.status === 415) return { status: 415, detail: 'The body is in an encoding that is not read here.' };
  if (error.status >= 400 && error.status < 500) return { status: error.status, detail: 'The request cannot be read.' };
  return undefined;
}

function refusalBy({ status, message: detail, errors, headers, told }: ProblemError): Refusal {
  return { status, detail, errors, headers, told };
}

/** What an error tells the caller; undefined where it is a fault of ours, about which nothing is told. */
export function refusalOf(error: unknown, path: string): Refusal | undefined {
  if (error instanceof ProblemError) return refusalBy(error);
  if (error instanceof RegistryError) return registryRefusal(error);
  if (error instanceof PageTokenError) {
    return { status: 400, detail: error.message, errors: [{ path: 'query.after', message: error.message }] };
  }
  if (error instanceof PeopleError) {
    return { status: error.code === 'user-exists' ? 409 : 404, detail: error.message };
  }
  if (error instanceof RecordsError && error.code === 'records-unreachable')
    return refusalBy(refusal('records-unreachable'));
  if (error instanceof LogFullError) return refusalBy(refusal('log-full'));
  if (error instanceof HistoryUnavailableError) return refusalBy(refusal('history-unreachable'));
  if (error instanceof HttpException) {
    const status = error.getStatus();
    if (status === 404) return { status, detail: `Nothing is served at ${path}. The calls are listed at /api/docs.` };
    if (status === 400 && error.message.includes('JSON')) return { status, detail: 'The body is not valid JSON.' };
    if (status < 500) return { status, detail: error.message };
    return undefined;
  }
  if (error instanceof URIError) return { status: 400, detail: 'The address is not valid percent-encoded UTF-8.' };
  if (isHttpError(error)) return bodyRefusal(error);
  return undefined;
}

/** Turns every error into a problem document; what is unexpected goes to the machine's operator, not to the caller. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const path = request.path;
    let told = refusalOf(error, path);
    if (told === undefined) {
      this.ports.say(
        `gateway: ${request.method} ${path} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      told = { status: 500, detail: 'Something failed in Lifeline; its log says what.' };
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    for (const [name, value] of Object.entries(told.headers ?? {})) response.setHeader(name, value);
    response
      .status(told.status)
      .type(PROBLEM_TYPE)
      .send(JSON.stringify(problemOf(told.status, told.detail, path, told.errors, told.told)));
  }
}
