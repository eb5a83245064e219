import { Inject, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ROLES, routes, type Role, type Route, type RouteName } from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import type { Response } from 'express';
import { ProblemError } from '../problems/problem.js';
import { refusal } from '../problems/refusals.js';
import { refuseOtherSites } from '../session/other-sites.js';
import { tokenOf } from '../session/session-token.js';
import { CALL_NAME } from './call-durations.js';
import { CALL, RIGHT, type KnownRequest } from './call.js';

/** Whether a role may do what needs `right`: each role may do what the ones before it may. */
export function allows(role: Role, right: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(right);
}

/** The one place where login and right are checked. What declares no right is refused. */
export class CallGuard implements CanActivate {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const handler = context.getHandler();
    const name = Reflect.getMetadata(CALL, handler) as RouteName | undefined;
    const route: Route | undefined = name === undefined ? undefined : routes[name];
    const right = route?.right ?? (Reflect.getMetadata(RIGHT, handler) as Role | 'anyone' | undefined);
    if (right === undefined) throw new ProblemError(403, 'This address declares no right, so nobody may call it.');
    const http = context.switchToHttp();
    const request = http.getRequest<KnownRequest>();
    if (name !== undefined) http.getResponse<Response>().locals[CALL_NAME] = name;
    const found = tokenOf(request.headers);
    if (found?.from !== 'bearer') refuseOtherSites(request.method, request.headers);
    if (right === 'anyone') return true;
    if (!found) {
      const headers = { 'WWW-Authenticate': 'Bearer' };
      throw new ProblemError(401, 'Log in first: POST /api/v1/session.', undefined, headers, { code: 'login-needed' });
    }
    const user = await this.ports.records.people.session(found.token, this.ports.clock.nowMs());
    if (!user) {
      const headers = { 'WWW-Authenticate': 'Bearer error="invalid_token"' };
      throw new ProblemError(401, 'The session has ended; log in again.', undefined, headers, {
        code: 'session-ended',
      });
    }
    if (!allows(user.role, right)) throw refusal('role-needed', { needed: right, role: user.role });
    request.user = user;
    request.sessionToken = found.token;
    return true;
  }
}
