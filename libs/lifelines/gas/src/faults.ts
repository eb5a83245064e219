import type { FaultKind } from '@lifeline/lifeline-kit';

export const GAS_FAULTS: readonly FaultKind[] = [
  {
    kind: 'regulator-low',
    name: { en: 'Regulator fails, outlet pressure low', zh: '调压器故障,出口压力过低' },
    assetKinds: ['regulator'],
    parameters: { outletKpa: { default: 0.9, unit: 'kPa' } },
  },
  {
    kind: 'regulator-high',
    name: { en: 'Regulator fails, outlet pressure high', zh: '调压器故障,出口压力过高' },
    assetKinds: ['regulator'],
    parameters: { outletKpa: { default: 3.9, unit: 'kPa' } },
  },
  {
    /** Shows at night alone, while next to nothing flows: the seat leaks. */
    kind: 'regulator-creep',
    name: { en: 'Regulator seat leaks, outlet creeps up at night', zh: '调压器阀口内漏,夜间出口压力爬升' },
    assetKinds: ['regulator'],
    parameters: { riseKpa: { default: 0.75, unit: 'kPa' }, riseS: { default: 1200, unit: 's' } },
  },
  {
    kind: 'regulator-hunting',
    name: { en: 'Regulator hunts, outlet pressure swings', zh: '调压器喘振,出口压力波动' },
    assetKinds: ['regulator'],
    parameters: { amplitudeKpa: { default: 0.3, unit: 'kPa' }, periodS: { default: 24, unit: 's' } },
  },
  {
    /** Sudden: sends a pressure wave along its pipe. Shows in pressure, flow, line pack and manholes near it. */
    kind: 'leak',
    name: { en: 'Pipe leaks into manholes', zh: '管道泄漏至窨井' },
    assetKinds: ['pipe-segment', 'manhole'],
    parameters: {
      peakVol: { default: 3.5, unit: '%{vol}' },
      pressureDropMpa: { default: 0.02, unit: 'MPa' },
      riseS: { default: 60, unit: 's' },
      holeMm: { default: 10, unit: 'mm' },
      /** On a pipe: how far along it, from its first point. */
      alongShare: { default: 0.5, unit: '1' },
    },
  },
  {
    /** Corrosion: grows over hours, without a wave; methane creeps up, and the balance loses a little. */
    kind: 'slow-leak',
    name: { en: 'Small leak grows over hours', zh: '微小泄漏逐渐扩大' },
    assetKinds: ['pipe-segment', 'manhole'],
    parameters: {
      peakVol: { default: 0.9, unit: '%{vol}' },
      pressureDropMpa: { default: 0.002, unit: 'MPa' },
      riseS: { default: 5400, unit: 's' },
      holeMm: { default: 3, unit: 'mm' },
      alongShare: { default: 0.5, unit: '1' },
    },
  },
  {
    /** Not natural gas: rotting in a manhole, which follows the warmth of the day. */
    kind: 'marsh-gas',
    name: { en: 'Marsh gas in a manhole', zh: '窨井沼气' },
    assetKinds: ['manhole'],
    parameters: { peakVol: { default: 0.45, unit: '%{vol}' }, riseS: { default: 14_400, unit: 's' } },
  },
  {
    /** Before the regulators' meters: the balance loses what follows demand. */
    kind: 'gas-theft',
    name: { en: 'Gas is taken without a meter', zh: '管道盗气' },
    assetKinds: ['pipe-segment'],
    parameters: { takenM3h: { default: 250, unit: 'm3/h' } },
  },
];
