import type { CallOut, CallOutResultKind, CallOutStep } from '@lifeline/contracts';

export function aCallOut(given: Partial<CallOut> = {}): CallOut {
  return {
    ...{ callOutId: 'call-out-1', alarmId: 'a', incidentId: null, message: 'Gas at R-07', by: 'olga', atMs: 1 },
    ...{ delivery: 'phone', steps: [] },
    crew: {
      ...{ postId: 'crew-1', version: 1, utility: 'gas', phone: '000-5550-0101', isOnCall: true },
      name: { en: 'Gas crew 1', zh: '燃气抢修一队' },
      can: { en: 'Leaks', zh: '泄漏处置' },
    },
    ...given,
  };
}

export function aResult(kind: CallOutResultKind, sequence: number, atMs: number): CallOutStep {
  const said = { sequence, atMs, by: 'olga', note: '' };
  return kind === 'reached' ? { ...said, kind, who: '', expectedAtMs: null } : { ...said, kind };
}
