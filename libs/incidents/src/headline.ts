import { channelType } from '@lifeline/catalogue';
import { kindsWords } from './asset-kind.js';
import type { IncidentCore } from './incident.js';
import { nameOf, placeOf, type RuleContext } from './rules/rule.js';
import type { Tally } from './tally.js';
import { countWords, type Words } from './words.js';

/** What happened, in one line. What is red or gas is always in it. */
export function headlineOf(core: IncidentCore, tally: Tally, context: RuleContext): Words {
  if (core.headline !== null) {
    const named = { en: core.headline, zh: core.headline };
    // Who put a red alarm in has seen it; one that came since is told.
    return tally.worstRed()?.joinedBy === 'hand' ? named : withRed(named, tally, context);
  }
  if (tally.leakSigns > 0) return withRed(leak(tally, context), tally, context);
  return withRed(plain(core, tally, context), tally, context);
}

function plain(core: IncidentCore, tally: Tally, context: RuleContext): Words {
  const first = tally.first();
  const alarms = alarmsWords(core, tally);
  const kinds = kindsWords(tally.kinds);
  const on: Words = { en: kinds.en && ` on ${kinds.en}`, zh: kinds.zh && `，涉及${kinds.zh}` };
  switch (core.kind) {
    case 'supply':
      return lost(core, tally, context);
    case 'flooding': {
      const station = nameOf(core.causeAssetId, context);
      return { en: `Water rises towards ${station.en}: ${kinds.en}`, zh: `${station.zh}汇水区水位上涨：${kinds.zh}` };
    }
    case 'silence': {
      const name = context.gatewayName(first.gatewayId ?? '');
      return { en: `${name.en} silent: ${alarms.en}${on.en}`, zh: `${name.zh}失联：${alarms.zh}${on.zh}` };
    }
    case 'kind': {
      const district = context.districtName(first.district ?? '');
      const kind = channelType(first.type)?.name ?? { en: 'Alarms', zh: '报警' };
      return {
        en: `${kind.en} in ${district.en}: ${alarms.en}${on.en}`,
        zh: `${district.zh}${kind.zh}：${alarms.zh}${on.zh}`,
      };
    }
    default: {
      const place = placeOf(first, context);
      return { en: `${place.en}: ${alarms.en}`, zh: `${place.zh}：${alarms.zh}` };
    }
  }
}

function lost(core: IncidentCore, tally: Tally, context: RuleContext): Words {
  const id = core.causeAssetId;
  const name = nameOf(id, context);
  const alarms = alarmsWords(core, tally);
  const feeders = id === null ? 0 : context.graph.feedersOf(id);
  const down = tally.kinds.get('feeder') ?? 0;
  // An alarm of the asset itself; without one it is told by what it feeds.
  const certain = id !== null && tally.assets.has(id);
  const others = kindsWords(tally.kinds, feeders > 0 ? ['feeder', 'substation'] : ['feeder']);
  const of: Words =
    feeders > 0
      ? { en: ` of ${down} of its ${feeders} feeders`, zh: `，涉及其${feeders}条馈线中的${down}条` }
      : { en: '', zh: '' };
  const rest: Words = others.en ? { en: `, ${others.en}`, zh: `、${others.zh}` } : { en: '', zh: '' };
  return certain
    ? {
        en: `${name.en} lost: ${alarms.en}${of.en}${rest.en}`,
        zh: `${name.zh}失去供应：${alarms.zh}${of.zh}${rest.zh}`,
      }
    : {
        en: `${name.en} likely lost: ${alarms.en}${of.en}${rest.en}`,
        zh: `${name.zh}疑似失去供应：${alarms.zh}${of.zh}${rest.zh}`,
      };
}

function leak(tally: Tally, context: RuleContext): Words {
  let first = null;
  for (const one of tally.members)
    if (context.isGasLeak(one) && (!first || one.raisedAtMs < first.raisedAtMs)) first = one;
  const place = placeOf(first ?? tally.first(), context);
  const kinds = kindsWords(tally.kinds);
  return { en: `Gas leak near ${place.en}: ${kinds.en}`, zh: `${place.zh}附近燃气泄漏：${kinds.zh}` };
}

function withRed(words: Words, tally: Tally, context: RuleContext): Words {
  const red = tally.worstRed();
  if (!red) return words;
  // A sensor's own name is in one language: in Chinese its place and what it measures stand for it.
  const type = channelType(red.type)?.name;
  const named = red.assetId !== null && type ? `${placeOf(red, context).zh}${type.zh}` : red.sensorName;
  return { en: `${words.en}; red: ${red.sensorName}`, zh: `${words.zh}；红色：${named}` };
}

function alarmsWords({ folded }: IncidentCore, { members }: Tally): Words {
  const count = members.size + folded;
  return { en: countWords(count, 'alarm', 'alarms'), zh: `${count}条报警` };
}
