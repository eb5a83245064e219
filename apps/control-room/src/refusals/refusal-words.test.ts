import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REFUSAL_CODES } from '@lifeline/contracts';

test.each(['en', 'zh'])('every refusal that a code names has its words in %s, and no other', (language) => {
  const words = JSON.parse(readFileSync(join(import.meta.dirname, `${language}.json`), 'utf8')) as object;
  expect(Object.keys(words).sort()).toEqual([...REFUSAL_CODES].sort());
});
