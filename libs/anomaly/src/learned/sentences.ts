import type { LearnedSensor, LearnedWords } from './port.js';

/** What operators read of a learned finding, in the words of their trade. */

export function spiked(s: LearnedSensor, value: number, usual: number, allowed: number): LearnedWords {
  const [v, u, a] = [quantity(s, value), quantity(s, usual), quantity(s, allowed)];
  return {
    en: `${s.quantity.en} jumped to ${v.en}, usual now ${u.en} ± ${a.en}`,
    zh: `${s.quantity.zh}跳变至 ${v.zh},当前常态 ${u.zh} ± ${a.zh}`,
  };
}

export function stepped(s: LearnedSensor, value: number, usual: number, allowed: number, heldMs: number): LearnedWords {
  const [v, u, a, t] = [quantity(s, value), quantity(s, usual), quantity(s, allowed), duration(heldMs)];
  return {
    en: `${s.quantity.en} ${v.en} is unusual: ${t} outside ${u.en} ± ${a.en}`,
    zh: `${s.quantity.zh} ${v.zh} 异常:偏离常态 ${u.zh} ± ${a.zh},持续 ${t}`,
  };
}

/** `hour`: of local time, 0 to 23. */
export function rareAtThisHour(
  s: LearnedSensor,
  mean: number,
  usual: number,
  allowed: number,
  hour: number,
): LearnedWords {
  const [v, u, a] = [quantity(s, mean), quantity(s, usual), quantity(s, allowed)];
  return {
    en: `${s.quantity.en} ${v.en} is rare for this hour: about ${hour}:00 on such a day usually ${u.en} ± ${a.en}`,
    zh: `${s.quantity.zh} ${v.zh} 在此时段少见:同类日 ${hour} 时前后通常为 ${u.zh} ± ${a.zh}`,
  };
}

/** `by`: mean of the hours since it began, less what is usual; signed. */
export function shifted(s: LearnedSensor, by: number, heldMs: number): LearnedWords {
  const [b, t] = [quantity(s, Math.abs(by)), duration(heldMs)];
  return {
    en: `${s.quantity.en} has been ${by > 0 ? 'above' : 'below'} what is usual by ${b.en} on average for ${t}`,
    zh: `${s.quantity.zh}持续 ${t} ${by > 0 ? '高于' : '低于'}常态,平均偏离 ${b.zh}`,
  };
}

export function drifted(s: LearnedSensor, by: number, days: number): LearnedWords {
  const b = quantity(s, Math.abs(by));
  return {
    en: `${s.quantity.en} drifts ${by > 0 ? 'upwards' : 'downwards'}: ${b.en} from its slow course within ${days} days`,
    zh: `${s.quantity.zh}缓慢${by > 0 ? '上漂' : '下漂'}:${days} 天内偏离长期趋势 ${b.zh}`,
  };
}

/** `times`: fluctuation over what is usual. */
export function fluctuates(s: LearnedSensor, times: number): LearnedWords {
  const n = times >= 1 ? times : 1 / times;
  const figure = n >= 100 ? '100' : String(Number(n.toPrecision(2)));
  return times >= 1
    ? {
        en: `${s.quantity.en} fluctuates ${figure} times as much as usual`,
        zh: `${s.quantity.zh}波动幅度为平时的 ${figure} 倍`,
      }
    : {
        en: `${s.quantity.en} hardly fluctuates: ${figure} times less than usual`,
        zh: `${s.quantity.zh}波动明显减弱:仅为平时的 1/${figure}`,
      };
}

export function stuckAt(s: LearnedSensor, value: number, heldMs: number): LearnedWords {
  const [v, t] = [quantity(s, value), duration(heldMs)];
  return {
    en: `${s.quantity.en} has read exactly ${v.en} for ${t}, far longer than ever: the sensor may be stuck`,
    zh: `${s.quantity.zh}读数恒为 ${v.zh} 已 ${t},远超历史最长:传感器可能卡死`,
  };
}

export function lostItsDay(s: LearnedSensor, share: number): LearnedWords {
  const percent = Math.max(0, Math.round(share * 100));
  return {
    en: `${s.quantity.en} lost its daily course: ${percent} % of the usual swing is left`,
    zh: `${s.quantity.zh}日变化规律消失:仅剩通常幅度的 ${percent}%`,
  };
}

export function usualAgain(s: LearnedSensor, value: number): LearnedWords {
  const v = quantity(s, value);
  return { en: `${s.quantity.en} back to what is usual at ${v.en}`, zh: `${s.quantity.zh}恢复常态,${v.zh}` };
}

export function newNormal(s: LearnedSensor, value: number, heldMs: number): LearnedWords {
  const [v, t] = [quantity(s, value), duration(heldMs)];
  return {
    en: `${s.quantity.en} stays near ${v.en} for ${t}: taken as what is usual now`,
    zh: `${s.quantity.zh}在 ${v.zh} 附近已 ${t},视为新的常态`,
  };
}

export function learnedAnew(s: LearnedSensor, value: number): LearnedWords {
  const v = quantity(s, value);
  return {
    en: `${s.quantity.en} heard again after a long gap at ${v.en}: what is usual is learned anew`,
    zh: `${s.quantity.zh}长时间中断后恢复,${v.zh},重新学习常态`,
  };
}

export function saidNormal(s: LearnedSensor, value: number): LearnedWords {
  const v = quantity(s, value);
  return {
    en: `${s.quantity.en} near ${v.en} was confirmed as the new normal`,
    zh: `${s.quantity.zh}在 ${v.zh} 附近,已由人员确认为新的常态`,
  };
}

export function saidFalse(s: LearnedSensor): LearnedWords {
  return {
    en: `Marked as a false alarm of ${s.quantity.en}: this test asks for more from now on`,
    zh: `${s.quantity.zh}已标记为误报,该项检测的门限随之提高`,
  };
}

/** 45 s, 3 min, 2 h, 3 days: the largest unit that leaves no remainder worth showing. */
function duration(ms: number): string {
  const s = ms / 1000;
  if (s < 120) return `${Number(s.toFixed(1))} s`;
  if (s < 7200) return `${Number((s / 60).toFixed(1))} min`;
  if (s < 172_800) return `${Number((s / 3600).toFixed(1))} h`;
  return `${Number((s / 86_400).toFixed(1))} d`;
}

function quantity(s: LearnedSensor, value: number): LearnedWords {
  const text = format(s, value);
  const joined = (unit: string) => (unit === '' || unit === '°' ? `${text}${unit}` : `${text} ${unit}`);
  return { en: joined(s.unit.en), zh: joined(s.unit.zh) };
}

/** With the decimals of the type, yet never so few that a small figure shows as 0. */
function format(s: LearnedSensor, value: number): string {
  if (s.decimals !== null && (value === 0 || Math.abs(value) >= 10 ** -s.decimals) && Math.abs(value) < 1e15)
    return String(Number(value.toFixed(s.decimals)));
  return String(Number(value.toPrecision(4)));
}
