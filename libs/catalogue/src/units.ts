import type { Words } from './channel-type.js';

const LABELS: Readonly<Record<string, string | Words>> = {
  Cel: '°C',
  'm3/h': 'm³/h',
  'mg/m3': 'mg/m³',
  'uL/L': 'µL/L',
  'm/s2': 'm/s²',
  deg: '°',
  '%{vol}': '%vol',
  '%{LEL}': '%LEL',
  '10*-6{strain}': 'µε',
  '{NTU}': 'NTU',
  'um/m': 'µm/m',
  '1': '',
};

/**
 * The unit as people read it, from its UCUM code (`Cel` gives `°C`). A code that is not in the table is shown as it is: a
 * city may register units of its own.
 */
export function displayUnit(ucum: string): Words {
  const label = LABELS[ucum] ?? ucum;
  return typeof label === 'string' ? { en: label, zh: label } : label;
}
