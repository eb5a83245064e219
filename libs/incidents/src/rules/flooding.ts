import { hasSign, type Subject } from '../subject.js';
import { offsetWords } from '../words.js';
import { isWithin, nameOf, placeOf, type CorrelationRule, type Link, type RuleContext } from './rule.js';

/**
 * Flooded underpasses, full sumps and manholes of one catchment while it rains: one flood. While it does not rain, water on the
 * same or touching drains only: a blocked drain.
 */
export const floodingRule: CorrelationRule = {
  name: 'flooding',
  follows: false,

  keys(subject, context) {
    const rain = isRain(subject, context);
    if (!rain && !isWater(subject, context)) return [];
    const catchment = catchmentOf(subject, context);
    if (catchment === null) return [];
    const keys = [`water ${catchment}`];
    if (rain) keys.push(`rain ${catchment}`, `rain-in ${subject.district ?? ''}`);
    const line = context.graph.lineOf(subject.assetId!);
    if (line !== null && !rain) keys.push(`water-line ${line}`);
    return keys;
  },

  *links(subject, filed, context) {
    const { options, graph } = context;
    const rain = isRain(subject, context);
    if (!rain && !isWater(subject, context)) return;
    const catchment = catchmentOf(subject, context);
    if (catchment === null) return;
    if (rain || rains(subject, catchment, filed, context)) {
      for (const other of filed(`water ${catchment}`)) {
        if (other === subject || !isWithin(subject, other, options.floodWindowMs)) continue;
        yield inCatchment(subject, other, catchment, context);
      }
      return;
    }
    const line = graph.lineOf(subject.assetId!);
    if (line === null) return;
    for (const near of graph.linesWithin(line, options.blockedHops)) {
      for (const other of filed(`water-line ${near}`)) {
        if (other === subject || !isWithin(subject, other, options.blockedWindowMs)) continue;
        yield onDrain(subject, other, catchment, context);
      }
    }
  },
};

function isWater(subject: Subject, { options }: RuleContext): boolean {
  return hasSign(subject, options.waterSigns);
}

function isRain(subject: Subject, { options }: RuleContext): boolean {
  return hasSign(subject, options.rainSigns);
}

function catchmentOf({ assetId }: Subject, { graph }: RuleContext): string | null {
  return assetId === null ? null : graph.catchmentOf(assetId);
}

function rains(
  subject: Subject,
  catchment: string,
  filed: (key: string) => Iterable<Subject>,
  context: RuleContext,
): boolean {
  const known = context.isRaining(catchment, subject.raisedAtMs);
  if (known !== undefined) return known;
  for (const key of [`rain ${catchment}`, `rain-in ${subject.district ?? ''}`])
    for (const gauge of filed(key)) if (isWithin(subject, gauge, context.options.floodWindowMs)) return true;
  return false;
}

function inCatchment(subject: Subject, other: Subject, catchment: string, context: RuleContext): Link {
  const sentence = (self: Subject, to: Subject) => () => {
    const [station, place] = [nameOf(catchment, context), placeOf(to, context)];
    const when = offsetWords(self.raisedAtMs - to.raisedAtMs);
    return {
      en: `Drains to ${station.en} like ${place.en} while it rains, ${when.en}`,
      zh: `降雨期间与${place.zh}同属${station.zh}汇水区，${when.zh}`,
    };
  };
  return link(subject, other, catchment, sentence);
}

function onDrain(subject: Subject, other: Subject, catchment: string, context: RuleContext): Link {
  const sentence = (self: Subject, to: Subject) => () => {
    const [place, when] = [placeOf(to, context), offsetWords(self.raisedAtMs - to.raisedAtMs)];
    return {
      en: `Water on the same or a joined drain as ${place.en} without rain, ${when.en}`,
      zh: `无雨时与${place.zh}在同一或相连管段积水，${when.zh}`,
    };
  };
  return link(subject, other, catchment, sentence);
}

function link(
  subject: Subject,
  other: Subject,
  causeAssetId: string,
  sentence: (self: Subject, to: Subject) => Link['whySelf'],
): Link {
  const [whySelf, whyOther] = [sentence(subject, other), sentence(other, subject)];
  return { other, utility: 'drainage', causeAssetId, whySelf, whyOther };
}
