import { channelType } from '@lifeline/catalogue';
import type { Subject } from '../subject.js';
import { countWords, spanWords } from '../words.js';
import { isWithin, oncePerIncident, type CorrelationRule, type RuleContext } from './rule.js';

/** Many alarms of one kind in one district: told as one. What is red or gas is never among them. */
export const kindFloodRule: CorrelationRule = {
  name: 'kind',
  follows: false,

  keys: (subject, context) => (keyOf(subject, context) === null ? [] : [keyOf(subject, context)!]),

  *links(subject, filed, context) {
    const key = keyOf(subject, context);
    if (key === null) return;
    const { floodOfKind, floodOfKindWindowMs } = context.options;
    const together: Subject[] = [];
    for (const other of filed(key)) {
      if (other === subject || (other.joinedBy !== null && other.joinedBy !== 'kind')) continue;
      if (isWithin(subject, other, floodOfKindWindowMs)) together.push(other);
    }
    if (together.length + 1 < floodOfKind) return;
    const count = together.length + 1;
    const why = () => sentence(subject, count, context);
    for (const other of oncePerIncident(together, 'kind'))
      yield { other, utility: subject.utility, causeAssetId: null, whySelf: why, whyOther: why };
  },
};

/** Null: not to be told among many. */
function keyOf(subject: Subject, context: RuleContext): string | null {
  if (context.isGrave(subject) || subject.district === null) return null;
  const { district, utility, type, rule, limit } = subject;
  const side = rule === 'limit' ? (limit?.startsWith('low') ? 'low' : 'high') : rule;
  return `kind ${district} ${utility} ${type ?? ''} ${side}`;
}

function sentence(subject: Subject, count: number, context: RuleContext): { en: string; zh: string } {
  const [kind, district] = [channelType(subject.type)?.name, context.districtName(subject.district!)];
  const span = spanWords(context.options.floodOfKindWindowMs);
  return {
    en: `One of ${countWords(count, 'alarm', 'alarms')} of ${kind?.en ?? subject.type ?? 'one kind'} in ${district.en} within ${span.en}`,
    zh: `${district.zh}${span.zh}内${count}条${kind?.zh ?? subject.type ?? '同类'}报警之一`,
  };
}
