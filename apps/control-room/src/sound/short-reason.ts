/** Longest that a listener bears in the middle of work, characters. */
const MOST: Readonly<Record<'en' | 'zh', number>> = { en: 80, zh: 36 };

/** The first sentence of a reason where it is short enough to be heard out; else undefined. */
export function shortReason(reason: string, language: 'en' | 'zh'): string | undefined {
  const [first = ''] = reason.split(/[。;；]|\.(?:\s|$)/, 1);
  const text = first.trim();
  return text === '' || text.length > MOST[language] ? undefined : text;
}
