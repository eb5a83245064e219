import type { Evidence } from '@lifeline/contracts';
import type { Words } from '@lifeline/catalogue';
import { locationOn, placeOnLine } from '@lifeline/lifeline-kit';
import type { LossKind } from '../physics/loss-kind.js';
import type { BalanceWindow } from '../physics/mass-balance.js';
import type { SectionMeters, SuspectMeter } from './section-meters.js';
import { nearestPipe, type SupplySection } from './supply-section.js';

/** A balance that is broken, over the window that shows it most. */
export interface BalanceState {
  readonly window: BalanceWindow['name'];
  /** How many times its limit. */
  readonly rank: number;
  /** Missing beyond the usual, as a share of the inflow; negative where more goes out than comes in. */
  readonly share: number;
  readonly limit: number;
  readonly deviation: number;
  readonly lossM3h: number;
  readonly inM3h: number;
  readonly expectedM3h: number;
  readonly limitM3h: number;
  readonly learnedSlots: number;
  readonly suspect: SuspectMeter | undefined;
  readonly kind: LossKind;
}

const WINDOW: Readonly<Record<BalanceWindow['name'], Words>> = {
  'ten-minutes': { en: 'in ten minutes', zh: '10分钟内' },
  hour: { en: 'in an hour', zh: '1小时内' },
  day: { en: 'in a day', zh: '24小时内' },
};

export function sentenceOfBalance({ gate, outlets, assets }: SupplySection, state: BalanceState): Words {
  const { lossM3h, share, window, suspect, kind } = state;
  const percent = (Math.abs(share) * 100).toFixed(1);
  const amount = amountOf(Math.abs(lossM3h));
  const { en: within, zh: withinZh } = WINDOW[window];
  if (lossM3h < 0) {
    return {
      en: `The ${outlets.length} regulators behind ${gate.name} measure ${amount} m³/h more than it lets in and the pipes give (${percent} % ${within}): a meter is wrong, most likely that of the station`,
      zh: `${gate.nameZh}下游${outlets.length}台调压器计量之和比进气与管存释放多${amount} m³/h(${withinZh}${percent} %):计量失准,多半是门站流量计`,
    };
  }
  const head: Words = {
    en: `${amount} m³/h are missing between ${gate.name} and its ${outlets.length} regulators, line pack counted (${percent} % ${within}): `,
    zh: `${gate.nameZh}至下游${outlets.length}台调压器之间计入管存后缺失${amount} m³/h(${withinZh}${percent} %):`,
  };
  if (suspect) {
    const asset = assets.get(suspect.sensor.assetId ?? '');
    return {
      en: `${head.en}the meter of ${asset?.name ?? suspect.sensor.name} shows ${amountOf(suspect.lacksM3h)} m³/h less than its share; check it first`,
      zh: `${head.zh}${asset?.nameZh ?? suspect.sensor.name}流量计比其惯常份额少${amountOf(suspect.lacksM3h)} m³/h,先查该表`,
    };
  }
  if (kind.kind === 'constant')
    return {
      en: `${head.en}the loss stays the same as demand changes, as a leak does`,
      zh: `${head.zh}缺失量不随用气变化,像是泄漏`,
    };
  if (kind.kind === 'follows-demand')
    return {
      en: `${head.en}the loss follows demand, as gas taken without a meter or a slow meter does`,
      zh: `${head.zh}缺失量随用气变化,像是盗气或流量计偏慢`,
    };
  return {
    en: `${head.en}a leak, gas taken without a meter, or a meter that reads wrong`,
    zh: `${head.zh}泄漏、盗气或流量计失准`,
  };
}

export function sentenceOfRest({ gate }: SupplySection): Words {
  return { en: `The gas balance behind ${gate.name} closes again`, zh: `${gate.nameZh}下游气量恢复平衡` };
}

/** A hundred and above to tens, below to ones: the balance knows no better. */
function amountOf(m3h: number): string {
  return String(m3h >= 100 ? Math.round(m3h / 10) * 10 : Math.round(m3h));
}

export function evidenceOfBalance(section: SupplySection, state: BalanceState, meters: SectionMeters): Evidence {
  const inlet = section.inlets[0]!;
  const sag = state.lossM3h > 0 && state.kind.kind !== 'follows-demand' && !state.suspect ? meters.sag() : undefined;
  const carriers: Evidence['carriers'] = [
    {
      sensorId: inlet.sensorId,
      share: state.suspect || sag ? 0.5 : 1,
      value: meters.inletM3h,
      expected: state.expectedM3h,
    },
  ];
  const second = state.suspect?.sensor ?? sag?.sensor;
  if (second) carriers.push({ sensorId: second.sensorId, share: 0.5, value: null, expected: null });
  const pipe = sag && nearestPipe(section.pipes, sag.at, placeOnLine);
  return {
    test: 'mass-balance',
    expected: {
      value: state.expectedM3h,
      low: state.expectedM3h - state.limitM3h,
      high: state.expectedM3h + state.limitM3h,
    },
    residual: state.share / Math.max(state.deviation, state.limit / 3),
    carriers,
    confidence: confidenceOf(state),
    location: sag && pipe ? locationOn(pipe.pipe, pipe.alongM, sag.radiusM) : null,
    figures: [
      { name: { en: 'missing', zh: '缺失量' }, value: state.lossM3h, unit: 'm3/h' },
      { name: { en: 'share of the inflow', zh: '占进气量' }, value: state.share * 100, unit: '%' },
      { name: { en: 'limit', zh: '限值' }, value: state.limit * 100, unit: '%' },
      ...(state.kind.kind === 'unclear'
        ? []
        : [
            {
              name: { en: 'part that does not follow demand', zh: '不随用气变化部分' },
              value: state.kind.constantShare * 100,
              unit: '%',
            },
          ]),
      ...(sag ? [{ name: { en: 'pressure under the usual', zh: '压力低于惯常' }, value: sag.sag, unit: 'MPa' }] : []),
    ],
  };
}

/** Surer the further beyond the limit, and the longer the balance was learned. */
function confidenceOf({ rank, learnedSlots }: BalanceState): number {
  return Math.min(0.95, (1 - 0.5 / Math.max(1, rank)) * Math.min(1, 0.6 + learnedSlots / 720));
}
