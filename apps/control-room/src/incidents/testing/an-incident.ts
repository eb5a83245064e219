import type { Incident } from '@lifeline/contracts';

/** An open incident of two alarms on one gas asset; `over` says what differs. */
export function anIncident(over: Partial<Incident> = {}): Incident {
  return {
    ...{ incidentId: 'incident.a', sequence: 1, kind: 'asset', state: 'open', mergedInto: null },
    ...{ openedAtMs: 0, closedAtMs: null, staysOpen: false, conclusion: null, actSequence: 0 },
    ...{ priority: 'orange', utility: 'gas', utilities: ['gas'], causeAssetId: null, isGasLeak: false },
    firstOut: { alarmId: 'a', sensorId: 'gas-1/p', assetId: 'r-1', sensorName: 'Pressure', raisedAtMs: 0 },
    ...{ newestAtMs: 0, respondWithinMs: 60_000, position: null, extent: null, district: null },
    headline: { en: 'R-1: 2 alarms', zh: 'R-1：2条报警' },
    counts: { members: 2, open: 2, announced: 2, unacknowledged: 2, assets: 1, leakSigns: 0 },
    ...over,
  };
}
