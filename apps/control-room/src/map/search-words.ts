/** The words of what was typed, as they are compared. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

/** True where every word is in one of the names. */
export function holdsWords(names: readonly string[], words: readonly string[]): boolean {
  const said = names.join('\n').toLowerCase();
  return words.every((word) => said.includes(word));
}
