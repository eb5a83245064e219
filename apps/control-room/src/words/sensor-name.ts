import { channelType } from '@lifeline/catalogue';
import type { Language } from '../i18n/languages.js';

/** What of an asset a name is made of. */
export interface NamedAsset {
  readonly name: string;
  readonly nameZh: string;
}

/** What of a sensor a name is made of. */
export interface NamedSensor {
  readonly name: string;
  readonly channel: string;
  readonly type: string | null;
}

/** A sensor's name in two parts, so that neither hides the other: what is measured, and where. */
export interface SensorName {
  readonly what: string;
  /** Name of the asset; null where the sensor has none, or where the given name says all. */
  readonly place: string | null;
  /** Both in one line. */
  readonly full: string;
}

const HAN = /\p{Script=Han}/u;

/**
 * The sensor's name in the chosen language. English is the given name, parted where it starts with its asset's. Chinese is
 * composed of the asset's name and the catalogue's quantity with the channel's number or side, unless the given name is Chinese.
 */
export function sensorNameIn(language: Language, sensor: NamedSensor, asset: NamedAsset | undefined): SensorName {
  if (language === 'zh' && !HAN.test(sensor.name)) {
    const what = quantityZh(sensor);
    if (what !== undefined && asset !== undefined && asset.nameZh !== '') return joinedZh(what, asset.nameZh);
  }
  return givenName(sensor.name, asset, language);
}

/** A composed Chinese name as it is written in one line. */
export function joinedZh(what: string, place: string): SensorName {
  return { what, place, full: `${place} · ${what}` };
}

/** The given name, parted where it starts with the name of its asset. */
export function givenName(name: string, asset: NamedAsset | undefined, language: Language): SensorName {
  const own = asset === undefined ? '' : language === 'zh' && name.startsWith(asset.nameZh) ? asset.nameZh : asset.name;
  const rest = own !== '' && name.startsWith(own) ? name.slice(own.length).replace(/^[\s·-]+/, '') : '';
  if (rest === '') return { what: name, place: null, full: name };
  return { what: rest.charAt(0).toUpperCase() + rest.slice(1), place: own, full: name };
}

/** Where in its asset a channel measures, by the last part of its name. */
const SIDES: Readonly<Record<string, string>> = {
  in: '进口',
  out: '出口',
  hall: '调压间',
  odour: '加臭间',
};

/** The quantity in Chinese: `strain-2` of type STRN is "应变 2"; undefined where the catalogue does not know the type. */
export function quantityZh({ channel, type }: Pick<NamedSensor, 'channel' | 'type'>): string | undefined {
  const known = channelType(type);
  if (known === undefined) return undefined;
  const quantity = known.name.zh.replace(/\s*[(（][^)）]*[)）]$/, '');
  const last = channel.slice(channel.lastIndexOf('-') + 1);
  if (last === channel) return quantity;
  const side = SIDES[last];
  if (side !== undefined) return /[进出]口/.test(quantity) ? quantity : `${side}${quantity}`;
  const [, kind, number] = /^([a-z]*)(\d+)$/.exec(last) ?? [];
  if (number === undefined) return quantity;
  if (kind === 't') return numbered(quantity, number, '变压器');
  if (kind === 'bus') return numbered(quantity, number, '母线');
  return `${quantity} ${number}`;
}

/** "1号" before the thing where the quantity names it, else the numbered thing before the quantity. */
function numbered(quantity: string, number: string, thing: string): string {
  return quantity.includes(thing) ? quantity.replace(thing, `${number}号${thing}`) : `${number}号${thing}${quantity}`;
}
