import type { Utility } from '@lifeline/contracts';
import { hasSign, type Subject } from '../subject.js';
import { offsetWords, spanWords } from '../words.js';
import { isWithin, nameOf, type CorrelationRule, type Link, type RuleContext } from './rule.js';

/**
 * What lost its supply explains what it feeds, by the city's own graph and across lifelines: the feeder that is down, its
 * transformers; the substation, its feeders and the pump stations on them; the gate station, its regulators.
 */
export const supplyRule: CorrelationRule = {
  name: 'supply',
  follows: false,

  keys(subject, context) {
    const keys: string[] = [];
    const lost = lostAsset(subject, context);
    if (lost !== null) {
      keys.push(`lost ${lost}`);
      if (substationOf(lost, context) !== null) keys.push(`lost-under ${substationOf(lost, context)!}`);
    }
    for (const above of aboveOf(subject, context)) keys.push(`under ${above}`);
    return keys;
  },

  *links(subject, filed, context) {
    const { options } = context;
    const told = new Set([subject.alarmId]);
    const lost = lostAsset(subject, context);
    if (lost !== null) {
      for (const other of filed(`lost ${lost}`)) {
        if (told.has(other.alarmId) || !isWithin(subject, other, options.supplyLookBackMs)) continue;
        told.add(other.alarmId);
        yield sameLoss(subject, other, lost, context);
      }
      for (const other of filed(`under ${lost}`)) {
        if (told.has(other.alarmId) || !follows(other, subject, lost, context)) continue;
        told.add(other.alarmId);
        yield feeds(lost, subject, other, 'self', context);
      }
      const substation = substationOf(lost, context);
      if (substation !== null) {
        for (const other of filed(`lost-under ${substation}`)) {
          if (told.has(other.alarmId) || !isWithin(subject, other, options.siblingWindowMs)) continue;
          told.add(other.alarmId);
          yield siblings(subject, other, substation, context);
        }
      }
    }
    for (const above of aboveOf(subject, context)) {
      for (const cause of filed(`lost ${above}`)) {
        if (told.has(cause.alarmId) || !follows(subject, cause, above, context)) continue;
        // One is enough: all alarms of the cause are together.
        yield feeds(above, cause, subject, 'other', context);
        return;
      }
    }
  },
};

/** The asset that the alarm says is lost; null where it says nothing of that. */
export function lostAsset(subject: Subject, { options, graph }: RuleContext): string | null {
  if (subject.assetId === null || !hasSign(subject, options.lostSigns)) return null;
  // The finding may be carried by a sensor of what hangs on the feeder.
  if (subject.test === 'feeder-outage' && subject.assetKind !== 'feeder')
    return graph.above(subject.assetId).find((id) => graph.asset(id)?.kind === 'feeder') ?? null;
  return subject.assetId;
}

/** What is above an alarm that a loss there would explain. */
export function aboveOf(subject: Subject, context: RuleContext): readonly string[] {
  if (subject.assetId === null) return [];
  const { graph, options } = context;
  const of = lostAsset(subject, context) ?? subject.assetId;
  const explained = (utility: Utility) => hasSign(subject, options.effects[utility] ?? []);
  return [...(of === subject.assetId ? [] : [of]), ...graph.above(of)].filter((id) => {
    const asset = graph.asset(id);
    return asset !== undefined && id !== lostAsset(subject, context) && explained(asset.utility);
  });
}

function substationOf(lost: string, { graph }: RuleContext): string | null {
  if (graph.asset(lost)?.kind !== 'feeder') return null;
  return graph.above(lost).find((id) => graph.asset(id)?.kind === 'substation') ?? null;
}

/** From a little before the cause was measured until a little after its end. */
function follows(effect: Subject, cause: Subject, _lost: string, { options }: RuleContext): boolean {
  if (effect.raisedAtMs < cause.raisedAtMs - options.supplyLookBackMs) return false;
  return cause.clearedAtMs === null || effect.raisedAtMs <= cause.clearedAtMs + options.supplyAftermathMs;
}

function feeds(lost: string, cause: Subject, effect: Subject, self: 'self' | 'other', context: RuleContext): Link {
  const whyEffect = () => {
    const [name, when] = [nameOf(lost, context), offsetWords(effect.raisedAtMs - cause.raisedAtMs)];
    return { en: `Fed by ${name.en}, which lost supply; ${when.en}`, zh: `由${name.zh}供给，其已失去供应；${when.zh}` };
  };
  const whyCause = () => {
    const name = nameOf(lost, context);
    return {
      en: `Shows that ${name.en} lost supply, which explains what it feeds`,
      zh: `表明${name.zh}失去供应，可解释其下游报警`,
    };
  };
  const utility = context.graph.asset(lost)?.utility ?? cause.utility;
  return self === 'self'
    ? { other: effect, utility, causeAssetId: lost, whySelf: whyCause, whyOther: whyEffect }
    : { other: cause, utility, causeAssetId: lost, whySelf: whyEffect, whyOther: whyCause };
}

function sameLoss(subject: Subject, other: Subject, lost: string, context: RuleContext): Link {
  const why = () => {
    const name = nameOf(lost, context);
    return { en: `A second sign that ${name.en} lost supply`, zh: `${name.zh}失去供应的又一迹象` };
  };
  const utility = context.graph.asset(lost)?.utility ?? subject.utility;
  return { other, utility, causeAssetId: lost, whySelf: why, whyOther: why };
}

function siblings(subject: Subject, other: Subject, substation: string, context: RuleContext): Link {
  const apart = spanWords(subject.raisedAtMs - other.raisedAtMs);
  const sentence = (to: Subject) => () => {
    const [name, peer] = [nameOf(substation, context), nameOf(lostAsset(to, context), context)];
    return {
      en: `Leaves the same ${name.en} as ${peer.en}, lost ${apart.en} apart`,
      zh: `与${peer.zh}同属${name.zh}，相隔${apart.zh}失电`,
    };
  };
  return { other, utility: 'power', causeAssetId: substation, whySelf: sentence(other), whyOther: sentence(subject) };
}
