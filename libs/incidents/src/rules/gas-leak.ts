import { M_PER_DEG_LAT, metresBetween, mPerDegLon } from '../place.js';
import { hasSign, type Subject } from '../subject.js';
import { offsetWords } from '../words.js';
import { isWithin, placeOf, type CorrelationRule, type Link, type RuleContext } from './rule.js';

/**
 * Methane near methane, and the pressure that falls on the pipes there: one leak. Two falling pressures alone are none. Distance
 * joins methane to methane only; a pressure belongs to a leak by the pipes between them.
 */
export const gasLeakRule: CorrelationRule = {
  name: 'gas-leak',
  follows: false,

  keys(subject, context) {
    if (!isSign(subject, context)) return [];
    const line = lineOf(subject, context);
    const keys = line === null ? [] : [`gas-line ${line}`];
    if (subject.position && context.isGasLeak(subject)) keys.push(cellKey(subject, context, 0, 0));
    return keys;
  },

  *links(subject, filed, context) {
    if (!isSign(subject, context)) return;
    const { options, graph } = context;
    const told = new Set([subject.alarmId]);
    const line = lineOf(subject, context);
    const isLeak = context.isGasLeak(subject);
    if (line !== null) {
      for (const near of graph.linesWithin(line, options.leakHops)) {
        for (const other of filed(`gas-line ${near}`)) {
          if (told.has(other.alarmId) || !isWithin(subject, other, options.leakWindowMs)) continue;
          if (!isLeak && !context.isGasLeak(other)) continue;
          told.add(other.alarmId);
          yield byPipe(subject, other, context);
        }
      }
    }
    if (!isLeak || !subject.position) return;
    for (let east = -1; east <= 1; east++) {
      for (let north = -1; north <= 1; north++) {
        for (const other of filed(cellKey(subject, context, east, north))) {
          if (told.has(other.alarmId) || !other.position || !isWithin(subject, other, options.leakWindowMs)) continue;
          const awayM = metresBetween(subject.position, other.position);
          if (awayM > options.leakDistanceM) continue;
          told.add(other.alarmId);
          yield byDistance(subject, other, awayM, context);
        }
      }
    }
  },
};

function isSign(subject: Subject, context: RuleContext): boolean {
  return context.isGasLeak(subject) || hasSign(subject, context.options.pressureFallSigns);
}

function lineOf({ locatedOn, assetId }: Subject, { graph }: RuleContext): string | null {
  return (locatedOn && graph.lineOf(locatedOn)) ?? (assetId === null ? null : graph.lineOf(assetId));
}

/** Cells as wide as the distance: what is near is in the same cell or the next. */
function cellKey({ position }: Subject, { options }: RuleContext, east: number, north: number): string {
  const { lon, lat } = position!;
  const row = Math.floor((lat * M_PER_DEG_LAT) / options.leakDistanceM);
  // The width of a degree by the row, so that a row's cells are the same for all its alarms.
  const widthM = mPerDegLon(((row + north) * options.leakDistanceM) / M_PER_DEG_LAT);
  return `gas-cell ${Math.floor((lon * widthM) / options.leakDistanceM) + east} ${row + north}`;
}

function byDistance(subject: Subject, other: Subject, awayM: number, context: RuleContext): Link {
  const m = Math.round(awayM);
  const sentence = (self: Subject, to: Subject) => {
    const [place, when] = [placeOf(to, context), offsetWords(self.raisedAtMs - to.raisedAtMs)];
    return {
      en: `Gas ${m} m from the gas at ${place.en}, ${when.en}`,
      zh: `距${place.zh}的燃气报警${m}米，${when.zh}`,
    };
  };
  return link(other, () => sentence(subject, other), () => sentence(other, subject)); // prettier-ignore
}

function byPipe(subject: Subject, other: Subject, context: RuleContext): Link {
  const sentence = (self: Subject, to: Subject) => {
    const [place, when] = [placeOf(to, context), offsetWords(self.raisedAtMs - to.raisedAtMs)];
    const same = lineOf(self, context) === lineOf(to, context);
    const [what, whatZh] = context.isGasLeak(self) ? ['Gas', '燃气报警'] : ['Pressure moves', '压力异常'];
    return same
      ? {
          en: `${what} on the same pipe as ${place.en}, ${when.en}`,
          zh: `与${place.zh}在同一管段出现${whatZh}，${when.zh}`,
        }
      : {
          en: `${what} on a pipe joined to that of ${place.en}, ${when.en}`,
          zh: `与${place.zh}相连管段出现${whatZh}，${when.zh}`,
        };
  };
  return link(other, () => sentence(subject, other), () => sentence(other, subject)); // prettier-ignore
}

function link(other: Subject, whySelf: Link['whySelf'], whyOther: Link['whyOther']): Link {
  return { other, utility: 'gas', causeAssetId: null, whySelf, whyOther };
}
