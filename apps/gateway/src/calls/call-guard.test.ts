import { ROLES } from '@lifeline/contracts';
import { allows } from './call-guard.js';

describe('the roles', () => {
  it('may each do what the ones before may, and no more', () => {
    const may = ROLES.map((role) => ROLES.map((right) => allows(role, right)));
    expect(may).toEqual([
      [true, false, false],
      [true, true, false],
      [true, true, true],
    ]);
  });
});
