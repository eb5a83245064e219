import { ROLES, type Role, type User } from '@lifeline/contracts';
import { useCell } from '../live/cell.js';
import { session } from './session.js';

/** Who is logged in. Only under the frame. */
export function useUser(): User {
  const now = useCell(session);
  if (now.kind !== 'open') throw new Error('useUser is used outside the frame: there is no session');
  return now.user;
}

/** True where the person may do what needs `role`: each role may do what the ones before it may. */
export function useMay(role: Role): boolean {
  const now = useCell(session);
  return now.kind === 'open' && ROLES.indexOf(now.user.role) >= ROLES.indexOf(role);
}
