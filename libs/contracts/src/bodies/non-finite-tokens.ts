const TOKENS = ['NaN', 'Infinity', 'infinity', 'nan', 'inf'] as const;
/** A JSON number that overflows to Infinity, so that the reading is found and rejected by its name. */
const OVERFLOW = '1e999';

/**
 * Some devices write NaN and Infinity, which are not JSON. Replaces them, outside strings, with a number that overflows: the
 * other readings of the body are then kept. One pass.
 * @returns undefined where the text has none
 */
export function replaceNonFiniteTokens(text: string): string | undefined {
  let out = '';
  let from = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = afterString(text, at);
      continue;
    }
    const token = isTokenStart(code) ? TOKENS.find((word) => text.startsWith(word, at)) : undefined;
    if (!token) {
      at++;
      continue;
    }
    out += text.slice(from, at) + OVERFLOW;
    at += token.length;
    from = at;
  }
  return from === 0 ? undefined : out + text.slice(from);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function isTokenStart(code: number): boolean {
  return code === 0x4e || code === 0x49 || code === 0x69 || code === 0x6e; // N I i n
}

function afterString(text: string, quoteAt: number): number {
  let at = quoteAt + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    at += code === BACKSLASH ? 2 : 1;
  }
  return at;
}
