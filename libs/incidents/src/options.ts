import type { AlarmLimit, AssetKind, Utility } from '@lifeline/contracts';

/** Which alarms a sentence of a rule means: every list that is given must hold the alarm's own. */
export interface AlarmSign {
  readonly utility?: Utility;
  /** Channel types of the catalogue. */
  readonly types?: readonly string[];
  readonly limits?: readonly AlarmLimit[];
  /** Tests of the evidence (`mass-balance`, `feeder-outage`). */
  readonly tests?: readonly string[];
  readonly kinds?: readonly AssetKind[];
}

/** What all rules go by. Times are between measured times of raises. [P]: a default of this project, to be edited. */
export interface IncidentOptions {
  /** Alarms that mean gas where people are. */
  readonly leakSigns: readonly AlarmSign[];
  /** Alarms that gas which is lost causes on its pipes. */
  readonly pressureFallSigns: readonly AlarmSign[];
  /** [P] Two methane alarms so near are one leak: gas creeps along trenches and sewers for some hundred metres at most. */
  readonly leakDistanceM: number;
  /** [P] A falling pressure belongs to a leak so many pipes away. */
  readonly leakHops: number;
  /** [P] */
  readonly leakWindowMs: number;
  /** [P] Never wider, so that a second leak has a line of its own. */
  readonly leakMostExtentM: number;
  /** Alarms that mean that what the asset feeds is without supply. */
  readonly lostSigns: readonly AlarmSign[];
  /** What a lost supply explains, by the lifeline of what was lost. */
  readonly effects: Readonly<Partial<Record<Utility, readonly AlarmSign[]>>>;
  /** [P] Consequences may be measured before their cause: on-delays of a voltage are 60 s (domain defaults 8.3). */
  readonly supplyLookBackMs: number;
  /** [P] Consequences follow the return of the supply, e.g. sensors that are still starting. */
  readonly supplyAftermathMs: number;
  /** [P] Feeders of one substation lost within so long have one cause. */
  readonly siblingWindowMs: number;
  readonly waterSigns: readonly AlarmSign[];
  readonly rainSigns: readonly AlarmSign[];
  /** [P] Water in one catchment while it rains. */
  readonly floodWindowMs: number;
  /** [P] Without rain: water on the same or touching drains (a blocked drain). */
  readonly blockedWindowMs: number;
  readonly blockedHops: number;
  /** [P] Three devices: one or two fail by themselves. */
  readonly silentDevices: number;
  /** [P] And so large a share of the gateway's devices, where their number is known. */
  readonly silentShare: number;
  readonly silenceWindowMs: number;
  /** [P] */
  readonly sameAssetWindowMs: number;
  /** 10 in 10 min is where a flood of alarms starts (EEMUA 191, domain defaults 8.2). */
  readonly floodOfKind: number;
  readonly floodOfKindWindowMs: number;
  /** [P] Minutes in which somebody must act, by channel type; the first that fits. */
  readonly respondWithinMin: readonly { readonly types: readonly string[]; readonly minutes: number }[];
  readonly respondWithinMinElse: number;
  /** [P] Closed alarms of an open incident that are kept one by one; older ones are counted only. */
  readonly mostClosedMembers: number;
}

const FALLS: readonly AlarmLimit[] = ['low', 'low-low', 'rate', 'band', 'finding'];
const RISES: readonly AlarmLimit[] = ['high', 'high-high', 'rate', 'band', 'finding'];
const STALE: AlarmSign = { limits: ['stale'] };
const MINUTE_MS = 60_000;

export const DEFAULT_OPTIONS: IncidentOptions = {
  leakSigns: [
    { utility: 'gas', types: ['CH4_MH', 'CH4_ST'], limits: RISES },
    { utility: 'gas', tests: ['methane', 'mass-balance', 'pressure-wave'] },
  ],
  pressureFallSigns: [
    { utility: 'gas', types: ['P_SUB', 'P_MID', 'P_LOW', 'P_NPW'], limits: FALLS },
    { utility: 'gas', tests: ['outlet-low'] },
  ],
  leakDistanceM: 250,
  leakHops: 2,
  leakWindowMs: 30 * MINUTE_MS,
  leakMostExtentM: 1000,
  lostSigns: [
    { utility: 'power', tests: ['feeder-outage', 'substation-outage'] },
    { utility: 'power', kinds: ['substation'], types: ['U_10'], limits: ['low-low'] },
    { utility: 'gas', kinds: ['regulator'], types: ['P_MID'], limits: ['low-low'] },
  ],
  effects: {
    power: [
      STALE,
      { utility: 'power', types: ['U_LV', 'U_10', 'LOAD', 'UNB', 'I_PH'], limits: FALLS },
      { utility: 'power', tests: ['feeder-outage'] },
      { utility: 'drainage', kinds: ['pump-station'], types: ['LVL_SP'], limits: RISES },
      { utility: 'drainage', tests: ['pump-fault'] },
    ],
    gas: [
      { utility: 'gas', types: ['P_MID', 'P_LOW', 'Q_GAS'], limits: FALLS },
      { utility: 'gas', tests: ['outlet-low'] },
    ],
  },
  supplyLookBackMs: 3 * MINUTE_MS,
  supplyAftermathMs: 5 * MINUTE_MS,
  siblingWindowMs: 2 * MINUTE_MS,
  waterSigns: [
    { utility: 'drainage', types: ['POND', 'LVL_SP', 'LVL_RV'], limits: RISES },
    { utility: 'drainage', types: ['LVL_MH'], limits: FALLS },
    { utility: 'drainage', tests: ['ponding-forecast', 'river-forecast'] },
  ],
  rainSigns: [{ utility: 'drainage', types: ['RAIN1H'], limits: RISES }],
  floodWindowMs: 180 * MINUTE_MS,
  blockedWindowMs: 60 * MINUTE_MS,
  blockedHops: 2,
  silentDevices: 3,
  silentShare: 0.5,
  silenceWindowMs: 5 * MINUTE_MS,
  sameAssetWindowMs: 10 * MINUTE_MS,
  floodOfKind: 10,
  floodOfKindWindowMs: 10 * MINUTE_MS,
  respondWithinMin: [
    { types: ['CH4_MH', 'CH4_ST'], minutes: 5 },
    { types: ['POND', 'GVW', 'CBLF', 'U_10'], minutes: 10 },
    { types: ['P_SUB', 'P_MID', 'P_LOW', 'LVL_SP', 'H2S'], minutes: 15 },
    { types: ['LVL_MH', 'LVL_RV', 'STRN', 'DEFL', 'WIND'], minutes: 30 },
  ],
  respondWithinMinElse: 60,
  mostClosedMembers: 1000,
};
