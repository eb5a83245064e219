import { offsetWords } from '../words.js';
import { isWithin, placeOf, type CorrelationRule } from './rule.js';

/** Alarms of one asset within a window: what is wrong with it shows in several of its sensors. */
export const sameAssetRule: CorrelationRule = {
  name: 'asset',
  follows: true,

  keys: ({ assetId }) => (assetId === null ? [] : [`asset ${assetId}`]),

  *links(subject, filed, context) {
    if (subject.assetId === null) return;
    const place = placeOf(subject, context);
    for (const other of filed(`asset ${subject.assetId}`)) {
      if (other === subject || !isWithin(subject, other, context.options.sameAssetWindowMs)) continue;
      const sentence = (to: typeof subject, ms: number) => () => {
        const when = offsetWords(ms);
        return {
          en: `On ${place.en} like ${to.sensorName}, ${when.en}`,
          zh: `与${to.sensorName}同属${place.zh}，${when.zh}`,
        };
      };
      const ms = subject.raisedAtMs - other.raisedAtMs;
      yield {
        other,
        utility: subject.utility,
        causeAssetId: subject.assetId,
        whySelf: sentence(other, ms),
        whyOther: sentence(subject, -ms),
      };
    }
  },
};
