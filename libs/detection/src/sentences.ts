import type { AlarmLimit } from '@lifeline/contracts';
import type { Words } from '@lifeline/catalogue';
import type { Watch } from './watch.js';

/** What operators read, in the words of their trade. */

const LIMIT_NAMES: Readonly<Record<'low-low' | 'low' | 'high' | 'high-high' | 'danger', Words>> = {
  'low-low': { en: 'low-low limit', zh: '低低限' },
  low: { en: 'low limit', zh: '低限' },
  high: { en: 'high limit', zh: '高限' },
  'high-high': { en: 'high-high limit', zh: '高高限' },
  danger: { en: 'danger level', zh: '危险限' },
};

export type LimitKind = Extract<AlarmLimit, 'low-low' | 'low' | 'high' | 'high-high'>;

/** A limit was passed; `heldMs` 0 where it counts at once. */
export function limitPassed(
  watch: Watch,
  value: number,
  kind: LimitKind | 'danger',
  limit: number,
  heldMs: number,
): Words {
  const low = kind === 'low' || kind === 'low-low';
  const at = value === limit;
  const name = LIMIT_NAMES[kind];
  const held = heldMs > 0 ? { en: ` for ${duration(heldMs)}`, zh: `,持续 ${duration(heldMs)}` } : { en: '', zh: '' };
  const where = at ? { en: 'at', zh: '达到' } : low ? { en: 'under', zh: '低于' } : { en: 'over', zh: '高于' };
  const v = quantity(watch, value);
  const l = quantity(watch, limit);
  return {
    en: `${watch.quantity.en} ${v.en} ${where.en} the ${name.en} of ${l.en}${held.en}`,
    zh: `${watch.quantity.zh} ${v.zh},${where.zh}${name.zh} ${l.zh}${held.zh}`,
  };
}

export function limitLeft(watch: Watch, value: number): Words {
  const v = quantity(watch, value);
  return {
    en: `${watch.quantity.en} back within its limits at ${v.en}`,
    zh: `${watch.quantity.zh}恢复到限值以内,${v.zh}`,
  };
}

/** `perMinute` signed, in the sensor's unit. */
export function rateHigh(watch: Watch, perMinute: number, limit: number): Words {
  const v = quantity(watch, Math.abs(perMinute));
  const l = quantity(watch, limit);
  const rises = perMinute > 0;
  return {
    en: `${watch.quantity.en} ${rises ? 'rises' : 'falls'} by ${v.en} a minute, more than ${l.en}`,
    zh: `${watch.quantity.zh}每分钟${rises ? '上升' : '下降'} ${v.zh},超过变化率限值 ${l.zh}`,
  };
}

export function rateCalm(watch: Watch): Words {
  return { en: `${watch.quantity.en} changes no faster than allowed`, zh: `${watch.quantity.zh}变化率恢复正常` };
}

export function silent(watch: Watch, silentMs: number): Words {
  const t = duration(silentMs);
  return { en: `No reading of ${watch.quantity.en} for ${t}`, zh: `${watch.quantity.zh}已 ${t} 无数据上报` };
}

export function onlyBad(watch: Watch, count: number, forMs: number): Words {
  const t = duration(forMs);
  return {
    en: `Device fault: the last ${count} readings of ${watch.quantity.en} in ${t} are all bad`,
    zh: `设备故障:${watch.quantity.zh}在 ${t} 内连续 ${count} 个读数均为坏值`,
  };
}

export function heardAgain(watch: Watch): Words {
  return { en: `Readings of ${watch.quantity.en} arrive again`, zh: `${watch.quantity.zh}恢复数据上报` };
}

const GROUP_NAMES: Readonly<Record<'device' | 'gateway', Words>> = {
  device: { en: 'Device', zh: '设备' },
  gateway: { en: 'Gateway', zh: '网关' },
};

/** `count` sensors behind one device or gateway fell silent together. */
export function groupSilent(kind: 'device' | 'gateway', id: string, count: number, silentMs: number): Words {
  const t = duration(silentMs);
  const name = GROUP_NAMES[kind];
  return {
    en: `${name.en} ${id} is silent: no reading of its ${count} sensors for ${t}`,
    zh: `${name.zh} ${id} 失联:其 ${count} 个传感器已 ${t} 无数据上报`,
  };
}

export function groupHeardAgain(kind: 'device' | 'gateway', id: string): Words {
  const name = GROUP_NAMES[kind];
  return { en: `${name.en} ${id} is heard again`, zh: `${name.zh} ${id} 恢复数据上报` };
}

export function noLongerWatched(watch: Watch): Words {
  return {
    en: `${watch.quantity.en} is not watched by this rule any more`,
    zh: `${watch.quantity.zh}已不再按此规则监测`,
  };
}

/** A group or physics test that had found something does not watch any more. */
export function testNoLongerWatches(): Words {
  return { en: 'The test that found this does not watch here any more', zh: '发现该异常的检验已不再监测此处' };
}

/** A person gave a verdict. */
export function judged(verdict: 'new-normal' | 'false-alarm'): Words {
  return verdict === 'new-normal'
    ? { en: 'Taken as what is usual now, as a person said', zh: '经人工判定,视为新的常态' }
    : { en: 'A false alarm, as a person said', zh: '经人工判定为误报' };
}

export function notFoundAgain(): Words {
  return {
    en: 'Not found again since the detector had to learn anew',
    zh: '检测器重新学习后未再发现该异常',
  };
}

/** 45 s, 3 min, 2 h: the largest unit that leaves no remainder worth showing. */
export function duration(ms: number): string {
  const s = ms / 1000;
  if (s < 120) return `${Number(s.toFixed(1))} s`;
  if (s < 7200) return `${Number((s / 60).toFixed(1))} min`;
  return `${Number((s / 3600).toFixed(1))} h`;
}

function quantity(watch: Watch, value: number): Words {
  const text = format(watch, value);
  const joined = (unit: string) => (unit === '' || unit === '°' ? `${text}${unit}` : `${text} ${unit}`);
  return { en: joined(watch.unit.en), zh: joined(watch.unit.zh) };
}

/** With the decimals of the type, yet never so few that a small figure shows as 0. */
function format(watch: Watch, value: number): string {
  if (watch.decimals !== null && (value === 0 || Math.abs(value) >= 10 ** -watch.decimals) && Math.abs(value) < 1e15)
    return String(Number(value.toFixed(watch.decimals)));
  return String(Number(value.toPrecision(4)));
}
