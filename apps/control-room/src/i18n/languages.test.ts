import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const sources = join(import.meta.dirname, '..');

function stringsOf(folder: string, language: string): Map<string, string> {
  const strings = new Map<string, string>();
  const walk = (node: unknown, path: string): void => {
    if (typeof node === 'string') strings.set(path, node);
    else for (const [key, child] of Object.entries(node as object)) walk(child, path === '' ? key : `${path}.${key}`);
  };
  walk(JSON.parse(readFileSync(join(sources, folder, `${language}.json`), 'utf8')), '');
  return strings;
}

const blanksOf = (text: string): string[] => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

const drawn = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'));

/** Every folder with words of its own; those of the sensors have plurals and a test of theirs. */
const folders = readdirSync(sources, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('en.json'))
  .map((file) => dirname(file))
  .filter((folder) => folder !== join('pages', 'sensors'));

describe.each(folders)('the words in %s', (folder) => {
  const en = stringsOf(folder, 'en');
  const zh = stringsOf(folder, 'zh');

  test('both languages hold the same keys', () => {
    expect([...zh.keys()].sort()).toEqual([...en.keys()].sort());
  });

  test('both languages fill the same blanks', () => {
    for (const [key, text] of en) expect([key, blanksOf(zh.get(key)!)]).toEqual([key, blanksOf(text)]);
  });

  test('no string is empty, and Chinese is Chinese', () => {
    for (const [key, text] of zh) {
      expect(text.trim()).not.toBe('');
      // A string of blanks alone has no words to be in any language.
      const words = text.replace(/\{\{\w+\}\}/g, '');
      if (/\p{L}/u.test(words)) expect([key, /\p{Script=Han}/u.test(words)]).toEqual([key, true]);
    }
    for (const [key, text] of en) expect([key, /\p{Script=Han}/u.test(text)]).toEqual([key, false]);
  });
});

test('finds drawn files to look at', () => {
  expect(drawn.length).toBeGreaterThan(10);
});

/** Attributes that a person reads or hears. */
const SPOKEN = new Set(['label', 'title', 'placeholder', 'alt', 'aria-label', 'description', 'error']);

function literalTextIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(join(sources, file), 'utf8'), ts.ScriptTarget.ES2023, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && /\p{L}/u.test(node.text)) found.push(node.text.trim());
    const spoken = ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText());
    if (spoken && node.initializer !== undefined && ts.isStringLiteral(node.initializer)) {
      if (/\p{L}/u.test(node.initializer.text)) found.push(node.initializer.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test.each(drawn)('%s holds no text of its own', (file) => {
  expect(literalTextIn(file)).toEqual([]);
});
