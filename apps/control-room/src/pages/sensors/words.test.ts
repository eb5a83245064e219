import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IMPORT_CODES, REJECT_REASONS } from '@lifeline/contracts';

const wordsOf = (language: string): Record<string, object> =>
  JSON.parse(readFileSync(join(import.meta.dirname, `${language}.json`), 'utf8')) as Record<string, object>;
const en = wordsOf('en');
const zh = wordsOf('zh');

function stringsOf(node: object, path = ''): [string, string][] {
  return Object.entries(node).flatMap(([key, child]: [string, unknown]) =>
    typeof child === 'string'
      ? [[`${path}${key}`, child] as [string, string]]
      : stringsOf(child as object, `${path}${key}.`),
  );
}
const english = new Map(stringsOf(en));
const chinese = new Map(stringsOf(zh));
const blanksOf = (text: string): string[] => [...new Set(text.match(/\{\{\w+\}\}/g))].sort();

test('both languages hold the same keys', () => {
  expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
});

test('both languages fill the same blanks', () => {
  for (const [key, text] of english) {
    // A single thing needs no number in English.
    const blanks = blanksOf(chinese.get(key)!).filter((blank) => !key.endsWith('_one') || blank !== '{{count}}');
    expect([key, blanks]).toEqual([
      key,
      blanksOf(text).filter((blank) => !key.endsWith('_one') || blank !== '{{count}}'),
    ]);
  }
});

test('Chinese is Chinese and English is English', () => {
  for (const [key, text] of chinese) {
    const words = text.replace(/\{\{\w+\}\}/g, '');
    if (/\p{L}/u.test(words)) expect([key, /\p{Script=Han}/u.test(words)]).toEqual([key, true]);
  }
  for (const [key, text] of english) expect([key, /\p{Script=Han}/u.test(text)]).toEqual([key, false]);
});

test('every reason and every code of the import has its words', () => {
  expect(Object.keys(en['reason']!)).toEqual([...REJECT_REASONS]);
  expect(Object.keys(en['importCode']!)).toEqual([...IMPORT_CODES]);
});
