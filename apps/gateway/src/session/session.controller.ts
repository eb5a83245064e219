import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { User } from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import type { Request, Response } from 'express';
import { Call, Caller, Input, type AnswerOf, type InputOf, type KnownRequest } from '../calls/call.js';
import { LiveGateway } from '../live/live.gateway.js';
import { ProblemError } from '../problems/problem.js';
import { LoginLimit } from './login-limit.js';
import { SESSION_MS, sessionCookie } from './session-token.js';

function transportOf(request: Request): 'http' | 'https' {
  return request.secure || request.headers['x-forwarded-proto'] === 'https' ? 'https' : 'http';
}

@Controller()
export class SessionController {
  private readonly limit = new LoginLimit();

  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(LiveGateway) private readonly live: LiveGateway,
  ) {}

  @Call('createSession')
  async create(
    @Input() { body }: InputOf<'createSession'>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AnswerOf<'createSession'>> {
    const { people } = this.ports.records;
    const nowMs = this.ports.clock.nowMs();
    const address = request.socket.remoteAddress ?? 'unknown';
    const waitS = this.limit.attempt(body.username, address, nowMs);
    if (waitS > 0) {
      throw new ProblemError(429, `Too many attempts to log in; try again in ${waitS} s.`, undefined, {
        'Retry-After': String(waitS),
      });
    }
    const user = await people.verify(body.username, body.password);
    if (!user) {
      throw new ProblemError(401, 'The name or the password is wrong.', undefined, { 'WWW-Authenticate': 'Bearer' });
    }
    this.limit.succeeded(body.username, address);
    const token = await people.createSession(user.username, nowMs, nowMs + SESSION_MS);
    response.setHeader('Set-Cookie', sessionCookie(token, transportOf(request)));
    return { token, user };
  }

  @Call('getSession')
  get(@Caller() user: User): AnswerOf<'getSession'> {
    return { user };
  }

  @Call('deleteSession')
  async delete(@Req() request: KnownRequest, @Res({ passthrough: true }) response: Response): Promise<void> {
    if (request.sessionToken) {
      await this.ports.records.people.deleteSession(request.sessionToken);
      this.live.endSession(request.sessionToken);
    }
    response.setHeader('Set-Cookie', sessionCookie('', transportOf(request)));
  }
}
